import { addDays } from './dates.ts'
import { closeoutPhase, completionOf, handoverOf, type Milestone, startOfWorksOf } from './milestone.ts'
import type { DueMilestone, Stage, Summary } from './ports.ts'
import { dateOf } from './schedule.ts'
import type { MilestoneStanding, Standing } from './standing.ts'
import type { TrackedProject } from './state.ts'

/** What lists and pages show of a project. It names no person. */
export const summaryOf = (state: TrackedProject, standing: Standing): Summary => {
  const { id, name, nameEn, programme, source, town, category, responsibleUnit, demonstration } = state.project
  const { scope, count } = state.project
  const due = dueMilestones(state, standing)
  const until = addDays(standing.dataDate, dueWithinDays)
  return {
    id,
    name,
    nameEn,
    programme,
    owed: source?.owed,
    town,
    category,
    responsibleUnit,
    demonstration: demonstration ?? false,
    version: state.version,
    dataDate: standing.dataDate,
    light: standing.light,
    lastLight: standing.lastLight,
    rules: standing.rules,
    percentComplete: standing.percentComplete,
    plannedPercent: standing.plannedPercent,
    baselineFinish: standing.currentFinish,
    projectedFinish: standing.projectedFinish,
    requiredBy: standing.requiredBy,
    marginWorkingDays: standing.marginWorkingDays,
    variance: standing.variance,
    provisional: standing.provisional,
    lastReportOn: state.lastReportOn ?? null,
    brokenLaws: standing.checks.filter(({ ok, kind }) => !ok && kind === 'law').map(({ law }) => law),
    next: due[0] ?? null,
    due: due.filter(({ finish }) => dateOf(finish) <= until).slice(0, dueAtMost),
    stages: stagesOf(state, standing),
    scope,
    count: count && { unit: count.unit, total: count.total, done: state.countDone ?? 0 },
    delays: delaysOf(state, standing),
    ...(state.status === 'paused' ? { pausedUntil: state.pause.reviewOn } : {}),
    ...(standing.guard?.endangered
      ? {
          decideBy: {
            borrowedPremises: standing.guard.borrowedPremises.decideBy,
            phasedOpening: standing.guard.phasedOpening.decideBy
          }
        }
      : {})
  }
}

/** Four weeks, in calendar days. */
const dueWithinDays = 28
const dueAtMost = 10

/** What is still owed, by approved finish, or by the projected one where nothing is approved. */
const dueMilestones = ({ project }: TrackedProject, { milestones }: Standing): readonly DueMilestone[] => {
  const assessed = new Map(milestones.map(milestone => [milestone.id, milestone]))
  const unreached = project.milestones.flatMap(milestone => {
    const at = assessed.get(milestone.id)
    const finish = at?.baselineFinish ?? at?.projectedFinish ?? null
    return !at || at.status === 'done' || at.status === 'cancelled' || finish === null ? [] : [{ milestone, finish }]
  })
  const owed = unreached.filter(({ milestone }) => milestone.phase !== closeoutPhase)
  // Close-out comes next only when everything up to hand-over is reached.
  return (owed.length > 0 ? owed : unreached)
    .toSorted((a, b) => (dateOf(a.finish) < dateOf(b.finish) ? -1 : dateOf(a.finish) > dateOf(b.finish) ? 1 : 0))
    .map(({ milestone: { id, name, nameEn }, finish }) => ({ id, name, nameEn, finish }))
}

const stagesOf = ({ project }: TrackedProject, { milestones }: Standing): Summary['stages'] => {
  const stage = (milestone: Milestone | undefined): Stage | undefined => {
    const at = milestone && milestones.find(({ id, status }) => id === milestone.id && status !== 'cancelled')
    return at && { planned: at.baselineFinish, projected: at.projectedFinish, reached: at.status === 'done' }
  }
  return {
    started: stage(startOfWorksOf(project)),
    completed: stage(completionOf(project)),
    inUse: stage(handoverOf(project))
  }
}

const delaysOf = ({ progress }: TrackedProject, { milestones }: Standing): Summary['delays'] => {
  const late = milestones.filter(isLate).flatMap(({ id }) => progress[id]?.delay?.code ?? [])
  return [...new Set(late)]
}

const isLate = ({ variance }: MilestoneStanding): boolean => (variance?.workingDays ?? 0) > 0
