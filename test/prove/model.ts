/**
 * What a user may expect of the tracker, written from the contract and from nothing of the core: versions, what was said of
 * each milestone, what a refusal is.
 */

/** A milestone as its reports left it. */
export interface ModelMilestone {
  percent: number
  finish?: string
  cancelled?: true
}

/** A project as far as it is predicted. */
export interface ModelProject {
  version: number
  name: string
  status: 'active' | 'paused'
  readonly milestones: Map<string, ModelMilestone>
  /** Approved finishes that were moved since the registration. */
  readonly moved: Map<string, string>
  /** Notes of "no change", oldest first. */
  readonly notes: string[]
  readonly cases: Map<string, 'open' | 'acknowledged' | 'closed'>
}

/** A request that was answered under a key. */
export interface Sent {
  readonly project: string
  readonly path: string
  readonly method: string
  readonly key: string
  readonly body: unknown
  readonly status: number
  readonly version: number
}

/** Everything that is predicted. */
export interface Model {
  readonly projects: Map<string, ModelProject>
  readonly sent: Sent[]
  readonly tokens: { readonly id: string; readonly token: string; readonly project: string; revoked: boolean }[]
}

/** Nothing has happened yet. */
export const newModel = (): Model => ({ projects: new Map(), sent: [], tokens: [] })

const firstBaseline: readonly (readonly [id: string, start: string, finish: string])[] = [
  ['M1', '2021-08-01', '2021-08-31'],
  ['M2', '2021-09-01', '2021-09-30'],
  ['M3', '2021-10-01', '2021-10-31'],
  ['U2', '2021-11-01', '2021-11-30']
]

/** The milestones that reports are about; the handover is never cancelled. */
export const milestoneIds = firstBaseline.map(([id]) => id)

/** The finish that was approved first. */
export const firstFinishOf = (id: string): string => firstBaseline.find(([known]) => known === id)?.[2] ?? ''

/** A plan far from any colour, so that what is predicted hangs on what people do alone. */
export const planNamed = (id: string, name: string) => ({
  id,
  name,
  start: '2021-06-01',
  milestones: firstBaseline.map(([milestone, start, finish]) => ({
    id: milestone,
    name: `${milestone} 节点`,
    phase: milestone === 'U2' ? 'handover' : 'construction',
    duration: 20,
    calendar: 'daily',
    baseline: { start, finish }
  }))
})

/** A project that was just registered. */
export const registered = (name: string): ModelProject => ({
  version: 1,
  name,
  status: 'active',
  milestones: new Map(milestoneIds.map(id => [id, { percent: 0 }])),
  moved: new Map(),
  notes: [],
  cases: new Map()
})
