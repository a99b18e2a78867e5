/**
 * By whose rules a network is computed. The two programs differ in what a constraint does, in what progress does, and in
 * what they call total float; a plan keeps the rules of the program that its contractor plans with.
 */
export type SchedulingRules = PrimaveraRules | MsProjectRules

/** The rules of Primavera P6, with those of its scheduling options that change dates or floats. */
export interface PrimaveraRules {
  readonly program: 'p6'
  /**
   * What work that began out of turn waits for: with `retained-logic`, P6's default, what is left of it waits for its
   * unfinished predecessors; with `progress-override` it goes on at the data date whatever they do.
   */
  readonly progress?: ProgressRule | undefined
  /** What total float is: the late less the early finish (P6's default), the same of starts, or the smaller of the two. */
  readonly totalFloat?: TotalFloatRule | undefined
}

/**
 * The rules of Microsoft Project, as its documentation and MPXJ's `MicrosoftScheduler` have them: a task honours its
 * constraint dates even against its links; what has begun no longer waits for its links; as late as possible uses up the
 * total slack; total slack is the smaller of start and finish slack, the finish slack once begun. With a data date the
 * plan is that of after "reschedule uncompleted work to start after": what is left never lies in the past.
 */
export interface MsProjectRules {
  readonly program: 'ms-project'
}

/** See {@link PrimaveraRules.progress}. */
export type ProgressRule = 'retained-logic' | 'progress-override'

/** See {@link PrimaveraRules.totalFloat}. */
export type TotalFloatRule = 'finish' | 'start' | 'smallest'

/** The rules of a plan that names none. */
export const defaultSchedulingRules: SchedulingRules = { program: 'p6' }
