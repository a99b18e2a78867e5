import { assess } from './assess.ts'
import { type CaseNumber, caseNumberText } from './bureau.ts'
import type { Case } from './case-state.ts'
import { colourOfCase, deadlineOf, excuseOf, flagOfCase } from './cases.ts'
import type { IsoDate } from './dates.ts'
import { flagId } from './flag.ts'
import { outlookOf } from './outlook.ts'
import type { Rules } from './rules.ts'
import type { TrackedProject } from './state.ts'
import type { Text } from './text.ts'

/** A case as leadership sees it: the record, and what follows from it on a day. Internal. */
export type CaseView = Case & {
  /** 〔2021〕第7号 */
  readonly number: CaseNumber & { readonly text: string }
  readonly project: string
  readonly projectName: string
  readonly milestoneName?: string | undefined
  /** 蓝 → 黄 → 红 as its deadline nears and passes; null once it is closed. */
  readonly colour: 'blue' | 'yellow' | 'red' | null
  /** Inclusive: for an answer, or once there is one, for what it promises. */
  readonly deadline: IsoDate | null
  readonly excuse: ReturnType<typeof excuseOf>['excuse']
  readonly delayCode?: ReturnType<typeof excuseOf>['code']
  /** The rule behind it still holds. */
  readonly flagUp: boolean
  /** What the rule says today; null when it no longer holds. */
  readonly text: Text | null
}

/**
 * The numbered cases of a project on a day, in the order in which they were opened. `numbers` are those of the bureau; a
 * case without one is left out.
 */
export const caseViews = (
  state: TrackedProject,
  numbers: Readonly<Record<string, CaseNumber>>,
  today: IsoDate,
  rules: Rules
): readonly CaseView[] => {
  const cases = Object.values(state.cases ?? {})
  if (cases.length === 0) return []
  const outlook = outlookOf(state, today, rules)
  const { flags } = assess(state, today, rules)
  const { project } = state
  return cases.flatMap(known => {
    const number = numbers[known.id]
    if (!number) return []
    const { excuse, code } = excuseOf(known, outlook)
    const milestone = project.milestones.find(({ id }) => id === known.milestoneId)
    return [
      {
        ...known,
        number: { ...number, text: caseNumberText(number) },
        project: project.id,
        projectName: project.name,
        ...(milestone === undefined ? {} : { milestoneName: milestone.name }),
        colour: colourOfCase(known, outlook.cn, today, rules.policy),
        deadline: known.status === 'closed' ? null : deadlineOf(known, outlook.cn, rules.policy),
        excuse,
        ...(code === undefined ? {} : { delayCode: code }),
        flagUp: flagOfCase(state, known) !== undefined,
        text: flags.find(flag => flagId(flag) === flagId(known))?.text ?? null
      }
    ]
  })
}
