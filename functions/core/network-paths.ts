import type { Activity, ActivityDates, Link, Network, NetworkResult } from './network.ts'
import { linkSlack } from './network-backward.ts'
import { ignoresLinks, startBound, workLeft } from './network-forward.ts'
import { hoursPerDay, type Instant } from './work-time.ts'

type Computed = NetworkResult & { readonly ok: true }

/**
 * The longest path to an activity: back from it over every link that drives a date, unfinished activities only, in
 * the order of the network. On one calendar without constraints these are the activities with the least total float.
 */
export const longestPath = (network: Network, result: Computed, to: string): readonly string[] => {
  const nodes = nodesOf(network, result)
  const onPath = new Set<string>()
  const waiting = [to]
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    const node = nodes.get(id)
    if (!node || onPath.has(id)) continue
    onPath.add(id)
    for (const link of node.activity.links) {
      const before = nodes.get(link.from)
      if (before && drives(link, before, node, network)) waiting.push(link.from)
    }
  }
  return result.order.filter(id => onPath.has(id))
}

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
  network: Network,
  result: Computed,
  to: string,
  method: FloatPathMethod,
  most = 10
): readonly FloatPath[] => {
  const nodes = nodesOf(network, result)
  const onPath = new Map<string, number>()
  const paths: FloatPath[] = []
  /** Branches into the paths so far that nobody has taken. */
  let branches: readonly Branch[] = []
  const add = (members: ReadonlySet<string>, float: number): void => {
    paths.push({ number: paths.length + 1, float, activities: result.order.filter(id => members.has(id)) })
    for (const id of members) onPath.set(id, float)
    const found = [...members].flatMap(id => branchesInto(id, float, nodes, network, method))
    branches = [...branches, ...found].filter(({ from }) => !onPath.has(from))
  }
  if (!nodes.has(to) || most < 1) return []
  const first =
    method === 'free-float' ? longestPath(network, result, to) : backFrom(to, onPath, nodes, network, method)
  add(new Set(first), method === 'free-float' ? 0 : days(nodes.get(to), nodes.get(to)?.dates.totalFloat ?? 0))
  while (paths.length < most && branches.length > 0) {
    const { from, float } = branches.reduce((best, branch) => (branch.float < best.float ? branch : best))
    add(new Set(backFrom(from, onPath, nodes, network, method)), float)
  }
  return paths
}

/** An unfinished activity with its dates. */
interface Node {
  readonly activity: Activity
  readonly dates: ActivityDates
}

type Nodes = ReadonlyMap<string, Node>

const nodesOf = ({ activities }: Network, { dates }: Computed): Nodes => {
  const nodes = new Map<string, Node>()
  for (const activity of activities) {
    const own = dates.get(activity.id)
    if (own && activity.actualFinish === undefined) nodes.set(activity.id, { activity, dates: own })
  }
  return nodes
}

interface Branch {
  readonly from: string
  readonly float: number
}

const branchesInto = (
  id: string,
  ofPath: number,
  nodes: Nodes,
  network: Network,
  method: FloatPathMethod
): readonly Branch[] => {
  const node = nodes.get(id)
  return (node?.activity.links ?? []).flatMap(link => {
    const before = nodes.get(link.from)
    const float = node && before && floatOf(link, before, node, network, method)
    if (float === undefined) return []
    // What slips by the free float of its link moves the path, which has a float of its own to the end.
    return [{ from: link.from, float: method === 'free-float' ? ofPath + float : float }]
  })
}

/** Back over the most critical link of each activity, as far as nobody has been. */
const backFrom = (
  start: string,
  taken: ReadonlyMap<string, number>,
  nodes: Nodes,
  network: Network,
  method: FloatPathMethod
): readonly string[] => {
  const path: string[] = []
  for (let id: string | undefined = start; id !== undefined; ) {
    path.push(id)
    const [next] = branchesInto(id, 0, nodes, network, method)
      .filter(({ from }) => !taken.has(from))
      .toSorted((a, b) => a.float - b.float)
    id = next?.from
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
