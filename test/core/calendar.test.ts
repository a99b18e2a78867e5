import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { builtInCalendars, shippedNotices } from '../../data/calendars.ts'
import {
  type Calendar,
  type CalendarDefinition,
  calendarsOf,
  dailyCalendar,
  layeredCalendar,
  stateCouncilCalendar
} from '../../functions/core/calendar.ts'
import { addDays, fromDayNumber, type IsoDate, toDayNumber, weekdayOf } from '../../functions/core/dates.ts'
import { projectCalendars } from '../../functions/core/schedule.ts'
import { runs } from '../properties/runs.ts'
import { outsideData } from './outside-data.ts'

const planWithout = { id: 'p', name: 'p', start: '2021-06-01', milestones: [] }
const cn = stateCouncilCalendar(shippedNotices)
const daily = dailyCalendar()
const noticedYears = Array.from({ length: 20 }, (_, i) => 2007 + i)
const firstDay = toDayNumber('2007-01-01')
const lastDay = toDayNumber('2026-12-31')
const anyDate = fc.integer({ min: firstDay, max: lastDay }).map(fromDayNumber)

const eachDay = (from: IsoDate, to: IsoDate): IsoDate[] => {
  const days: IsoDate[] = []
  for (let date = from; date <= to; date = addDays(date, 1)) days.push(date)
  return days
}

const weekday = (date: IsoDate): number => weekdayOf(toDayNumber(date))

