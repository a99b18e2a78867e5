import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { builtInCalendars } from '../../data/calendars.ts'
import { layeredCalendar } from '../../functions/core/calendar.ts'
import { fromDayNumber, toDayNumber, weekdayOf } from '../../functions/core/dates.ts'
import { type Instant, type Shift, type WorkTime, workTime } from '../../functions/core/work-time.ts'
import { runs } from '../properties/runs.ts'

const office = workTime('hour', day =>
  weekdayOf(day) <= 5
    ? [
        [480, 720],
        [780, 1020]
      ]
    : []
)
const weekdays = workTime('day', day => (weekdayOf(day) <= 5 ? [[0, 1439]] : []))

const at = (text: string): Instant => {
  const [date = '', clock = '00:00'] = text.split(' ')
  return toDayNumber(date) * 1440 + Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3))
}
const clock = (t: Instant): string => {
  const day = Math.floor(t / 1440)
  const minute = t - day * 1440
  const two = (n: number) => String(n).padStart(2, '0')
  return `${fromDayNumber(day)} ${two(Math.floor(minute / 60))}:${two(minute % 60)}`
}

// 2021-06-18 is a Friday, 2021-06-21 a Monday.
describe('working hours', () => {
  it.each([
    ['within a shift', '2021-06-18 09:30', '2021-06-18 09:30'],
    ['at the start of a shift', '2021-06-18 08:00', '2021-06-18 08:00'],
    ['at the end of a shift, where no work can start', '2021-06-18 12:00', '2021-06-18 13:00'],
    ['at noon', '2021-06-18 12:30', '2021-06-18 13:00'],
    ['after the last shift of the week', '2021-06-18 17:00', '2021-06-21 08:00']
  ])('ceil finds where work can start: %s', (_, t, expected) => {
    expect(clock(office.ceil(at(t)))).toBe(expected)
  })

  it.each([
    ['within a shift', '2021-06-18 09:30', '2021-06-18 09:30'],
    ['at the end of a shift', '2021-06-18 12:00', '2021-06-18 12:00'],
    ['at the start of a shift, where no work can end', '2021-06-21 08:00', '2021-06-18 17:00'],
    ['at noon', '2021-06-18 12:30', '2021-06-18 12:00'],
    ['on a Sunday', '2021-06-20 10:00', '2021-06-18 17:00']
  ])('floor finds where work can end: %s', (_, t, expected) => {
    expect(clock(office.floor(at(t)))).toBe(expected)
  })

  it.each([
    ['forwards to an end of work', '2021-06-18 08:00', 4, '2021-06-18 12:00'],
    ['forwards over noon', '2021-06-18 08:00', 5, '2021-06-18 14:00'],
    ['forwards over the weekend', '2021-06-18 16:00', 2, '2021-06-21 09:00'],
    ['forwards from a day off', '2021-06-19 03:00', 8, '2021-06-21 17:00'],
    ['backwards to a start of work', '2021-06-21 12:00', -4, '2021-06-21 08:00'],
    ['backwards over the weekend', '2021-06-21 09:00', -2, '2021-06-18 16:00'],
    ['by a quarter of an hour', '2021-06-18 11:50', 0.25, '2021-06-18 13:05'],
    ['not at all', '2021-06-19 03:00', 0, '2021-06-19 03:00']
  ])('offset moves %s', (_, t, hours, expected) => {
    expect(clock(office.offset(at(t), hours))).toBe(expected)
  })

  it('count hours of work between two moments, negative backwards', () => {
    expect(office.count(at('2021-06-18 08:00'), at('2021-06-21 17:00'))).toBe(16)
    expect(office.count(at('2021-06-21 17:00'), at('2021-06-18 08:00'))).toBe(-16)
    expect(office.count(at('2021-06-18 17:00'), at('2021-06-21 08:00'))).toBe(0)
    expect(office.count(at('2021-06-18 11:00'), at('2021-06-18 13:30'))).toBe(1.5)
  })

  it('may differ from day to day', () => {
    const short = layeredCalendar(
      {
        shifts: [['08:00', '16:00']],
        exceptions: [{ from: '2021-06-22', to: '2021-06-22', working: true, shifts: [['10:00', '12:00']] }]
      },
      builtInCalendars('cn')
    ).time
    expect(clock(short.offset(at('2021-06-21 08:00'), 9))).toBe('2021-06-22 11:00')
    expect(clock(short.offset(at('2021-06-21 08:00'), 11))).toBe('2021-06-23 09:00')
  })

  it('may run round the clock and through midnight', () => {
    const night = workTime('hour', () => [
      [0, 360],
      [1320, 1440]
    ])
    expect(clock(night.offset(at('2021-06-21 22:00'), 4))).toBe('2021-06-22 02:00')
    const always = workTime('hour', () => [[0, 1440]])
    expect(clock(always.offset(at('2021-06-21 00:00'), 36))).toBe('2021-06-22 12:00')
    expect(always.ceil(at('2021-06-21 00:00'))).toBe(at('2021-06-21 00:00'))
  })
})

