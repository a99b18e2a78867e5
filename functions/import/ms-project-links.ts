import type { LinkType } from '../core/milestone.ts'
import type { Text } from '../core/text.ts'
import { type Lose, Unreadable } from './imported-plan.ts'
import { hoursOf, numberOf } from './ms-project-fields.ts'
import { elapsedFormats } from './ms-project-hours.ts'
import { externalTask, type Row } from './ms-project-rows.ts'
import type { SourceLink } from './source-plan.ts'
import { roundTheClock, type WorkingHours } from './working-hours.ts'
import { childrenOf, textOf, type XmlValue } from './xml-tree.ts'

/** Links between tasks; a link of a summary becomes links of the tasks below it that come first or last. */
export const readLinks = (
  rows: readonly Row[],
  hours: ReadonlyMap<string, WorkingHours>,
  lose: Lose
): ReadonlyMap<string, readonly SourceLink[]> => {
  const byUid = new Map(rows.map(row => [row.uid, row]))
  const links = new Map<string, SourceLink[]>()
  const add = (to: string, link: SourceLink) => {
    const known = links.get(to)
    if (known) known.push(link)
    else links.set(to, [link])
  }
  const ofSummaries: { readonly to: Row; readonly from: Row; readonly link: SourceLink }[] = []
  for (const row of rows) {
    for (const element of childrenOf(row.element, 'PredecessorLink')) {
      const from = textOf(element, 'PredecessorUID')
      const path = `${row.path}/PredecessorLink[${from}]`
      const typeText = textOf(element, 'Type') || '1'
      const type = Object.hasOwn(linkTypes, typeText) ? linkTypes[typeText] : undefined
      if (type === undefined) throw new Unreadable('not-valid', `${path}/Type: ${typeText}`)
      const before = byUid.get(from)
      const { lag, lagCalendar } = lagOf(element, before, row, hours, path, lose)
      const link: SourceLink = { from, type, lag, ...(lagCalendar ? { lagCalendar } : {}), path }
      if (textOf(element, 'CrossProject') === '1') lose(path, textOf(element, 'CrossProjectName'), externalTask)
      else if (before && (before.isSummary || row.isSummary)) ofSummaries.push({ to: row, from: before, link })
      else add(row.uid, link)
    }
  }
  for (const { to, from, link } of ofSummaries) {
    const fromStart = link.type === 'SS' || link.type === 'SF'
    const predecessors = endsOf(from, rows, links, fromStart)
    const successors = endsOf(to, rows, links, link.type === 'FS' || link.type === 'SS')
    if (from.isSummary && fromStart && predecessors.length > 1) lose(link.path, link.type, startOfSummary)
    // The start of a summary is the earliest of its tasks: the first in the file stands for it.
    const kept = fromStart ? predecessors.slice(0, 1) : predecessors
    if (kept.length > 0 && successors.length > 0) lose(link.path, `${link.type} ${link.from}`, linkOfSummary)
    for (const successor of successors) for (const { uid } of kept) add(successor.uid, { ...link, from: uid })
  }
  return links
}

const linkTypes: Readonly<Record<string, LinkType>> = { 0: 'FF', 1: 'FS', 2: 'SF', 3: 'SS' }

/** The tasks below a summary at which it starts (or ends): those that no other task below it comes before (or after). */
const endsOf = (
  row: Row,
  rows: readonly Row[],
  links: ReadonlyMap<string, readonly SourceLink[]>,
  first: boolean
): readonly Row[] => {
  if (!row.isSummary) return [row]
  const below = rows.filter(other => !other.isSummary && other.above.includes(row.uid))
  const inside = new Set(below.map(({ uid }) => uid))
  const inner = (uid: string) =>
    (links.get(uid) ?? []).filter(({ from, type, lag }) => inside.has(from) && type === 'FS' && lag >= 0)
  if (first) return below.filter(({ uid }) => inner(uid).length === 0)
  const followed = new Set(below.flatMap(({ uid }) => inner(uid).map(({ from }) => from)))
  return below.filter(({ uid }) => !followed.has(uid))
}

/** `LinkLag` is in tenths of minutes of the successor's calendar, in elapsed ones, or in percent of the predecessor. */
const lagOf = (
  element: XmlValue,
  before: Row | undefined,
  row: Row,
  hours: ReadonlyMap<string, WorkingHours>,
  path: string,
  lose: Lose
): { readonly lag: number; readonly lagCalendar?: WorkingHours | undefined } => {
  const value = numberOf(element, 'LinkLag', path) ?? 0
  if (value === 0) return { lag: 0 }
  const format = textOf(element, 'LagFormat')
  switch (format) {
    case '19':
    case '20':
    case '51':
    case '52': {
      const duration = before ? (hoursOf(before.element, 'Duration', before.path) ?? 0) : 0
      lose(path, `${value} %`, percentLag)
      return {
        lag: (duration * value) / 100,
        ...(format === '20' || format === '52' ? { lagCalendar: roundTheClock } : {})
      }
    }
  }
  return { lag: value / 600, lagCalendar: elapsedFormats.has(format) ? roundTheClock : hours.get(row.uid) }
}

const startOfSummary: Text = {
  zh: '摘要任务的开始由其下最早任务决定,这里取文件中的第一个',
  en: 'a summary starts with the earliest task below it; the first of the file stands for it'
}
const linkOfSummary: Text = {
  zh: '摘要任务的关系改为其下首末任务的关系',
  en: 'a link of a summary became links of the first or last tasks below it'
}
const percentLag: Text = {
  zh: '百分比延时按紧前任务现有工期折合为固定小时数',
  en: "a lag in percent became hours by the predecessor's duration; it no longer follows it"
}
