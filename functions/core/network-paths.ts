import type { Activity, ActivityDates, Link, Network } from './activity.ts'
import type { ComputedNetwork } from './network.ts'
import { linkSlack } from './network-backward.ts'
import { ignoresLinks, startBound, workLeft } from './network-forward.ts'
import { hoursPerDay, type Instant } from './work-time.ts'

/**
 * The longest path to an activity: back from it over every link that drives a date, unfinished activities only, in
 * the order of the network. On one calendar without constraints these are the activities with the least total float.
 */
export const longestPath = (computed: ComputedNetwork, to: string): readonly string[] =>
  idsOn(longestTo(placeOf(to, computed), nodesOf(computed), computed), computed)

/** In the order of the network, by which branches of equal float are numbered. */
const longestTo = (to: number, nodes: Nodes, { sorted }: ComputedNetwork): ReadonlySet<number> => {
  const onPath = new Set<number>()
  const waiting = [to]
  for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
    const node = nodes[place]
    if (!node || onPath.has(place)) continue
    onPath.add(place)
    for (const [i, from] of sorted.before[place]?.entries() ?? []) {
      const before = nodes[from]
      const link = node.activity.links[i]
      if (before && link && drives(link, before, node, sorted.network)) waiting.push(from)
    }
  }
  return new Set(sorted.order.filter(place => onPath.has(place)))
}

/** -1 of an activity that is not there. */
const placeOf = (id: string, { sorted }: ComputedNetwork): number =>
  sorted.network.activities.findIndex(activity => activity.id === id)

const idsOn = (places: ReadonlySet<number>, { sorted: { order, network } }: ComputedNetwork): readonly string[] =>
  order.filter(place => places.has(place)).map(place => network.activities[place]?.id ?? '')

/**
 * By which float of the links the paths are told apart, as P6 offers it: by the float to the late dates, or by the free
 * float, which follows the links that drive, whatever is required when.
 */
export type FloatPathMethod = 'total-float' | 'free-float'

/** A path of P6's "multiple float paths". */
export interface FloatPath {
  /** 1 for the most critical. */
  readonly number: number
  /** By how many working days (eight hours are one) the path may slip before it moves its end, or its late dates. */
  readonly float: number
  /** Unfinished activities in the order of the network. */
  readonly activities: readonly string[]
}

/**
 * P6's multiple float paths to an activity, most critical first, each activity on the first path that reaches it. The first
 * goes back from the end over the most critical link of each activity (by free float: the whole longest path); each other
 * branches off by the most critical link into those before it, and goes back in the same way.
 * @param most how many paths to look for; P6 proposes 10.
 */
export const floatPaths = (
  computed: ComputedNetwork,
  to: string,
  method: FloatPathMethod,
  most = 10
): readonly FloatPath[] => {
  const nodes = nodesOf(computed)
  const end = placeOf(to, computed)
  const onPath = new Set<number>()
  const paths: FloatPath[] = []
  /** Branches into the paths so far that nobody has taken. */
  let branches: readonly Branch[] = []
  const add = (members: ReadonlySet<number>, float: number): void => {
    paths.push({ number: paths.length + 1, float, activities: idsOn(members, computed) })
    for (const place of members) onPath.add(place)
    const found = [...members].flatMap(place => branchesInto(place, float, nodes, computed, method))
    branches = [...branches, ...found].filter(({ from }) => !onPath.has(from))
  }
  if (!nodes[end] || most < 1) return []
  if (method === 'free-float') add(longestTo(end, nodes, computed), 0)
  else add(backFrom(end, onPath, nodes, computed, method), days(nodes[end], nodes[end].dates.totalFloat ?? 0))
  while (paths.length < most && branches.length > 0) {
    const { from, float } = branches.reduce((best, branch) => (branch.float < best.float ? branch : best))
    add(backFrom(from, onPath, nodes, computed, method), float)
  }
  return paths
}

/** An unfinished activity with its dates. */
interface Node {
  readonly activity: Activity
  readonly dates: ActivityDates
}

/** By place. */
type Nodes = readonly (Node | undefined)[]

const nodesOf = ({ sorted, dates }: ComputedNetwork): Nodes =>
  sorted.network.activities.map((activity, place) => {
    const own = dates[place]
    return own && activity.actualFinish === undefined ? { activity, dates: own } : undefined
  })

interface Branch {
  readonly from: number
  readonly float: number
}

const branchesInto = (
  place: number,
  ofPath: number,
  nodes: Nodes,
  { sorted }: ComputedNetwork,
  method: FloatPathMethod
): readonly Branch[] => {
  const node = nodes[place]
  if (!node) return []
  const found: Branch[] = []
  for (const [i, from] of sorted.before[place]?.entries() ?? []) {
    const before = nodes[from]
    const link = node.activity.links[i]
    const float = before && link && floatOf(link, before, node, sorted.network, method)
    // What slips by the free float of its link moves the path, which has a float of its own to the end.
    if (float !== undefined) found.push({ from, float: method === 'free-float' ? ofPath + float : float })
  }
  return found
}

/** Back over the most critical link of each activity, as far as nobody has been. */
const backFrom = (
  start: number,
  taken: ReadonlySet<number>,
  nodes: Nodes,
  computed: ComputedNetwork,
  method: FloatPathMethod
): ReadonlySet<number> => {
  const path = new Set<number>()
  for (let place: number | undefined = start; place !== undefined; ) {
    path.add(place)
    const [next] = branchesInto(place, 0, nodes, computed, method)
      .filter(({ from }) => !taken.has(from))
      .toSorted((a, b) => a.float - b.float)
    place = next?.from
  }
  return path
}

/** The float of a link in days; `undefined` where it holds nothing any more. */
const floatOf = (
  link: Link,
  before: Node,
  after: Node,
  network: Network,
  method: FloatPathMethod
): number | undefined => {
  const fromStart = link.type === 'SS' || link.type === 'SF'
  if ((fromStart && before.activity.actualStart !== undefined) || ignoresLinks(after.activity, network))
    return undefined
  const toStart = link.type === 'FS' || link.type === 'SS'
  const { earlyFinish, lateFinish } = after.dates
  const finish = method === 'free-float' ? earlyFinish : lateFinish
  if (finish === undefined) return undefined
  const target = toStart ? startOfWork(after, finish, method) : finish
  const { time } = before.activity
  return days(before, linkSlack(link, time, fromStart ? before.dates.earlyStart : before.dates.earlyFinish, target))
}

/** The start of what is left to do, by early or late dates. */
const startOfWork = ({ activity, dates }: Node, finish: Instant, method: FloatPathMethod): Instant => {
  if (activity.actualStart !== undefined) return activity.time.offset(finish, -workLeft(activity))
  return (method === 'free-float' ? dates.earlyStart : dates.lateStart) ?? dates.earlyStart
}

const days = (node: Node | undefined, work: number): number =>
  node?.activity.time.unit === 'hour' ? work / hoursPerDay : work

const drives = (link: Link, before: Node, { activity, dates }: Node, network: Network): boolean => {
  const work = workLeft(activity)
  const at = startBound(
    link,
    before.activity,
    { start: before.dates.earlyStart, finish: before.dates.earlyFinish },
    activity,
    work
  )
  const { dataDate, statusDate = dataDate } = network
  const from = activity.countedFrom ?? statusDate
  if ((from !== undefined && at < from) || ignoresLinks(activity, network)) return false
  const start = activity.actualStart === undefined ? dates.earlyStart : activity.time.offset(dates.earlyFinish, -work)
  return at <= start && activity.time.count(at, start) === 0 && dates.drivenBy.kind === 'predecessor'
}