describe('whole days', () => {
  it('start at 00:00 and end at 23:59, so that an inclusive finish needs no minus one', () => {
    expect(clock(weekdays.offset(at('2021-06-18'), 1))).toBe('2021-06-18 23:59')
    expect(clock(weekdays.offset(at('2021-06-18'), 2))).toBe('2021-06-21 23:59')
    expect(clock(weekdays.offset(at('2021-06-18 23:59'), -1))).toBe('2021-06-18 00:00')
    expect(clock(weekdays.offset(at('2021-06-21 00:00'), -1))).toBe('2021-06-18 00:00')
  })

  it('have no work between the end of one and the start of the next', () => {
    expect(weekdays.count(at('2021-06-18 23:59'), at('2021-06-21 00:00'))).toBe(0)
    expect(weekdays.count(at('2021-06-18 00:00'), at('2021-06-18 23:59'))).toBe(1)
  })

  it('start on the next working day from within or after a day', () => {
    expect(clock(weekdays.ceil(at('2021-06-18 00:00')))).toBe('2021-06-18 00:00')
    expect(clock(weekdays.ceil(at('2021-06-18 23:59')))).toBe('2021-06-21 00:00')
    expect(clock(weekdays.ceil(at('2021-06-20')))).toBe('2021-06-21 00:00')
  })

  it('end on the last working day', () => {
    expect(clock(weekdays.floor(at('2021-06-18 23:59')))).toBe('2021-06-18 23:59')
    expect(clock(weekdays.floor(at('2021-06-21 00:00')))).toBe('2021-06-18 23:59')
    expect(clock(weekdays.floor(at('2021-06-20 23:59')))).toBe('2021-06-18 23:59')
  })
})

describe('time without work', () => {
  const none = workTime('day', () => [])
  it('is not searched for ever', () => {
    for (const ask of [
      () => none.ceil(0),
      () => none.floor(0),
      () => none.offset(0, 1),
      () => none.offset(0, -1),
      () => office.offset(0, Number.POSITIVE_INFINITY),
      () => office.offset(0, Number.NEGATIVE_INFINITY),
      () => office.offset(0, Number.NaN)
    ])
      expect(ask).toThrow(RangeError)
  })

  it('counts as none', () => {
    expect(none.count(at('1970-01-01'), at('2100-01-01'))).toBe(0)
  })
})

const minute = (step: number) => fc.integer({ min: 0, max: 1440 / step }).map(n => n * step)
const shiftsOfDay: fc.Arbitrary<readonly Shift[]> = fc
  .uniqueArray(minute(60), { maxLength: 6 })
  .map(bounds => bounds.toSorted((a, b) => a - b))
  .map(bounds =>
    bounds.flatMap((start, i): Shift[] => {
      const end = bounds[i + 1]
      return i % 2 === 0 && end !== undefined ? [[start, end]] : []
    })
  )
const week = fc
  .array(shiftsOfDay, { minLength: 7, maxLength: 7 })
  .filter(days => days.some(shifts => shifts.length > 0))
