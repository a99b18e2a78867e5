import { readFileSync } from 'node:fs'
import { assess } from '../../functions/core/assess.ts'
import type { Assessment, Flag, MilestoneAssessment } from '../../functions/core/assessment.ts'
import type { Author } from '../../functions/core/author.ts'
import {
  type Calendar,
  dailyCalendar,
  type HolidayNotice,
  stateCouncilCalendar
} from '../../functions/core/calendar.ts'
import type { Command } from '../../functions/core/commands.ts'
import { addDays } from '../../functions/core/dates.ts'
import { type Decision, decide } from '../../functions/core/decide.ts'
import type { Commit, MilestoneReport, ProjectEvent } from '../../functions/core/events.ts'
import { fold, initialState } from '../../functions/core/evolve.ts'
import type { Approver, JudgedLight } from '../../functions/core/judgement.ts'
import type { BaselineDates, Milestone, Project } from '../../functions/core/milestone.ts'
import { defaultPolicy, type RuleId } from '../../functions/core/policy.ts'
import type { Rules } from '../../functions/core/rules.ts'
import type { ProjectState, TrackedProject } from '../../functions/core/state.ts'

const notices: HolidayNotice[] = JSON.parse(
  readFileSync(new URL('../../data/holiday-notices.json', import.meta.url), 'utf8')
)
const builtIn: Record<string, Calendar> = { cn: stateCouncilCalendar(notices), daily: dailyCalendar() }

/** The default policy over the calendars that the tracker ships. */
export const rules: Rules = { policy: defaultPolicy, calendars: name => builtIn[name] }

const someone: Author = { id: 'test', role: 'admin' }

/** A project of bare essentials: milestones in a chain, each after the one before. */
export const chain = (
  milestones: readonly (Partial<Milestone> & { id: string })[],
  more: Partial<Project> = {}
): Project => ({
  id: 'school',
  name: '示例学校',
  start: '2021-03-01',
  ...more,
  milestones: milestones.map((milestone, i) => ({
    name: milestone.id,
    duration: 10,
    calendar: 'cn',
    phase: 'construction',
    predecessors: i === 0 ? [] : [{ milestoneId: milestones[i - 1]?.id ?? '', type: 'FS' as const, lag: 0 }],
    ...milestone
  }))
})

/** Approved dates, both ends inclusive. */
export const approved = (baseline: Record<string, readonly [start: string, finish: string]>): BaselineDates =>
  Object.fromEntries(Object.entries(baseline).map(([id, [start, finish]]) => [id, { start, finish }]))

/** Enters a plan, with the dates that are approved with it. */
export const register = (project: Project, baseline: BaselineDates = {}): Command => ({
  type: 'register-project',
  project,
  baseline
})

/** Approves what the network computes. */
export const approve: Command = { type: 'approve-baseline', reason: 'approved' }

/** Reports on one milestone. */
export const report = (milestoneId: string, said: Omit<MilestoneReport, 'milestoneId'>): Command => ({
  type: 'report-progress',
  reports: [{ milestoneId, ...said }]
})

/** Reports a number of counted works. */
/** What commit 1 said was wrong, or another that `more` names. */
export const correct = (
  corrections: (Command & { type: 'correct-report' })['corrections'],
  more: { corrects?: number; countDone?: number } = {}
): Command => ({ type: 'correct-report', corrects: 1, reason: '误填', corrections, ...more })

export const count = (countDone: number): Command => ({ type: 'report-progress', reports: [], countDone })

export const noChange: Command = { type: 'report-no-change' }

export const review: Command = { type: 'review-project' }

export const pause = (reviewOn: string): Command => ({ type: 'pause-project', reason: '汛期', reviewOn })

export const resume: Command = { type: 'resume-project', reason: '汛期已过' }

export const cancel = (milestoneId: string): Command => ({ type: 'cancel-milestone', milestoneId, reason: '不再需要' })

/** Answers for a case. */
export const acknowledge = (caseId: string, committedFinish: string): Command => ({
  type: 'acknowledge-case',
  caseId,
  committedFinish,
  measure: '增加两个班组',
  author: '张校长'
})

/** Closes a case with evidence. */
export const close = (caseId: string): Command => ({
  type: 'close-case',
  caseId,
  evidence: '验收记录',
  author: '王局长'
})

/** Rules on the reason of delay behind a case. */
export const rule = (caseId: string, excusable: boolean): Command => ({
  type: 'rule-delay',
  caseId,
  excusable,
  reason: '经现场核实',
  author: '王局长'
})

/** Silences flags until a date, inclusive. */
export const silence = (until: string, of: { rule?: RuleId; milestoneId?: string } = {}): Command => ({
  type: 'silence-flags',
  ...of,
  until,
  reason: '专家评审期间',
  author: '王局长'
})

/** Judges a colour; a better one with an approver. */
export const judge = (light: JudgedLight, approvedBy?: Approver): Command => ({
  type: 'judge-colour',
  light,
  reason: '现场核实',
  ...(approvedBy === undefined ? {} : { approvedBy })
})

/** Takes it back. */
export const withdraw: Command = { type: 'withdraw-judgement', reason: '已核实' }

/** Commands accepted one after the other, each on its date; throws when one is refused. */
export const given = (...steps: readonly (readonly [date: string, command: Command])[]): History => {
  return continued(new History(), ...steps)
}

/** The same upon what has happened before. */
export const continued = (
  history: History,
  ...steps: readonly (readonly [date: string, command: Command])[]
): History => {
  for (const [date, command] of steps) history.accept(command, date)
  return history
}

/** A log in memory: commands in, commits out. */
export class History {
  state: ProjectState = initialState
  readonly commits: Commit[] = []

  when(command: Command, today: string): Decision {
    return decide(command, this.state, rules, today)
  }

  /** Reviews on every day from `from` (exclusive) to `to` (inclusive), with what each wrote. */
  reviewDaily(from: string, to: string): readonly (readonly [date: string, event: ProjectEvent])[] {
    const found: (readonly [string, ProjectEvent])[] = []
    for (let date = addDays(from, 1); date <= to; date = addDays(date, 1))
      found.push(...this.accept(review, date).map(event => [date, event] as const))
    return found
  }

  accept(command: Command, today: string): readonly ProjectEvent[] {
    const decision = this.when(command, today)
    if (!decision.ok) throw new Error(`refused on ${today}: ${JSON.stringify(decision.refusal.faults)}`)
    if (decision.events.length === 0) return []
    const commit: Commit = {
      project: 'school',
      version: this.state.version + 1,
      events: decision.events,
      by: someone,
      at: `${today}T01:00:00Z`,
      date: today
    }
    this.commits.push(commit)
    this.state = fold(this.state, [commit])
    return decision.events
  }

  /** What is assessed on a date. */
  on(date: string): Assessment {
    return assess(this.tracked, date, rules)
  }

  milestone(id: string, date: string): MilestoneAssessment {
    const found = this.on(date).milestones.find(m => m.id === id)
    if (!found) throw new Error(`no milestone ${id}`)
    return found
  }

  flag(rule: RuleId, date: string): Flag | undefined {
    return this.on(date).flags.find(flag => flag.rule === rule)
  }

  get tracked(): TrackedProject {
    if (this.state.status === 'unregistered') throw new Error('nothing was registered')
    return this.state
  }
}
