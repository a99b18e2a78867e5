import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addDays,
  addMonths,
  calendarDateOf,
  dateInShanghai,
  daysBetween,
  fromDayNumber,
  isIsoDate,
  latest,
  monthOf,
  timeInShanghai,
  toDayNumber,
  weekdayOf
} from '../../functions/core/dates.ts'

const firstDay = toDayNumber('1970-01-01')
const lastDay = toDayNumber('2199-12-31')
const anyDate = fc.integer({ min: firstDay, max: lastDay }).map(fromDayNumber)
const nearbyDate = fc.integer({ min: firstDay + 5000, max: lastDay - 5000 }).map(fromDayNumber)
const anyShift = fc.integer({ min: -5000, max: 5000 })

describe('the time zone of the process', () => {
  it('is the one that TZ asks for, so that the suite says something under each', () => {
    const { TZ } = process.env
    if (TZ !== undefined) expect(Intl.DateTimeFormat().resolvedOptions().timeZone).toBe(TZ)
  })
})

describe('a civil date', () => {
  it.each(['1970-01-01', '2020-02-29', '2021-06-21', '2199-12-31'])('%s is one', text => {
    expect(isIsoDate(text)).toBe(true)
  })

  it.each([
    '2021-02-29',
    '2021-13-01',
    '2021-00-10',
    '2021-04-31',
    '2021-06-00',
    '2021-6-1',
    '21-06-01',
    '1969-12-31',
    '2200-01-01',
    '2021-06-21T00:00',
    ' 2021-06-21',
    '2021/06/21',
    '２０２１-06-21',
    ''
  ])('%j is none', text => {
    expect(isIsoDate(text)).toBe(false)
  })

  it('and its day number are inverse', () => {
    fc.assert(
      fc.property(anyDate, date => {
        expect(fromDayNumber(toDayNumber(date))).toBe(date)
        expect(isIsoDate(date)).toBe(true)
      })
    )
  })
})

describe('addDays and daysBetween', () => {
  it('cross a leap day, a year and a Chinese summer-time switch of 1986', () => {
    expect(addDays('2020-02-28', 2)).toBe('2020-03-01')
    expect(addDays('2020-12-31', 1)).toBe('2021-01-01')
    expect(addDays('1986-05-03', 1)).toBe('1986-05-04')
    expect(daysBetween('2020-02-28', '2020-03-01')).toBe(2)
    expect(daysBetween('2021-06-21', '2021-06-20')).toBe(-1)
  })

  it('are inverse: adding and taking away leads back', () => {
    fc.assert(
      fc.property(nearbyDate, anyShift, (date, days) => {
        expect(addDays(addDays(date, days), -days)).toBe(date)
        expect(daysBetween(date, addDays(date, days))).toBe(days)
      })
    )
  })

  it('keep the order of the alphabet', () => {
    fc.assert(
      fc.property(anyDate, anyDate, (a, b) => {
        expect(Math.sign(daysBetween(a, b))).toBe(a < b ? 1 : a === b ? 0 : -1)
      })
    )
  })
})

describe('addMonths', () => {
  it.each([
    ['2021-01-31', 1, '2021-02-28'],
    ['2020-01-31', 1, '2020-02-29'],
    ['2021-03-31', -1, '2021-02-28'],
    ['2021-08-31', 3, '2021-11-30'],
    ['2020-02-29', 12, '2021-02-28'],
    ['2021-11-15', 3, '2022-02-15'],
    ['2021-06-21', 0, '2021-06-21']
  ])('%s by %i is %s', (date, months, expected) => {
    expect(addMonths(date, months)).toBe(expected)
  })

  it('lands in the month so many further, on the same day or on the last of that month', () => {
    fc.assert(
      fc.property(nearbyDate, fc.integer({ min: -120, max: 120 }), (date, months) => {
        const moved = addMonths(date, months)
        const ordinal = (text: string) => Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7))
        expect(ordinal(moved) - ordinal(date)).toBe(months)
        const isLastOfMonth = monthOf(addDays(moved, 1)) !== monthOf(moved)
        expect(moved.slice(8) === date.slice(8) || (isLastOfMonth && moved.slice(8) < date.slice(8))).toBe(true)
      })
    )
  })
})

describe('addMonths and isIsoDate beside the library of dates', () => {
  it('move by months as Temporal does', () => {
    fc.assert(
      fc.property(nearbyDate, fc.integer({ min: -240, max: 240 }), (date, months) => {
        expect(addMonths(date, months)).toBe(calendarDateOf(date).add({ months }).toString())
      })
    )
  })

  it('know a date, whether or not it was written before', () => {
    const part = (max: number) => fc.integer({ min: 0, max }).map(value => String(value).padStart(2, '0'))
    const year = fc.constantFrom('1969', '1970', '2024', '2100', '2199', '2200')
    fc.assert(
      fc.property(year, part(14), part(33), (year, month, day) => {
        const text = `${year}-${month}-${day}`
        const expected = exists(text) && year >= '1970' && year <= '2199'
        expect([isIsoDate(text), isIsoDate(text)]).toEqual([expected, expected])
      })
    )
  })
})

const exists = (date: string): boolean => {
  try {
    return calendarDateOf(date).toString() === date
  } catch {
    return false
  }
}

describe('weekdayOf', () => {
  it('gives 1 for Monday and 7 for Sunday', () => {
    expect(weekdayOf(toDayNumber('2021-06-21'))).toBe(1)
    expect(weekdayOf(toDayNumber('2021-06-27'))).toBe(7)
    expect(weekdayOf(toDayNumber('1970-01-01'))).toBe(4)
  })

  it('goes round in seven, before 1970 too', () => {
    fc.assert(
      fc.property(fc.integer({ min: -100_000, max: 100_000 }), day => {
        expect(weekdayOf(day + 1)).toBe((weekdayOf(day) % 7) + 1)
      })
    )
  })
})

describe('latest', () => {
  it('is the later of the dates that there are', () => {
    expect(latest('2021-06-21', undefined, '2021-07-01', '2020-12-31')).toBe('2021-07-01')
    expect(latest(undefined, '2021-06-21')).toBe('2021-06-21')
    expect(latest(undefined, undefined)).toBeUndefined()
    expect(latest()).toBeUndefined()
  })
})

describe('dateInShanghai', () => {
  it.each([
    ['2021-06-20T15:59:59.999Z', '2021-06-20'],
    ['2021-06-20T16:00:00Z', '2021-06-21'],
    ['2021-06-20T23:30:00-05:00', '2021-06-21'],
    ['2020-12-31T16:00:00Z', '2021-01-01'],
    ['1991-07-01T15:30:00Z', '1991-07-02'],
    ['1991-12-31T15:30:00Z', '1991-12-31'],
    ['1992-07-01T15:30:00Z', '1992-07-01']
  ])('%s is on %s', (instant, date) => {
    expect(dateInShanghai(instant)).toBe(date)
  })

  it('is with the time of day what the zone says, at every instant', () => {
    const zone = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'short' })
    fc.assert(
      fc.property(fc.date({ min: new Date(0), max: new Date(7_258_000_000_000), noInvalidDate: true }), at => {
        const instant = at.toISOString()
        expect(`${dateInShanghai(instant)} ${timeInShanghai(instant)}`).toBe(zone.format(at))
      })
    )
  })
})
