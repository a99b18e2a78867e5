import type { Command } from '../../functions/core/commands.ts'
import type { Delay } from '../../functions/core/delay.ts'
import type { Project } from '../../functions/core/milestone.ts'
import type { RuleId } from '../../functions/core/policy.ts'
import { approved, chain, given, type History, register } from './given.ts'

/** What was asked of a project, each on its day. */
export type Steps = readonly (readonly [date: string, command: Command])[]

/** The Monday on which the plans of these tests are registered. */
export const day0 = '2021-03-01'

/** A reason that excuses nobody. */
export const delay: Delay = { code: 'CONTRACTOR' }

/** One milestone, 主体封顶, approved for 1 to 12 March. */
export const roof = (more: Partial<Project> = {}) =>
  chain([{ id: 'C3', name: '主体封顶', nameEn: 'Topping out' }], more)

/** The approved dates of {@link roof}. */
export const roofDates = approved({ C3: ['2021-03-01', '2021-03-12'] })

/** {@link roof}, approved, and what was said of it since. */
export const withRoof = (...more: Steps) => given([day0, register(roof(), roofDates)], ...more)

/** Rules that hold on a date, gravest first. */
export const rulesOn = (history: History, date: string): readonly string[] => history.on(date).rules

/** Whether a rule holds on a date. */
export const has = (history: History, rule: RuleId, date: string): boolean => rulesOn(history, date).includes(rule)