describe('the shipped notices', () => {
  it('cover 2007 to 2026 without a gap, each with its address', () => {
    expect(shippedNotices.map(({ year }) => year)).toEqual(noticedYears)
    for (const { notices } of shippedNotices) expect(notices[0]).toMatch(/^https?:\/\/www\.gov\.cn\//)
  })

  it('declare weekend days as make-up days, but for the Monday that ended the longer Spring Festival of 2020', () => {
    const declared = shippedNotices.flatMap(({ makeUpDays }) => makeUpDays.map(({ date }) => date))
    expect(declared.filter(date => weekday(date) <= 5)).toEqual(['2020-02-03'])
  })

  const folder = outsideData('holiday-cn')
  it.skipIf(folder === undefined)('say the same as holiday-cn of every day from 2007 to 2026', () => {
    const file = z.object({ days: z.array(z.object({ date: z.string(), isOffDay: z.boolean() })) })
    const ruled = new Map<IsoDate, boolean>()
    for (const year of noticedYears) {
      const { days } = file.parse(JSON.parse(readFileSync(`${folder}/${year}.json`, 'utf8')))
      for (const { date, isOffDay } of days) ruled.set(date, !isOffDay)
    }
    const days = eachDay('2007-01-01', '2026-12-31')
    expect(days.map(date => [date, cn.isWorking(date)])).toEqual(
      days.map(date => [date, ruled.get(date) ?? weekday(date) <= 5])
    )
  })
})

describe('the working calendar of mainland China', () => {
  it('names the holiday or make-up day that decides a day', () => {
    expect(cn.day('2021-02-11')).toEqual({ date: '2021-02-11', working: false, name: '春节' })
    expect(cn.day('2021-02-07')).toEqual({ date: '2021-02-07', working: true, name: '春节' })
    expect(cn.day('2021-06-21')).toEqual({ date: '2021-06-21', working: true })
    expect(cn.day('2021-06-20')).toEqual({ date: '2021-06-20', working: false })
  })

  it('takes the days around New Year from the notice of the neighbouring year', () => {
    expect(cn.isWorking('2018-12-29')).toBe(true)
    expect(cn.isWorking('2018-12-31')).toBe(false)
    expect(cn.isWorking('2006-12-30')).toBe(true)
  })

  it('does not depend on the order of the notices', () => {
    const reversed = stateCouncilCalendar([...shippedNotices].reverse())
    for (const date of eachDay('2007-01-01', '2026-12-31')) expect(reversed.day(date)).toEqual(cn.day(date))
  })

  it('lets an amended notice of a later year win over the earlier', () => {
    const amended = stateCouncilCalendar([
      { year: 2020, notices: [], holidays: [{ name: '元旦', from: '2019-12-31', to: '2020-01-01' }], makeUpDays: [] },
      { year: 2019, notices: [], holidays: [], makeUpDays: [{ name: '元旦', date: '2019-12-31' }] }
    ])
    expect(amended.isWorking('2019-12-31')).toBe(false)
  })
})

describe('a year without a notice', () => {
  it('is provisional, in every day of it', () => {
    for (const date of eachDay('2027-01-01', '2027-12-31')) expect(cn.day(date).provisional, date).toBe(true)
  })

  it('has the week and the holidays that fall on fixed dates of the solar calendar', () => {
    const off = eachDay('2027-01-01', '2027-12-31').filter(date => weekday(date) <= 5 && !cn.isWorking(date))
    expect(off).toEqual(['2027-01-01', '2027-10-01'])
    expect(cn.day('2027-05-01')).toEqual({ date: '2027-05-01', working: false, name: '劳动节', provisional: true })
  })

  it('makes a stretch provisional that touches it, both ends inclusive', () => {
    expect(cn.isProvisional('2026-12-01', '2026-12-31')).toBe(false)
    expect(cn.isProvisional('2026-12-01', '2027-01-01')).toBe(true)
    expect(cn.isProvisional('2027-12-31', '2028-02-01')).toBe(true)
  })

  it('is fixed where the notice of the neighbouring year rules a day of it', () => {
    expect(cn.day('2006-12-31')).toEqual({ date: '2006-12-31', working: true, name: '元旦' })
    expect(cn.day('2006-12-29').provisional).toBe(true)
  })

  it('is never provisional on calendar days', () => {
    expect(daily.isProvisional('1970-01-01', '2199-12-31')).toBe(false)
  })
})

describe('calendar.floor(date)', () => {
  it('returns a working day itself (inclusive)', () => {
    expect(cn.floor('2021-06-21')).toBe('2021-06-21')
  })
  it('returns the last working day before a day off', () => {
    expect(cn.floor('2021-02-17')).toBe('2021-02-10')
    expect(cn.floor('2021-06-20')).toBe('2021-06-18')
  })
})

describe('calendar.ceil(date)', () => {
  it('returns a working day itself (inclusive)', () => {
    expect(cn.ceil('2021-06-21')).toBe('2021-06-21')
  })
  it('returns the first working day after a day off, a make-up Saturday if that is first', () => {
    expect(cn.ceil('2021-06-12')).toBe('2021-06-15')
    expect(cn.ceil('2021-10-03')).toBe('2021-10-08')
    expect(cn.ceil('2024-10-05')).toBe('2024-10-08')
    expect(cn.ceil('2021-02-18')).toBe('2021-02-18')
  })
})

describe('calendar.offset(date, n)', () => {
  it('returns the date itself for zero, on a day off too', () => {
    expect(cn.offset('2021-06-20', 0)).toBe('2021-06-20')
  })
  it('counts from the day after (exclusive)', () => {
    expect(cn.offset('2021-06-21', 1)).toBe('2021-06-22')
    expect(cn.offset('2021-06-18', 1)).toBe('2021-06-21')
    expect(cn.offset('2021-06-19', 1)).toBe('2021-06-21')
  })
  it('counts back from the day before (exclusive)', () => {
    expect(cn.offset('2021-06-21', -1)).toBe('2021-06-18')
    expect(cn.offset('2021-06-20', -1)).toBe('2021-06-18')
  })
  it('passes over the Spring Festival and works its make-up days', () => {
    expect(cn.offset('2021-02-05', 5)).toBe('2021-02-18')
    expect(cn.offset('2021-02-18', 3)).toBe('2021-02-22')
  })
})

describe('calendar.range(from, to)', () => {
  it('includes both ends when they work', () => {
    expect(cn.range('2021-06-18', '2021-06-22')).toEqual(['2021-06-18', '2021-06-21', '2021-06-22'])
  })
  it('leaves out ends that do not work, and is empty backwards', () => {
    expect(cn.range('2021-06-19', '2021-06-20')).toEqual([])
    expect(cn.range('2021-06-22', '2021-06-21')).toEqual([])
  })
})

describe('calendar.count(from, to)', () => {
  it('excludes the first day and includes the last', () => {
    expect(cn.count('2021-06-21', '2021-06-21')).toBe(0)
    expect(cn.count('2021-06-21', '2021-06-22')).toBe(1)
    expect(cn.count('2021-06-18', '2021-06-21')).toBe(1)
    expect(cn.count('2021-06-18', '2021-06-20')).toBe(0)
  })
  it('is negative backwards', () => {
    expect(cn.count('2021-06-22', '2021-06-18')).toBe(-2)
  })
  it('makes 17 working days of 15 March to 9 April 2022: the make-up Saturday counts, Qingming does not', () => {
    expect(cn.count('2022-03-15', '2022-04-09')).toBe(17)
  })
})

/** The algebra again, in the plainest possible way: one day at a time. */
const naive = (isWorking: (date: IsoDate) => boolean) => {
  const floor = (date: IsoDate): IsoDate => (isWorking(date) ? date : floor(addDays(date, -1)))
  const ceil = (date: IsoDate): IsoDate => (isWorking(date) ? date : ceil(addDays(date, 1)))
  const offset = (date: IsoDate, n: number): IsoDate => {
    let at = date
    for (let left = Math.abs(n); left > 0; left -= 1) at = n > 0 ? ceil(addDays(at, 1)) : floor(addDays(at, -1))
    return at
  }
  const count = (from: IsoDate, to: IsoDate): number => {
    if (to < from) return -count(to, from)
    return eachDay(addDays(from, 1), to).filter(isWorking).length
  }
  return { floor, ceil, offset, count, range: (from: IsoDate, to: IsoDate) => eachDay(from, to).filter(isWorking) }
}

const anyException = fc.record({
  from: anyDate,
  days: fc.integer({ min: 0, max: 60 }),
  working: fc.boolean()
})
const anyDefinition: fc.Arbitrary<CalendarDefinition> = fc.record({
  week: fc.option(fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }), { nil: undefined }),
  exceptions: fc.array(
    anyException.map(({ from, days, working }) => ({ from, to: addDays(from, days), working })),
    { maxLength: 6 }
  ),
  shifts: fc.option(fc.constant([['08:00', '12:00'] as const, ['13:00', '17:00'] as const]), { nil: undefined })
})
const anyCalendar: fc.Arbitrary<Calendar> = fc
  .tuple(fc.constantFrom(cn, daily), fc.option(anyDefinition, { nil: undefined }))
  .map(([base, definition]) => (definition ? layeredCalendar(definition, base) : base))

