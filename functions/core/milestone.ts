import type { CalendarDefinition } from './calendar.ts'
import type { IsoDate } from './dates.ts'
import { lastKnown } from './last-known.ts'
import type { SchedulingRules } from './scheduling-rules.ts'

/** How a successor hangs on its predecessor: finish-start, start-start, finish-finish, start-finish. */
export type LinkType = 'FS' | 'SS' | 'FF' | 'SF'

/** A dependency of the milestone that carries it. `lag` may be negative (a lead). */
export interface Predecessor {
  readonly milestoneId: string
  readonly type: LinkType
  /** In the unit of `lagCalendar`. */
  readonly lag: number
  /** The calendar on which the lag runs, which P6 and MS Project let one choose; the predecessor's where none is named. */
  readonly lagCalendar?: string | undefined
}

/**
 * A date imposed on a milestone, by the names of P6 and MS Project: start/finish no earlier/later than; start/finish on
 * (P6: no earlier and no later, so that links still move it); must start/finish on (P6's mandatory ones and MS Project's:
 * they win over the links); placed by hand (MS Project's manual tasks: the start stands, the late dates are free); as late as possible (P6: by its free float, MS Project: by its total float); as soon as
 * possible, which imposes nothing.
 */
export type Constraint =
  | { readonly type: DatedConstraintType; readonly date: ScheduleDate }
  | { readonly type: 'ALAP' | 'ASAP' }

/** Constraints that name a date. */
export type DatedConstraintType = 'SNET' | 'SNLT' | 'FNET' | 'FNLT' | 'SO' | 'FO' | 'MSO' | 'MFO' | 'MANUAL'

/** `YYYY-MM-DD` on a day calendar, `YYYY-MM-DDTHH:mm` on an hour calendar. A start or finish day is inclusive. */
export type ScheduleDate = string

/** A planned stretch of work, both ends inclusive. */
export interface DateSpan {
  readonly start: ScheduleDate
  readonly finish: ScheduleDate
}

/** The approved dates of milestones, by milestone id. */
export type BaselineDates = Readonly<Record<string, DateSpan>>

/**
 * A milestone (里程碑): the finish of the activity that leads to it. The ids of DOMAIN §2 (`C1` 开工, `V2` 竣工验收,
 * `U2` 交付启用 …) carry their legal meaning wherever they are used.
 */
export interface Milestone {
  readonly id: string
  readonly name: string
  readonly nameEn?: string | undefined
  readonly phase?: string | undefined
  /** Working time of the activity in the unit of its calendar; 0 for a bare event. */
  readonly duration: number
  /**
   * What a bare event marks: the start of the work after it (P6's start milestone, which is dated at a start of work), or
   * the finish of the work before it, as where absent.
   */
  readonly marks?: 'start' | 'finish' | undefined
  /** A built-in calendar (`cn`, `daily`) or one of the project's; `cn` where none is named. */
  readonly calendar?: string | undefined
  /** Share in the project's percent complete, in any unit; its duration in days where none is given. */
  readonly weight?: number | undefined
  readonly predecessors?: readonly Predecessor[] | undefined
  readonly constraint?: Constraint | undefined
  /** P6's second constraint (not before one date, not after another). */
  readonly secondaryConstraint?: Constraint | undefined
  /** MS Project's deadline: it bounds the late finish and so the float, and moves nothing. */
  readonly deadline?: ScheduleDate | undefined
  /** P6's expected finish: what is left is as much work as fits until then. */
  readonly expectedFinish?: ScheduleDate | undefined
  /** The typical duration of the template, kept so that compression can be seen. Same unit as `duration`. */
  readonly typicalDuration?: number | undefined
}

/** Works that are counted, not dated (68 套周转宿舍): done of total against a planned cumulative curve. */
export interface CountPlan {
  readonly unit: string
  readonly total: number
  /** Cumulative number due by the end of each date, ascending. */
  readonly plan: readonly { readonly date: IsoDate; readonly value: number }[]
}

/** A capital project (建设项目) and its plan, without its baseline and without anything that has happened to it. */
export interface Project {
  readonly id: string
  readonly name: string
  readonly nameEn?: string | undefined
  readonly programme?: string | undefined
  readonly town?: string | undefined
  readonly category?: string | undefined
  readonly responsibleUnit?: string | undefined
  /** What is built and how much of it (建设内容/规模), in the words of the approval: `新建综合楼一栋,4,200 平方米`. */
  readonly scope?: string | undefined
  /** The project manager (项目负责人). Internal: never on a public page. */
  readonly manager?: { readonly name: string; readonly contact?: string | undefined } | undefined
  /** The date by which the project must be in use (启用), inclusive. */
  readonly requiredBy?: IsoDate | undefined
  readonly start: ScheduleDate
  readonly source?: { readonly document: string; readonly item: string; readonly owed?: string | undefined } | undefined
  /** Its dates are derived from a template and say nothing official. */
  readonly demonstration?: boolean | undefined
  readonly calendars?: Readonly<Record<string, CalendarDefinition>> | undefined
  /** By whose rules the network is computed; P6's with retained logic where absent. */
  readonly schedulingRules?: SchedulingRules | undefined
  readonly milestones: readonly Milestone[]
  readonly count?: CountPlan | undefined
}

/** The constraints of a milestone, the primary one first. */
export const constraintsOf = ({ constraint, secondaryConstraint }: Milestone): readonly Constraint[] => [
  ...(constraint ? [constraint] : []),
  ...(secondaryConstraint ? [secondaryConstraint] : [])
]

/** Phases after the hand-over (决算, 缺陷责任期): they run on when the school is long in use. */
export const closeoutPhase = 'closeout'

/**
 * The milestone that ends the project, 交付启用: of the milestones not in close-out, the last in the order of the plan
 * on which none of the others depends; the last of the plan where all are in close-out.
 */
export const handoverOf = (project: Project): Milestone | undefined => handover(project)

/** Asked for a dozen times in every assessment; a project never changes, another takes its place. */
const handover = lastKnown(({ milestones }: Project): Milestone | undefined => {
  const owed = milestones.filter(({ phase }) => phase !== closeoutPhase)
  const awaited = awaitedBy(owed)
  return owed.findLast(({ id }) => !awaited.has(id)) ?? milestones.at(-1)
})

/** The ids of what some milestones wait for. */
export const awaitedBy = (milestones: readonly Milestone[]): ReadonlySet<string> => {
  const awaited = new Set<string>()
  for (const { predecessors = [] } of milestones) for (const { milestoneId } of predecessors) awaited.add(milestoneId)
  return awaited
}

/** 开工, the start of the works: `C1` of the template, else the milestone of that name. */
export const startOfWorksOf = (project: Project): Milestone | undefined =>
  project.milestones.find(({ id }) => id === 'C1') ?? project.milestones.find(({ name }) => name.includes('开工'))

/** 竣工验收, the acceptance of the finished works: `V2` of the template, else the milestone of that name. */
export const completionOf = (project: Project): Milestone | undefined =>
  project.milestones.find(({ id }) => id === 'V2') ?? project.milestones.find(({ name }) => name.includes('竣工验收'))
