import type { Activity, Link, Network } from './activity.ts'

/** A network in the order in which it can be computed. Everything in it is by the place of an activity in its list. */
export interface SortedNetwork {
  readonly ok: true
  readonly network: Network
  /** Places, predecessors before successors, in the order given otherwise. */
  readonly order: readonly number[]
  /** By place, where the predecessor of each link of that activity stands. */
  readonly before: readonly (readonly number[])[]
  /** By place, what waits for that activity. */
  readonly successors: readonly (readonly Successor[])[]
}

/** An activity that waits for another, with the link. */
export interface Successor {
  readonly place: number
  readonly activity: Activity
  readonly link: Link
}

/** Why a network has no dates. */
export type NetworkFault =
  | { readonly ok: false; readonly code: 'cycle'; readonly members: readonly string[] }
  | { readonly ok: false; readonly code: 'unknown-predecessor'; readonly id: string; readonly ref: string }

/** Sorts a network (Kahn 1962), or says why it cannot be. */
export const sortNetwork = (network: Network): SortedNetwork | NetworkFault => {
  const { activities } = network
  const places = new Map<string, number>()
  for (const [place, { id }] of activities.entries()) places.set(id, place)
  const before: (readonly number[])[] = []
  const successors: Successor[][] = activities.map(() => [])
  for (const [place, activity] of activities.entries()) {
    const own: number[] = []
    for (const link of activity.links) {
      const from = places.get(link.from)
      if (from === undefined) return { ok: false, code: 'unknown-predecessor', id: activity.id, ref: link.from }
      own.push(from)
      successors[from]?.push({ place, activity, link })
    }
    before.push(own)
  }
  const order = orderOf(before, successors)
  if (order.length === activities.length) return { ok: true, network, order, before, successors }
  const done = new Set(order)
  return { ok: false, code: 'cycle', members: oneCycle(activities.filter((_, place) => !done.has(place))) }
}

/** As many places as can be put behind all that they wait for. */
const orderOf = (before: SortedNetwork['before'], successors: SortedNetwork['successors']): readonly number[] => {
  const waitingFor = before.map(({ length }) => length)
  const order: number[] = []
  for (const [place, waiting] of waitingFor.entries()) if (waiting === 0) order.push(place)
  for (let i = 0; i < order.length; i += 1)
    for (const { place } of successors[order[i] ?? 0] ?? []) {
      const left = (waitingFor[place] ?? 0) - 1
      waitingFor[place] = left
      if (left === 0) order.push(place)
    }
  return order
}

/** Walks predecessors among activities that all wait for each other until one comes again. */
const oneCycle = (stuck: readonly Activity[]): readonly string[] => {
  const byId = new Map(stuck.map(activity => [activity.id, activity]))
  const path: string[] = []
  let current = stuck[0]
  while (current && !path.includes(current.id)) {
    path.push(current.id)
    const from: string | undefined = current.links.find(link => byId.has(link.from))?.from
    current = from === undefined ? undefined : byId.get(from)
  }
  return current ? path.slice(path.indexOf(current.id)).reverse() : path
}
