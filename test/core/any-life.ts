import fc from 'fast-check'
import type { Command } from '../../functions/core/commands.ts'
import { addDays } from '../../functions/core/dates.ts'
import type { Decision } from '../../functions/core/decide.ts'
import { delayCodes } from '../../functions/core/delay.ts'
import { judgedLights } from '../../functions/core/judgement.ts'
import type { BaselineDates, Constraint, Milestone, Project } from '../../functions/core/milestone.ts'
import { approve, cancel, count, History, judge, noChange, pause, register, resume, review, withdraw } from './given.ts'

/** A plan, and what people asked of the tracker since: each command so many days after the one before. */
export interface Life {
  readonly project: Project
  readonly commands: readonly { readonly after: number; readonly command: Command }[]
}

const firstDay = '2021-03-01'
const anyDate = (from = -60, to = 300) => fc.integer({ min: from, max: to }).map(days => addDays(firstDay, days))
const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 2 })
const ids = ['M0', 'M1', 'M2', 'M3', 'M4', 'M5', 'M6', 'M7'] as const
const anyId = fc.constantFrom(...ids.slice(0, 5), 'M0', 'M1', 'unheard-of')
const anyDelay = fc.record({ code: fc.constantFrom(...delayCodes) })

const anyConstraint: fc.Arbitrary<Constraint> = fc.oneof(
  fc.record({ type: fc.constantFrom('SNET', 'SNLT', 'FNET', 'FNLT', 'MSO', 'MFO'), date: anyDate(0, 150) }),
  fc.constant({ type: 'ALAP' as const })
)

const anyMilestone = (index: number): fc.Arbitrary<Milestone> =>
  fc
    .record({
      duration: fc.oneof(
        { weight: 1, arbitrary: fc.constant(0) },
        { weight: 5, arbitrary: fc.integer({ min: 1, max: 25 }) }
      ),
      calendar: fc.constantFrom('cn', 'cn', 'daily', 'site', 'shift'),
      phase: fc.constantFrom('construction', 'construction', 'approval', 'closeout'),
      weight: optional(fc.integer({ min: 0, max: 20 })),
      constraint: fc.option(anyConstraint, { nil: undefined, freq: 4 }),
      chained: fc.boolean(),
      links: fc.array(
        fc.record({
          from: fc.nat({ max: Math.max(0, index - 1) }),
          type: fc.constantFrom('FS', 'FS', 'SS', 'FF', 'SF'),
          lag: fc.integer({ min: -3, max: 8 })
        }),
        { maxLength: 2 }
      )
    })
    .map(({ chained, links, constraint, weight, ...rest }) => ({
      id: ids[index] ?? '',
      // The first is 开工 as often as not, so that Y4 and R6 have something to judge.
      name: index === 1 ? '开工' : `milestone ${index}`,
      ...rest,
      ...(weight === undefined ? {} : { weight }),
      ...(constraint === undefined || rest.calendar === 'shift' ? {} : { constraint }),
      predecessors:
        index === 0
          ? []
          : [
              ...(chained ? [{ milestoneId: ids[index - 1] ?? '', type: 'FS' as const, lag: 0 }] : []),
              ...links.map(({ from, type, lag }) => ({ milestoneId: ids[from] ?? '', type, lag }))
            ]
    }))

const anyProject: fc.Arbitrary<Project> = fc
  .record({
    milestones: fc.integer({ min: 1, max: 8 }).chain(n => fc.tuple(...ids.slice(0, n).map((_, i) => anyMilestone(i)))),
    start: anyDate(-20, 20),
    requiredBy: optional(anyDate(20, 200)),
    total: fc.option(fc.integer({ min: 1, max: 100 }), { nil: undefined, freq: 4 })
  })
  .map(({ milestones, start, requiredBy, total }) => ({
    id: 'school',
    name: '示例学校',
    start,
    ...(requiredBy === undefined ? {} : { requiredBy }),
    calendars: {
      site: { base: 'daily', exceptions: [{ from: '2021-04-10', to: '2021-04-20', working: false, name: '停工' }] },
      shift: { base: 'cn', shifts: [['08:00', '12:00'] as const, ['13:00', '17:00'] as const] }
    },
    milestones,
    ...(total === undefined
      ? {}
      : {
          count: {
            unit: '套',
            total,
            plan: [
              { date: '2021-04-30', value: Math.floor(total / 3) },
              { date: '2021-06-30', value: total }
            ]
          }
        })
  }))

