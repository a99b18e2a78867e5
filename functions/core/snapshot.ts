import { assess } from './assess.ts'
import type { Assessment, Rules } from './assessment.ts'
import { daysBetween, type IsoDate } from './dates.ts'
import { closeoutPhase } from './milestone.ts'
import type { Snapshot, Summary } from './ports.ts'
import { reviewDueOn } from './review-due.ts'
import { dateOf } from './schedule.ts'
import type { TrackedProject } from './state.ts'

/** The snapshot of a state as evaluated on a day: pure, so that a rebuild from the log must give the same. */
export const snapshotOf = (state: TrackedProject, evaluatedOn: IsoDate, rules: Rules): Snapshot => ({
  project: state.project.id,
  version: state.version,
  evaluatedOn,
  reviewDueOn: reviewDueOn(state, evaluatedOn, rules),
  summary: summaryOf(state, assess(state, evaluatedOn, rules)),
  state
})

/** What lists and pages show of a project. It names no person. */
export const summaryOf = (state: TrackedProject, assessment: Assessment): Summary => {
  const { id, name, nameEn, programme, source, town, category, responsibleUnit, demonstration } = state.project
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
    dataDate: assessment.dataDate,
    light: assessment.light,
    lastLight: assessment.lastLight,
    rules: assessment.rules,
    percentComplete: assessment.percentComplete,
    plannedPercent: assessment.plannedPercent,
    baselineFinish: assessment.currentFinish,
    projectedFinish: assessment.projectedFinish,
    requiredBy: assessment.requiredBy,
    marginWorkingDays: assessment.marginWorkingDays,
    variance: assessment.variance,
    provisional: assessment.provisional,
    lastReportOn: state.lastReportOn ?? null,
    brokenLaws: assessment.checks.filter(({ ok, kind }) => !ok && kind === 'law').map(({ law }) => law),
    next: nextMilestone(state, assessment)
  }
}

const nextMilestone = (state: TrackedProject, { milestones }: Assessment): Summary['next'] => {
  const closeout = new Set(state.project.milestones.filter(m => m.phase === closeoutPhase).map(({ id }) => id))
  const unreached = milestones.flatMap(({ id, status, baselineFinish, projectedFinish }) => {
    const finish = baselineFinish ?? projectedFinish
    return status === 'done' || status === 'cancelled' || finish === null ? [] : [{ id, finish }]
  })
  const owed = unreached.filter(({ id }) => !closeout.has(id))
  // Close-out comes next only when everything up to hand-over is reached.
  const open = owed.length > 0 ? owed : unreached
  const first = open.toSorted((a, b) => daysBetween(dateOf(b.finish), dateOf(a.finish)))[0]
  const milestone = state.project.milestones.find(({ id }) => id === first?.id)
  return first && milestone ? { ...first, name: milestone.name, nameEn: milestone.nameEn } : null
}