const instant = fc
  .integer({ min: toDayNumber('2019-12-20') * 48, max: toDayNumber('2022-01-10') * 48 })
  .map(n => n * 30)

describe('any week of shifts', () => {
  const timesOf = (shifts: readonly (readonly Shift[])[]) => (day: number) => shifts[weekdayOf(day) - 1] ?? []

  /** Half an hour at a time. */
  const worksAt = (shifts: readonly (readonly Shift[])[], t: Instant) => {
    const day = Math.floor(t / 1440)
    return timesOf(shifts)(day).some(([start, end]) => t - day * 1440 >= start && t - day * 1440 < end)
  }

  it('agrees in hours with a reference that goes half an hour at a time', () => {
    fc.assert(
      fc.property(week, instant, fc.integer({ min: 1, max: 60 }), (shifts, t, halves) => {
        const time = workTime('hour', timesOf(shifts))
        let forward = t
        for (let left = halves; left > 0; forward += 30) if (worksAt(shifts, forward)) left -= 1
        let back = t
        for (let left = halves; left > 0; back -= 30) if (worksAt(shifts, back - 30)) left -= 1
        let start = t
        while (!worksAt(shifts, start)) start += 30
        let end = t
        while (!worksAt(shifts, end - 30)) end -= 30
        expect(time.offset(t, halves / 2)).toBe(forward)
        expect(time.offset(t, -halves / 2)).toBe(back)
        expect(time.ceil(t)).toBe(start)
        expect(time.floor(t)).toBe(end)
        expect(time.count(t, forward)).toBe(halves / 2)
        expect(time.count(back, t)).toBe(halves / 2)
      }),
      { numRuns: runs(300) }
    )
  })

  const laws = (time: WorkTime, t: Instant, amount: number) => {
    expect(time.count(t, time.offset(t, amount))).toBe(amount)
    expect(time.floor(t)).toBeLessThanOrEqual(t)
    expect(time.ceil(t)).toBeGreaterThanOrEqual(t)
    expect(time.ceil(time.ceil(t))).toBe(time.ceil(t))
    expect(time.floor(time.floor(t))).toBe(time.floor(t))
    expect(time.count(time.floor(t), t)).toBe(0)
  }

  it('counts what it offsets and rests where floor and ceil say', () => {
    fc.assert(
      fc.property(week, instant, fc.integer({ min: -200, max: 200 }), (shifts, t, amount) => {
        const hours = workTime('hour', timesOf(shifts))
        laws(hours, t, amount)
        expect(hours.count(t, hours.ceil(t))).toBe(0)
        const days = workTime('day', timesOf(shifts))
        const day = days.startOf(days.dayOf(t))
        laws(days, day, amount)
        laws(days, days.endOf(days.dayOf(t)), amount)
        expect(days.count(day, days.ceil(day))).toBe(0)
      })
    )
  })

  it('takes a part of a day for the whole of it, whichever way', () => {
    fc.assert(
      fc.property(week, instant, fc.integer({ min: 1, max: 200 }), (shifts, t, halves) => {
        const days = workTime('day', timesOf(shifts))
        const whole = Math.ceil(halves / 2)
        expect(days.offset(t, halves / 2)).toBe(days.offset(t, whole))
        expect(days.offset(t, -halves / 2)).toBe(days.offset(t, -whole))
      })
    )
  })

  it('agrees in days with a reference that goes one day at a time', () => {
    fc.assert(
      fc.property(week, instant, fc.integer({ min: 1, max: 60 }), (shifts, t, amount) => {
        const works = (day: number) => timesOf(shifts)(day).length > 0
        const days = workTime('day', timesOf(shifts))
        const start = days.startOf(days.dayOf(t))
        let last = days.dayOf(t) - 1
        for (let left = amount; left > 0; ) {
          last += 1
          if (works(last)) left -= 1
        }
        let first = days.dayOf(t)
        for (let left = amount; left > 0; ) {
          first -= 1
          if (works(first)) left -= 1
        }
        expect(days.offset(start, amount)).toBe(days.endOf(last))
        expect(days.offset(start, -amount)).toBe(days.startOf(first))
      })
    )
  })
})