describe('every calendar, layered or not, in days or in hours', () => {
  const shift = fc.integer({ min: -80, max: 80 })

  it('agrees with a reference that goes one day at a time', () => {
    fc.assert(
      fc.property(anyCalendar, anyDate, shift, fc.integer({ min: -200, max: 200 }), (calendar, date, n, days) => {
        const reference = naive(calendar.isWorking)
        const other = addDays(date, days)
        expect(calendar.floor(date)).toBe(reference.floor(date))
        expect(calendar.ceil(date)).toBe(reference.ceil(date))
        expect(calendar.offset(date, n)).toBe(reference.offset(date, n))
        expect(calendar.count(date, other)).toBe(reference.count(date, other) + 0)
        expect(calendar.range(date, other)).toEqual(reference.range(date, other))
      }),
      { numRuns: runs(300) }
    )
  })

  it('counts what it offsets: from a working day there and back', () => {
    fc.assert(
      fc.property(anyCalendar, anyDate, shift, (calendar, date, n) => {
        const from = calendar.ceil(date)
        expect(calendar.count(from, calendar.offset(from, n))).toBe(n)
        expect(calendar.offset(calendar.offset(from, n), -n)).toBe(from)
      })
    )
  })

  it('adds up: a to b and b to c is a to c', () => {
    fc.assert(
      fc.property(anyCalendar, anyDate, anyDate, anyDate, (calendar, a, b, c) => {
        expect(calendar.count(a, b) + calendar.count(b, c)).toBe(calendar.count(a, c))
      })
    )
  })

  it('is not changed by the order of the questions', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(anyDate, anyDate), { minLength: 1, maxLength: 8 }), questions => {
        const make = () => stateCouncilCalendar(shippedNotices)
        const one = make()
        const answers = questions.map(([a, b]) => one.count(a, b))
        const other = make()
        const backwards = [...questions].reverse().map(([a, b]) => other.count(a, b))
        expect(backwards.reverse()).toEqual(answers)
      }),
      { numRuns: runs(30) }
    )
  })
})

describe('a layered calendar', () => {
  it('works every day over no base, so that calendar days and working days are the same', () => {
    expect(layeredCalendar({}).count('2021-02-01', '2021-03-01')).toBe(28)
  })

  it('stops for the exceptions of a site, both ends inclusive', () => {
    const site = layeredCalendar({
      exceptions: [{ from: '2021-02-05', to: '2021-02-20', working: false, name: '春节停工' }]
    })
    expect(site.isWorking('2021-02-04')).toBe(true)
    expect(site.day('2021-02-05')).toEqual({ date: '2021-02-05', working: false, name: '春节停工' })
    expect(site.isWorking('2021-02-20')).toBe(false)
    expect(site.isWorking('2021-02-21')).toBe(true)
    expect(site.offset('2021-02-04', 1)).toBe('2021-02-21')
  })

  it('lets a later exception win over an earlier one', () => {
    const site = layeredCalendar({
      exceptions: [
        { from: '2021-02-05', to: '2021-02-20', working: false },
        { from: '2021-02-18', to: '2021-02-18', working: true }
      ]
    })
    expect(site.isWorking('2021-02-18')).toBe(true)
    expect(site.isWorking('2021-02-19')).toBe(false)
  })

  it('replaces the week of its base but not the holidays and make-up days', () => {
    const sixDays = layeredCalendar({ week: [1, 2, 3, 4, 5, 6] }, cn)
    expect(sixDays.isWorking('2021-06-19')).toBe(true)
    expect(sixDays.isWorking('2021-06-20')).toBe(false)
    expect(sixDays.isWorking('2021-02-13')).toBe(false)
    expect(sixDays.isWorking('2021-02-07')).toBe(true)
  })

  it('keeps a provisional year provisional', () => {
    expect(layeredCalendar({ week: [6] }, cn).day('2027-03-06')).toEqual({
      date: '2027-03-06',
      working: true,
      provisional: true
    })
  })

  it('counts hours when it has shifts, and still answers in days', () => {
    const hours = layeredCalendar(
      {
        shifts: [
          ['08:00', '12:00'],
          ['13:00', '17:00']
        ]
      },
      cn
    )
    expect(hours.unit).toBe('hour')
    expect(hours.count('2021-06-18', '2021-06-21')).toBe(1)
    expect(layeredCalendar({ exceptions: [] }, hours).unit).toBe('hour')
  })
})

