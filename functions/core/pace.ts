import { secondsAfter } from './instants.ts'

/** Most messages within any stretch of that many seconds. */
export interface RateLimit {
  readonly count: number
  readonly seconds: number
}

/** How fast a receiver takes messages. */
export interface Pace {
  /** Whose pace it is: channels that lead to the same receiver share it. */
  readonly id: string
  readonly limits: readonly RateLimit[]
  /** Minutes of the hour in which it is overrun by everybody else's messages. */
  readonly avoidMinutes: readonly number[]
}

/** What has gone to a receiver lately. */
export interface Flow {
  /** Counts the writes of the record, so that of two writers one notices; 0 is none yet. */
  readonly revision: number
  /** Milliseconds since 1970 of the places taken, oldest first, as far back as any limit reaches. */
  readonly taken: readonly number[]
  /** The receiver takes nothing before this instant. */
  readonly closedUntil?: string | undefined
  /** Milliseconds since 1970 of the last turn that was told to somebody who had to wait. */
  readonly lastTurn?: number | undefined
}

/** A place in the flow, or when to ask again; either way the flow remembers. */
export type Place =
  | { readonly type: 'free'; readonly flow: Flow }
  | { readonly type: 'full'; readonly until: string; readonly flow: Flow }

/** A flow of which nothing is known. */
export const emptyFlow: Flow = { revision: 0, taken: [] }

/**
 * Takes a place in a flow. It counts over a stretch that slides, so that twenty at the end of a minute and twenty at the
 * beginning of the next are not let through; and over a little more than the limit says, because a message arrives
 * somewhat later than its place was taken, and not always by the same delay. Who has to wait is told a turn behind those who
 * wait already, so that a thousand do not all come back for the next twenty places; a turn is no promise.
 */
export const takePlace = (flow: Flow, { limits, avoidMinutes }: Pace, now: string): Place => {
  const at = Date.parse(now)
  const opens = [
    ...(flow.closedUntil === undefined ? [] : [Date.parse(flow.closedUntil)]),
    ...(avoidMinutes.includes(new Date(at).getUTCMinutes()) ? [nextMinute(at)] : []),
    ...limits.map(limit => freeFrom(flow.taken, limit, at))
  ]
  const opensAt = Math.max(...opens, at)
  if (opensAt > at) {
    const turn = Math.ceil(Math.max(opensAt, (flow.lastTurn ?? 0) + Math.max(0, ...limits.map(pauseOf))))
    const waiting = { ...flow, revision: flow.revision + 1, lastTurn: turn }
    return { type: 'full', until: new Date(turn).toISOString(), flow: waiting }
  }
  const oldest = at - Math.max(0, ...limits.map(windowOf))
  return {
    type: 'free',
    flow: {
      ...flow,
      revision: flow.revision + 1,
      taken: [...flow.taken.filter(one => one > oldest), at].sort((a, b) => a - b)
    }
  }
}

/** The flow of a receiver that has asked to be left alone for a while. */
export const closedFor = (flow: Flow, seconds: number, now: string): Flow => {
  const until = secondsAfter(now, seconds)
  return {
    ...flow,
    revision: flow.revision + 1,
    closedUntil: flow.closedUntil !== undefined && flow.closedUntil > until ? flow.closedUntil : until
  }
}

/** The limit's stretch in milliseconds, with a tenth for delays on the way: half a second at least, five at most. */
const windowOf = ({ seconds }: RateLimit): number => (seconds + Math.min(5, Math.max(0.5, seconds / 10))) * 1000

/** From one message to the next, in milliseconds, where as many come as the limit takes. */
const pauseOf = (limit: RateLimit): number => windowOf(limit) / limit.count

const freeFrom = (taken: readonly number[], limit: RateLimit, at: number): number => {
  const within = taken.filter(one => one > at - windowOf(limit))
  const leaves = within.at(-limit.count)
  return leaves === undefined ? at : leaves + windowOf(limit)
}

const nextMinute = (at: number): number => (Math.floor(at / 60_000) + 1) * 60_000
