import { expect, test } from 'vitest'
import * as z from 'zod'
import { shippedNotices } from '../../data/calendars.ts'
import { isIsoDate } from '../../functions/core/dates.ts'

const date = z.string().refine(isIsoDate, 'not a civil date')

const noticesSchema = z.array(
  z.strictObject({
    year: z.int(),
    notices: z.array(z.url()).min(1),
    holidays: z.array(z.strictObject({ name: z.string().min(1), from: date, to: date })).min(1),
    makeUpDays: z.array(z.strictObject({ name: z.string().min(1), date }))
  })
)

test('every shipped notice has its address and names real days of its own year or next to it', () => {
  const notices = noticesSchema.parse(shippedNotices)
  for (const { year, holidays, makeUpDays } of notices) {
    const days = [...holidays.flatMap(({ from, to }) => [from, to]), ...makeUpDays.map(day => day.date)]
    for (const { from, to } of holidays) expect(from <= to, `${year} ${from}`).toBe(true)
    for (const day of days) expect(Math.abs(Number(day.slice(0, 4)) - year), `${year} ${day}`).toBeLessThanOrEqual(1)
  }
  expect(new Set(notices.map(({ year }) => year)).size).toBe(notices.length)
})
