import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { builtInCalendars } from '../../data/calendars.ts'
import type { Activity, ActivityDates, Link, Network, TimedConstraint } from '../../functions/core/activity.ts'
import { layeredCalendar } from '../../functions/core/calendar.ts'
import type { LinkType } from '../../functions/core/milestone.ts'
import { computeNetwork } from '../../functions/core/network.ts'
import type { SchedulingRules } from '../../functions/core/scheduling-rules.ts'
import type { WorkTime } from '../../functions/core/work-time.ts'
import { runs } from '../properties/runs.ts'
import { datesById } from './scheduled.ts'

const timeOf = (name: string): WorkTime => {
  const calendar = builtInCalendars(name)
  if (!calendar) throw new Error(`no calendar ${name}`)
  return calendar.time
}
const times: readonly WorkTime[] = [
  timeOf('daily'),
  timeOf('cn'),
  layeredCalendar({
    week: [1, 2, 3, 4, 5],
    shifts: [
      ['08:00', '12:00'],
      ['13:00', '17:00']
    ]
  }).time
]
/** 2026-03-02, a Monday. */
const start = times[0]?.startOf(20_514) ?? 0

const allRules: readonly SchedulingRules[] = [
  { program: 'p6' },
  { program: 'p6', progress: 'progress-override', totalFloat: 'smallest' },
  { program: 'ms-project' }
]

const links = fc.record({
  from: fc.nat(),
  type: fc.constantFrom<LinkType>('FS', 'FS', 'SS', 'FF', 'SF'),
  lag: fc.integer({ min: -4, max: 6 }),
  lagsOn: fc.option(fc.nat(2), { nil: undefined })
})

// As late as possible is left out: whoever waits for less is placed earlier by one link more.
const constraints = fc.record({
  type: fc.constantFrom('SNET', 'SNLT', 'FNET', 'FNLT', 'SO', 'FO', 'MSO', 'MFO', 'MANUAL', 'ASAP'),
  day: fc.nat(40)
})

const networks = fc
  .record({
    rules: fc.constantFrom(...allRules),
    dataDate: fc.option(fc.nat(20), { nil: undefined }),
    rows: fc.array(
      fc.record({
        calendar: fc.nat(2),
        duration: fc.integer({ min: 0, max: 9 }),
        links: fc.array(links, { maxLength: 3 }),
        constraints: fc.array(constraints, { maxLength: 2 }),
        begun: fc.option(fc.nat(9), { nil: undefined }),
        deadline: fc.option(fc.nat(40), { nil: undefined })
      }),
      { minLength: 2, maxLength: 9 }
    )
  })
  .map(({ rules, dataDate, rows }): Network & { readonly dataDate?: number } => ({
    rules,
    start,
    ...(dataDate === undefined ? {} : { dataDate: start + dataDate * 1440 }),
    activities: rows.map((row, i): Activity => {
      const time = times[row.calendar] ?? timeOf('daily')
      const isBegun = row.begun !== undefined && dataDate !== undefined && row.duration > 0
      return {
        id: String(i),
        time,
        duration: row.duration,
        links: i === 0 ? [] : row.links.map(link => linkOf(link, i)),
        constraints: row.constraints.map(constraintOf),
        actualStart: isBegun ? start : undefined,
        remaining: isBegun ? Math.min(row.duration, row.begun ?? 0) : undefined,
        done: isBegun ? row.duration - Math.min(row.duration, row.begun ?? 0) : undefined,
        deadline: row.deadline === undefined ? undefined : start + row.deadline * 1440
      }
    })
  }))

interface AnyLink {
  readonly from: number
  readonly type: LinkType
  readonly lag: number
  readonly lagsOn?: number | undefined
}

const linkOf = ({ from, type, lag, lagsOn }: AnyLink, to: number): Link => ({
  from: String(from % to),
  type,
  lag,
  time: lagsOn === undefined ? undefined : times[lagsOn]
})

const constraintOf = ({ type, day }: { readonly type: string; readonly day: number }): TimedConstraint => {
  const at = start + day * 1440
  switch (type) {
    case 'SNET':
    case 'SNLT':
    case 'SO':
    case 'MSO':
    case 'MANUAL':
      return { type, at }
    case 'FNET':
    case 'FNLT':
    case 'FO':
    case 'MFO':
      return { type, at: at + 1439 }
  }
  return { type: 'ASAP' }
}

const compute = (network: Network): ReadonlyMap<string, ActivityDates> => {
  const result = computeNetwork(network)
  if (!result.ok) throw new Error(result.code)
  return datesById(result)
}

const datesOf = (dates: ReadonlyMap<string, ActivityDates>, id: string): ActivityDates => {
  const found = dates.get(id)
  if (!found) throw new Error(`no ${id}`)
  return found
}

describe('by the rules of either program, with constraints, progress and lags on any calendar', () => {
  it('one more link never makes a date earlier', () => {
    fc.assert(
      fc.property(networks, links, fc.nat(), (network, link, to) => {
        const { activities } = network
        const i = 1 + (to % (activities.length - 1))
        const more = activities.map((a, j) => (j === i ? { ...a, links: [...a.links, linkOf(link, i)] } : a))
        const before = compute(network)
        const after = compute({ ...network, activities: more })
        for (const { id } of activities) {
          expect(datesOf(after, id).earlyStart).toBeGreaterThanOrEqual(datesOf(before, id).earlyStart)
          expect(datesOf(after, id).earlyFinish).toBeGreaterThanOrEqual(datesOf(before, id).earlyFinish)
        }
      }),
      { numRuns: runs(500) }
    )
  })

  it('dates and floats are the same in whatever order the activities are listed', () => {
    const shuffled = networks.chain(network =>
      fc.tuple(
        fc.constant(network),
        fc.shuffledSubarray([...network.activities], { minLength: network.activities.length })
      )
    )
    fc.assert(
      fc.property(shuffled, ([network, activities]) => {
        const one = compute(network)
        const other = compute({ ...network, activities })
        for (const { id } of activities) expect(datesOf(other, id)).toEqual(datesOf(one, id))
      }),
      { numRuns: runs(300) }
    )
  })

  it('the order of two constraints says nothing', () => {
    fc.assert(
      fc.property(networks, network => {
        // Two dates imposed against everything contradict each other, and the last one wins.
        fc.pre(network.activities.every(a => a.constraints.filter(({ type }) => /^M|^SO|^FO/.test(type)).length < 2))
        const turned = network.activities.map(a => ({ ...a, constraints: a.constraints.toReversed() }))
        const one = compute(network)
        const other = compute({ ...network, activities: turned })
        for (const { id } of network.activities) {
          expect(datesOf(other, id).earlyFinish).toBe(datesOf(one, id).earlyFinish)
          expect(datesOf(other, id).totalFloat).toBe(datesOf(one, id).totalFloat)
        }
      })
    )
  })

  it('a later data date never makes a date earlier, and nothing unfinished ends before it', () => {
    fc.assert(
      fc.property(networks, fc.nat(40), (network, days) => {
        const dataDate = (network.dataDate ?? start) + days * 1440
        const before = compute(network)
        const after = compute({ ...network, dataDate })
        for (const { id } of network.activities) {
          expect(datesOf(after, id).earlyFinish).toBeGreaterThanOrEqual(dataDate)
          expect(datesOf(after, id).earlyFinish).toBeGreaterThanOrEqual(datesOf(before, id).earlyFinish)
        }
      }),
      { numRuns: runs(300) }
    )
  })
})
