import type { DayNumber } from '../core/dates.ts'
import { Unreadable } from './imported-plan.ts'
import { type Shifts, type SpecialDay, shiftOf, tidy } from './working-hours.ts'

/** What one calendar record of Primavera says by itself, before the calendar beneath it. */
export interface CalendarData {
  /** Monday … Sunday; absent where the record has no week of its own. */
  readonly week?: readonly Shifts[] | undefined
  readonly days: ReadonlyMap<DayNumber, SpecialDay>
}

/**
 * The field `clndr_data`: nested `(id||name(attributes)(children))`, where DaysOfWeek holds the days 1 Sunday … 7
 * Saturday, Exceptions holds days by their number since 1899-12-30, and a shift is `s|08:00|f|12:00`.
 * @throws Unreadable when the brackets do not match or a shift is none.
 */
export const readCalendarData = (text: string, line: number): CalendarData => {
  if (text.trim() === '') return { days: new Map() }
  const root = parse(text, line)
  const daysOfWeek = find(root, 'DaysOfWeek')
  const byDay = new Map(daysOfWeek?.children.map(({ name, children }) => [Number(name), children]))
  const week = [2, 3, 4, 5, 6, 7, 1].map(day => shiftsOf(byDay.get(day) ?? [], line))
  const days = new Map<DayNumber, SpecialDay>()
  for (const { attributes, children } of find(root, 'Exceptions')?.children ?? []) {
    const day = Number(attributes.get('d'))
    if (!Number.isInteger(day)) throw new Unreadable('bad-calendar', 'an exception without a day', line)
    const since1970 = day - dayOf1970
    if (since1970 >= 0 && since1970 < lastDay) days.set(since1970, { shifts: shiftsOf(children, line) })
  }
  return { ...(daysOfWeek ? { week } : {}), days }
}

/** 1970-01-01 as a day of Windows (1899-12-30 is 0). */
const dayOf1970 = 25_569
/** 2200-01-01. */
const lastDay = 84_006
const deepest = 12

interface Node {
  readonly name: string
  readonly attributes: ReadonlyMap<string, string>
  readonly children: readonly Node[]
}

const find = (nodes: readonly Node[], name: string): Node | undefined => {
  for (const node of nodes) {
    const found = node.name === name ? node : find(node.children, name)
    if (found) return found
  }
  return undefined
}

const shiftsOf = (nodes: readonly Node[], line: number): Shifts =>
  tidy(
    nodes.flatMap(({ attributes }) => {
      const [start, finish] = [attributes.get('s'), attributes.get('f')]
      if (start === undefined || finish === undefined) return []
      const shift = shiftOf(start, finish)
      if (!shift) throw new Unreadable('bad-calendar', `no shift: ${start} – ${finish}`, line)
      return [shift]
    })
  )

const parse = (text: string, line: number): readonly Node[] => {
  let at = 0
  const broken = (): never => {
    throw new Unreadable('bad-calendar', `clndr_data breaks off at ${at}: ${text.slice(at, at + 20)}`, line)
  }
  const skipSpace = () => {
    while (at < text.length && text.charCodeAt(at) <= 0x20) at += 1
  }
  const expect = (char: string) => {
    skipSpace()
    if (text[at] !== char) broken()
    at += 1
  }
  const until = (chars: string): string => {
    const start = at
    while (at < text.length && !chars.includes(text[at] ?? '')) at += 1
    return text.slice(start, at).trim()
  }
  const nodes = (depth: number): readonly Node[] => {
    if (depth > deepest) broken()
    const found: Node[] = []
    for (skipSpace(); text[at] === '('; skipSpace()) found.push(node(depth))
    return found
  }
  const node = (depth: number): Node => {
    expect('(')
    const [, name] = until('(').split('||')
    if (name === undefined) return broken()
    expect('(')
    const parts = until(')').split('|')
    expect(')')
    const attributes = new Map<string, string>()
    for (let i = 0; i + 1 < parts.length; i += 2) attributes.set(parts[i] ?? '', parts[i + 1] ?? '')
    expect('(')
    const children = nodes(depth + 1)
    expect(')')
    expect(')')
    return { name: name.trim(), attributes, children }
  }
  const found = nodes(0)
  skipSpace()
  return at < text.length ? broken() : found
}
