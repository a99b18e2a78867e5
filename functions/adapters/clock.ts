import { addDays, dateInShanghai, type IsoDate, toDayNumber } from '../core/dates.ts'
import type { Clock } from '../core/ports.ts'

const millisecondsPerDay = 86_400_000
const shanghaiOffset = 8 * 3_600_000

/** The clock of the machine. */
export const systemClock: Clock = { now: () => new Date().toISOString() }

/**
 * A clock that stands on one civil date in Asia/Shanghai and shows the real time of day, for demonstrations. At midnight
 * it begins the same day again.
 */
export const fixedClock = (date: IsoDate, real: Clock = systemClock): Clock => ({
  now: () => {
    const sinceMidnight = (Date.parse(real.now()) + shanghaiOffset) % millisecondsPerDay
    const instant = (day: IsoDate) =>
      new Date(toDayNumber(day) * millisecondsPerDay + sinceMidnight - shanghaiOffset).toISOString()
    // In the summers of 1986 to 1991 Shanghai was nine hours ahead.
    return dateInShanghai(instant(date)) === date ? instant(date) : instant(addDays(date, -1))
  }
})

/** The clock that the environment asks for: the machine's, or one that stands on a demonstration date. */
export const clockOf = (date: IsoDate | undefined): Clock => (date === undefined ? systemClock : fixedClock(date))
