import { builtInCalendars } from '../data/calendars.ts'
import type { IsoDate } from '../functions/core/dates.ts'
import type { Milestone, Predecessor, Project } from '../functions/core/milestone.ts'
import { computeSchedule } from '../functions/core/schedule.ts'
import type { Progress, TrackedProject } from '../functions/core/state.ts'

/** A layered network in whole days, the same one in every run: each activity waits for some of the fifty before it. */
export const largePlan = (activities: number, links: number): Project => {
  let seed = 42
  const random = (below: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((seed / 2_147_483_648) * below)
  }
  const predecessors: Predecessor[][] = Array.from({ length: activities }, () => [])
  for (let i = 0; i < links; i += 1) {
    const to = 1 + random(activities - 1)
    predecessors[to]?.push({ milestoneId: `${Math.max(0, to - 1 - random(50))}`, type: 'FS', lag: random(3) })
  }
  const milestones = predecessors.map(
    (own, i): Milestone => ({
      id: `${i}`,
      name: `${i}`,
      calendar: 'daily',
      duration: 1 + random(20),
      predecessors: own
    })
  )
  return { id: 'large', name: 'large', start: '2021-01-01', requiredBy: '2024-12-31', milestones }
}

/** The same as a project in the tracker on `today`: its plan is approved, and what was due before is done. */
export const underWay = (project: Project, today: IsoDate): TrackedProject => {
  const planned = computeSchedule({ project, progress: {} }, builtInCalendars)
  if (!planned.ok) throw new Error(planned.code)
  const spans = [...planned.schedule.dates].map(
    ([id, { earlyStart, earlyFinish }]) => [id, { start: earlyStart, finish: earlyFinish }] as const
  )
  const approved = { number: 1, approvedOn: project.start, reason: 'bench', dates: Object.fromEntries(spans) }
  const progress = spans
    .filter(([, { finish }]) => finish < today)
    .map(([id, { start, finish }]): [string, Progress] => [
      id,
      { percentComplete: 100, actualStart: start, actualFinish: finish }
    ])
  return {
    status: 'active',
    version: 1,
    project,
    registeredOn: project.start,
    changedOn: today,
    lastReportOn: today,
    original: approved,
    current: approved,
    progress: Object.fromEntries(progress),
    flags: {},
    requests: []
  }
}
