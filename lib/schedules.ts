import { type FunctionName, functionNames, functionOf } from './functions.ts'

/** A daily schedule of one function. */
export interface Schedule {
  readonly function: FunctionName
  /** `HH:MM` in Beijing. */
  readonly beijing: string
  readonly sameDayOnly: boolean
}

/** Every schedule of the tracker, in the order of the day. */
export const schedules: readonly Schedule[] = functionNames
  .flatMap(name =>
    functionOf(name).triggers.flatMap(trigger =>
      trigger.type === 'schedule'
        ? [{ function: name, beijing: trigger.beijing, sameDayOnly: trigger.sameDayOnly ?? false }]
        : []
    )
  )
  .toSorted((a, b) => (a.beijing < b.beijing ? -1 : 1))

/**
 * The EventBridge rule expression of a daily time in Beijing: `07:30` is `cron(30 23 * * ? *)`, on the day before in UTC.
 * China has had no summer time since 1991.
 * @throws RangeError when the time is none.
 */
export const utcCron = (beijing: string): string => {
  const { hour, minute } = timeOfDay(beijing)
  return `cron(${minute} ${(hour + 24 - hoursAhead) % 24} * * ? *)`
}

/**
 * The instant, in milliseconds since 1970, at which a daily schedule fired last, at or before `now`.
 * @throws RangeError when the time is none.
 */
export const lastFiring = (beijing: string, now: number): number => {
  const { hour, minute } = timeOfDay(beijing)
  const offset = (hour - hoursAhead) * millisecondsPerHour + minute * 60_000
  return Math.floor((now - offset) / millisecondsPerDay) * millisecondsPerDay + offset
}

const hoursAhead = 8
const millisecondsPerHour = 3_600_000
const millisecondsPerDay = 24 * millisecondsPerHour

const timeOfDay = (text: string): { readonly hour: number; readonly minute: number } => {
  const [, hour, minute] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text) ?? []
  if (hour === undefined || minute === undefined) throw new RangeError(`not a time of day: ${text}`)
  return { hour: Number(hour), minute: Number(minute) }
}
