import type { Delay } from '../core/delay.ts'
import type { BaselineDates } from '../core/milestone.ts'
import type { TrackedProject } from '../core/state.ts'
import type { PlanDocument } from '../schema/plan.ts'
import { said } from './said.ts'

/** Everything the tracker holds of the project beside its schedule stays; milestones keep what people added to them. */
export const mergePlan = (
  { project }: PlanDocument,
  projectId: string,
  existing: TrackedProject | undefined
): PlanDocument['project'] => {
  if (!existing) return { ...project, id: projectId }
  const before = new Map(existing.project.milestones.map(milestone => [milestone.id, milestone]))
  const inFile = new Set(project.milestones.map(({ id }) => id))
  const stays = existing.project.milestones.filter(
    ({ id }) => !inFile.has(id) && (existing.current?.dates[id] || existing.progress[id])
  )
  const present = new Set([...inFile, ...stays.map(({ id }) => id)])
  const milestones = project.milestones.map(milestone => {
    const { phase, nameEn, weight, typicalDuration } = before.get(milestone.id) ?? {}
    return { ...said({ phase, nameEn, weight, typicalDuration }), ...milestone }
  })
  const kept = stays.map(milestone => ({
    ...milestone,
    predecessors: milestone.predecessors?.filter(({ milestoneId }) => present.has(milestoneId))
  }))
  const { requiredBy, source } = project
  return {
    ...said({ requiredBy, source }),
    ...existing.project,
    start: project.start,
    ...said({ schedulingRules: project.schedulingRules ?? existing.project.schedulingRules }),
    // Two plans without calendars make one without: an empty list would be a change that nobody made.
    ...(existing.project.calendars || project.calendars
      ? { calendars: { ...existing.project.calendars, ...project.calendars } }
      : {}),
    // What the file no longer has comes first: the end of the file's plan stays the end of the project.
    milestones: [...kept, ...milestones]
  }
}

/** A plan with its baseline as the document of the contract. */
export const documentOf = (
  project: PlanDocument['project'],
  baseline: BaselineDates,
  delay: Delay | undefined
): unknown => ({
  ...project,
  milestones: project.milestones.map(milestone => ({
    ...milestone,
    ...(baseline[milestone.id] ? { baseline: baseline[milestone.id] } : {})
  })),
  ...(delay ? { delay } : {})
})
