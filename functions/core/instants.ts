/** The instant a number of seconds after another one; both ISO 8601 in UTC with milliseconds. */
export const secondsAfter = (instant: string, seconds: number): string =>
  new Date(Date.parse(instant) + Math.ceil(seconds * 1000)).toISOString()

/** How many seconds lie between two instants; negative when `to` is the earlier one. */
export const secondsBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 1000
