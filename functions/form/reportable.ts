import type { Agenda, AgendaMilestone } from '../core/agenda.ts'
import type { Subject } from './draft.ts'

/** What a subject is in the agenda. */
export interface Reportable {
  readonly project: Agenda
  readonly milestone: AgendaMilestone | undefined
}

/** Finds what a report is about; `undefined` where it can be reported on no more: reached, cancelled, or another's. */
export const reportableIn = (projects: readonly Agenda[], subject: Subject): Reportable | undefined => {
  const project = projects.find(({ id }) => id === subject.project)
  if (!project) return undefined
  switch (subject.type) {
    case 'milestone': {
      const milestone = project.milestones.find(({ id }) => id === subject.milestone)
      return milestone && { project, milestone }
    }
    case 'count':
      return project.count && { project, milestone: undefined }
    case 'project':
      return { project, milestone: undefined }
  }
}