const anySaid = {
  milestoneId: anyId,
  percentComplete: optional(fc.integer({ min: 0, max: 100 })),
  remainingDuration: optional(fc.oneof(fc.integer({ min: 0, max: 30 }), fc.constant(2.5)))
}

const anyReport = fc.record({
  ...anySaid,
  actualStart: optional(anyDate(-10, 60)),
  actualFinish: fc.option(anyDate(-5, 90), { nil: undefined, freq: 3 }),
  forecastFinish: optional(anyDate(0, 200)),
  delay: fc.option(anyDelay, { nil: undefined, freq: 3 })
})

const anyCorrection = fc.record({
  ...anySaid,
  actualStart: optional(fc.option(anyDate(-10, 60))),
  actualFinish: optional(fc.option(anyDate(-5, 90))),
  forecastFinish: optional(fc.option(anyDate(0, 200))),
  delay: optional(anyDelay)
})

const anyDates: fc.Arbitrary<BaselineDates> = fc.dictionary(
  anyId,
  fc.record({ start: anyDate(-10, 100), finish: anyDate(0, 200) }),
  { maxKeys: 4 }
)

const anyCommand = (project: Project): fc.Arbitrary<Command> =>
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        type: fc.constant('report-progress' as const),
        reports: fc.array(anyReport, { minLength: 1, maxLength: 3 })
      })
    },
    { weight: 2, arbitrary: fc.constant(noChange) },
    { weight: 2, arbitrary: fc.constant(review) },
    {
      weight: 2,
      arbitrary: fc
        .tuple(fc.constantFrom(...judgedLights), optional(fc.constant('director' as const)))
        .map(([light, approver]) => judge(light, approver))
    },
    { weight: 1, arbitrary: fc.constant(withdraw) },
    {
      weight: 2,
      arbitrary: fc.record({
        type: fc.constant('correct-report' as const),
        corrects: fc.integer({ min: 0, max: 6 }),
        reason: fc.constant('误填'),
        corrections: fc.array(anyCorrection, { maxLength: 2 })
      })
    },
    {
      weight: 2,
      arbitrary: fc.record({
        type: fc.constant('approve-baseline' as const),
        reason: fc.constant('调整'),
        dates: optional(anyDates),
        delay: optional(anyDelay)
      })
    },
    {
      weight: 1,
      arbitrary: fc.record({
        type: fc.constant('register-project' as const),
        project: fc.oneof(
          fc.constant({ ...project, requiredBy: '2021-09-01' }),
          fc.constant({ ...project, milestones: project.milestones.slice(0, -1) }),
          anyProject
        ),
        baseline: anyDates,
        delay: optional(anyDelay)
      })
    },
    { weight: 1, arbitrary: fc.nat({ max: 110 }).map(count) },
    { weight: 1, arbitrary: anyDate(0, 120).map(pause) },
    { weight: 1, arbitrary: fc.constant(resume) },
    { weight: 1, arbitrary: anyId.map(cancel) }
  )

/** Plans of up to eight milestones on four calendars, and up to ten commands on them, many of them wrong. */
export const anyLife: fc.Arbitrary<Life> = anyProject.chain(project =>
  fc.record({
    project: fc.constant(project),
    commands: fc
      .array(fc.record({ after: fc.nat({ max: 20 }), command: anyCommand(project) }), { maxLength: 10 })
      // Four plans of five are approved at once, as the network computes them.
      .chain(commands =>
        fc.nat({ max: 4 }).map(n => [...(n === 0 ? [] : [{ after: 0, command: approve }]), ...commands])
      )
  })
)

/** A command of a life on its day, what came of it, and the history after it. */
export interface Act {
  readonly history: History
  readonly command: Command
  readonly date: string
  readonly decision: Decision
}

/** Plays a life through, refused commands included. */
export function* perform({ project, commands }: Life): Generator<Act> {
  const history = new History()
  let date = firstDay
  for (const { after, command } of [{ after: 0, command: register(project) }, ...commands]) {
    date = addDays(date, after)
    const decision = history.when(command, date)
    if (decision.ok) history.accept(command, date)
    yield { history, command, date, decision }
  }
}

/** The history of a life with a review on its last day, and that day. */
export const live = (life: Life): { readonly history: History; readonly today: string } => {
  const { history, date } = [...perform(life)].at(-1) ?? { history: new History(), date: firstDay }
  history.accept(review, date)
  return { history, today: date }
}
