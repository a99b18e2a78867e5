import type { Variance } from './assessment.ts'
import type { Calendar } from './calendar.ts'
import { daysBetween } from './dates.ts'
import type { ScheduleDate } from './milestone.ts'
import { dateOf } from './schedule.ts'

/**
 * From an approved finish (exclusive) to the finish now expected or reached (inclusive): positive is late, negative is
 * early. Working days count in `cn`, whatever calendar the milestone itself is planned on.
 */
export const varianceOf = (approved: ScheduleDate, projected: ScheduleDate, cn: Calendar): Variance => ({
  workingDays: cn.count(dateOf(approved), dateOf(projected)),
  calendarDays: daysBetween(dateOf(approved), dateOf(projected))
})
