import * as z from 'zod'
import {
  type CalendarLookup,
  dailyCalendar,
  type HolidayNotice,
  stateCouncilCalendar
} from '../functions/core/calendar.ts'
import { isIsoDate } from '../functions/core/dates.ts'
import notices from './holiday-notices.json' with { type: 'json' }

const date = z.string().refine(isIsoDate, 'not a civil date')

const holidayNotices = z.array(
  z.strictObject({
    year: z.int(),
    notices: z.array(z.url()).min(1),
    holidays: z.array(z.strictObject({ name: z.string(), from: date, to: date })),
    makeUpDays: z.array(z.strictObject({ name: z.string(), date }))
  })
)

/** The holiday notices of the State Council that the tracker ships with, by year. */
export const shippedNotices: readonly HolidayNotice[] = holidayNotices.parse(notices)

/** The built-in calendars of the contract: `cn` from the shipped notices, `daily`. */
export const builtInCalendars: CalendarLookup = (() => {
  const calendars = new Map([
    ['cn', stateCouncilCalendar(shippedNotices)],
    ['daily', dailyCalendar()]
  ])
  return name => calendars.get(name)
})()
