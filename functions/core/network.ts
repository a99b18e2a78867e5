import type { ActivityDates, Network } from './activity.ts'
import { passBackward, placeAsLateAsPossible } from './network-backward.ts'
import { type EarlyDates, passForward } from './network-forward.ts'
import { type NetworkFault, type SortedNetwork, sortNetwork } from './network-order.ts'

/** A network with its early dates, which are all that a colour, a list or a review depends on. */
export interface EarlyNetwork {
  readonly ok: true
  readonly sorted: SortedNetwork
  /** By the place of the activity in the network. */
  readonly early: readonly EarlyDates[]
}

/** A network with its late dates and floats as well. */
export interface ComputedNetwork extends EarlyNetwork {
  /** By the place of the activity in the network. */
  readonly dates: readonly ActivityDates[]
}

/**
 * Critical path method over several calendars with FS, SS, FF and SF links, lags, constraints and progress, in four
 * named steps: sort → forward → as late as possible → backward (Kelley & Walker 1959; progress, floats and constraints
 * by the rules of the network, after P6 and MS Project as MPXJ's `org.mpxj.cpm` has them). Within the network an activity
 * is known by its place in the list of activities: ids are looked up once, when it is sorted.
 */
export const computeNetwork = (network: Network): ComputedNetwork | NetworkFault => {
  const computed = computeEarly(network)
  return computed.ok ? computeLate(computed) : computed
}

/** The first three steps of {@link computeNetwork}. */
export const computeEarly = (network: Network): EarlyNetwork | NetworkFault => {
  const sorted = sortNetwork(network)
  return sorted.ok ? { ok: true, sorted, early: placeAsLateAsPossible(sorted, passForward(sorted)) } : sorted
}

/** The last step of {@link computeNetwork}. */
export const computeLate = ({ sorted, early }: EarlyNetwork): ComputedNetwork => ({
  ok: true,
  sorted,
  early,
  dates: passBackward(sorted, early)
})
