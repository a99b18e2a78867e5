import { assess } from './assess.ts'
import type { Assessment, Rules } from './assessment.ts'
import type { IsoDate } from './dates.ts'
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
  const open = milestones.flatMap(({ id, status, baselineFinish, projectedFinish }) => {
    const finish = baselineFinish ?? projectedFinish
    return status === 'done' || status === 'cancelled' || finish === null ? [] : [{ id, finish }]
  })
  const first = open.toSorted((a, b) => (dateOf(a.finish) < dateOf(b.finish) ? -1 : 1))[0]
  const milestone = state.project.milestones.find(({ id }) => id === first?.id)
  return first && milestone ? { ...first, name: milestone.name, nameEn: milestone.nameEn } : null
}
