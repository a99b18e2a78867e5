import {
  type CalendarLookup,
  dailyCalendar,
  type HolidayNotice,
  stateCouncilCalendar
} from '../functions/core/calendar.ts'
import notices from './holiday-notices.json' with { type: 'json' }

/**
 * The holiday notices of the State Council that the tracker ships with, by year. They are part of the bundle, so a test
 * holds them to their form, and no cold start spends its time on that.
 */
export const shippedNotices: readonly HolidayNotice[] = notices

/** The built-in calendars of the contract: `cn` from the shipped notices, `daily`. */
export const builtInCalendars: CalendarLookup = (() => {
  const calendars = new Map([
    ['cn', stateCouncilCalendar(shippedNotices)],
    ['daily', dailyCalendar()]
  ])
  return name => calendars.get(name)
})()
