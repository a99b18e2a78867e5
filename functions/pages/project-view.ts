import type { Assessment, MilestoneAssessment } from '../core/assessment.ts'
import type { Course } from '../core/course.ts'
import type { Milestone, Project } from '../core/milestone.ts'
import type { SealedCommit } from '../core/ports.ts'
import type { TrackedProject } from '../core/state.ts'
import { type Language, type Named, nameText, type Say, sayIn } from './language.ts'
import { peopleRemover } from './people.ts'

/** A neighbour in the order of the overview. */
export interface Neighbour extends Named {
  readonly id: string
}

/** What the page of a project is made of. The plan stands in the state, the data date in the assessment. */
export interface ProjectPageData {
  readonly state: TrackedProject
  readonly assessment: Assessment
  /** Newest first. The page shows the last of them, the JSON form all. */
  readonly commits: readonly SealedCommit[]
  readonly course: Course
  readonly neighbours: { readonly previous?: Neighbour | undefined; readonly next?: Neighbour | undefined }
  readonly demonstrationClock?: boolean | undefined
  /** The address of the site, ending in `/`, where it is known. */
  readonly siteUrl?: string | undefined
}

/** A project as one page sees it: the data, a language, and ways to name things in it. */
export interface ProjectView extends Omit<ProjectPageData, 'neighbours' | 'siteUrl'> {
  readonly lang: Language
  readonly say: Say
  readonly project: Project
  /** Milestones of the plan with their assessment, in the order of the plan. */
  readonly milestones: readonly { readonly plan: Milestone; readonly at: MilestoneAssessment }[]
  /** The name of a milestone with its code: `C3 主体封顶`. */
  readonly nameOf: (milestoneId: string) => string
  readonly withoutPeople: (typed: string) => string
}

/** Looks at a project in a language. */
export const projectView = (data: ProjectPageData, lang: Language): ProjectView => {
  const { state, assessment, commits, course, demonstrationClock } = data
  const { project } = state
  const assessed = new Map(assessment.milestones.map(milestone => [milestone.id, milestone]))
  return {
    state,
    assessment,
    commits,
    course,
    demonstrationClock,
    lang,
    say: sayIn(lang),
    project,
    milestones: project.milestones.flatMap(plan => {
      const at = assessed.get(plan.id)
      return at ? [{ plan, at }] : []
    }),
    nameOf: milestoneNames(project, lang),
    withoutPeople: peopleRemover(project, commits)
  }
}

/** The name of a milestone with its code: `C3 主体封顶`; the code alone of one that the plan no longer has. */
export const milestoneNames = ({ milestones }: Project, lang: Language): ((milestoneId: string) => string) => {
  const names = new Map(milestones.map(milestone => [milestone.id, nameText(milestone, lang)]))
  return id => (names.has(id) ? `${id} ${names.get(id)}` : id)
}