describe('a calendar without a working day', () => {
  const never = () => layeredCalendar({ exceptions: [{ from: '1800-01-01', to: '2400-12-31', working: false }] })

  it('is refused when its week is empty', () => {
    expect(() => layeredCalendar({ week: [] })).toThrow(RangeError)
    expect(() => layeredCalendar({ week: [0, 8] })).toThrow(RangeError)
  })

  it.each(['2021-06-21', '1970-01-01', '2199-12-31'])('throws instead of searching for ever, from %s', date => {
    expect(() => never().ceil(date)).toThrow(RangeError)
    expect(() => never().floor(date)).toThrow(RangeError)
    expect(() => never().offset(date, 1)).toThrow(RangeError)
    expect(() => never().offset(date, -1)).toThrow(RangeError)
  })

  it('throws when it counts hours and has none', () => {
    const none = layeredCalendar({ shifts: [] }, cn)
    expect(() => none.time.ceil(0)).toThrow(RangeError)
    expect(() => none.time.offset(0, 8)).toThrow(RangeError)
  })

  it('counts nothing', () => {
    expect(never().count('2021-01-01', '2021-12-31')).toBe(0)
    expect(never().range('2021-01-01', '2021-12-31')).toEqual([])
  })

  it('is one with work a generation away', () => {
    const late = layeredCalendar({ exceptions: [{ from: '1970-01-01', to: '2060-12-31', working: false }] })
    expect(late.ceil('2021-06-21')).toBe('2061-01-01')
  })
})

describe('the calendars of a plan', () => {
  it('lie over built-in ones and over each other', () => {
    const lookup = calendarsOf(
      {
        site: { base: 'office', exceptions: [{ from: '2021-06-22', to: '2021-06-22', working: false }] },
        office: { base: 'cn' }
      },
      builtInCalendars
    )
    expect(lookup('site')?.range('2021-06-18', '2021-06-23')).toEqual(['2021-06-18', '2021-06-21', '2021-06-23'])
    expect(lookup('cn')?.isWorking('2021-06-22')).toBe(true)
    expect(lookup('nobody')).toBeUndefined()
  })

  it('are counted once for all decodings of the same plan, and apart for another', () => {
    const closed = (date: IsoDate) => ({ site: { exceptions: [{ from: date, to: date, working: false }] } })
    const siteOf = (date: IsoDate, builtIn = builtInCalendars) =>
      projectCalendars({ ...planWithout, calendars: closed(date) }, builtIn)('site')
    expect(siteOf('2021-06-21')).toBe(siteOf('2021-06-21'))
    expect(siteOf('2021-06-21')?.isWorking('2021-06-21')).toBe(false)
    expect(siteOf('2021-06-22')?.isWorking('2021-06-21')).toBe(true)
    expect(siteOf('2021-06-21', name => builtInCalendars(name))).not.toBe(siteOf('2021-06-21'))
  })

  it('must not lie over themselves, nor over nothing', () => {
    expect(() => calendarsOf({ a: { base: 'b' }, b: { base: 'a' } }, builtInCalendars)).toThrow(/a lies over itself/)
    expect(() => calendarsOf({ a: { base: 'nobody' } }, builtInCalendars)).toThrow(/a names no known base/)
  })

  it('do not find what every object inherits', () => {
    expect(calendarsOf({}, builtInCalendars)('toString')).toBeUndefined()
    expect(() => calendarsOf({ a: { base: 'constructor' } }, builtInCalendars)).toThrow(RangeError)
  })
})
