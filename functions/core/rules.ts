import type { CalendarLookup } from './calendar.ts'
import type { Policy } from './policy.ts'

/** What an assessment depends on beside the project: thresholds and the built-in calendars. */
export interface Rules {
  readonly policy: Policy
  readonly calendars: CalendarLookup
}
