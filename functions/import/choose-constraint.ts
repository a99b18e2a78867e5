import type { Text } from '../core/assessment.ts'
import type { Constraint } from '../core/milestone.ts'
import type { ComputedDates, SourceTask } from './source-plan.ts'

/**
 * The one constraint that a milestone holds. A date that is imposed wins; of several others the one that decides a date
 * the source program computed. "Start on" of P6 is two, not before and not after: where both decide, the date is imposed.
 */
export const oneConstraint = (
  { constraints, computed }: SourceTask,
  lose: (constraint: Constraint, why: Text) => void
): Constraint | undefined => {
  const imposed = constraints.find(({ type }) => type === 'MSO' || type === 'MFO')
  const kept = imposed ?? pinned(constraints, computed) ?? constraints.find(c => decides(c, computed)) ?? constraints[0]
  for (const constraint of constraints)
    if (kept && constraint !== kept && !isHalfOf(constraint, kept)) lose(constraint, oneConstraintOnly(textOf(kept)))
  return kept
}

/** "Start on" or "finish on" whose date the program could keep. */
const pinned = (constraints: readonly Constraint[], { earlyStart, earlyFinish }: ComputedDates) => {
  for (const [not, no, on, early] of [
    ['SNET', 'SNLT', 'MSO', earlyStart],
    ['FNET', 'FNLT', 'MFO', earlyFinish]
  ] as const) {
    const a = constraints.find(({ type }) => type === not)
    const b = constraints.find(({ type }) => type === no)
    if (!a || !b || a.type === 'ALAP' || b.type === 'ALAP' || a.date !== b.date) continue
    if (early === undefined || early === a.date) return { type: on, date: a.date }
  }
  return undefined
}

const isHalfOf = (constraint: Constraint, kept: Constraint): boolean =>
  constraint.type !== 'ALAP' &&
  kept.type !== 'ALAP' &&
  constraint.date === kept.date &&
  ((kept.type === 'MSO' && constraint.type.startsWith('SN')) ||
    (kept.type === 'MFO' && constraint.type.startsWith('FN')))

const decides = (constraint: Constraint, computed: ComputedDates): boolean => {
  switch (constraint.type) {
    case 'SNET':
      return constraint.date === computed.earlyStart
    case 'FNET':
      return constraint.date === computed.earlyFinish
    case 'SNLT':
      return constraint.date === computed.lateStart
    case 'FNLT':
      return constraint.date === computed.lateFinish
    case 'MSO':
    case 'MFO':
    case 'ALAP':
      return true
  }
}

export const textOf = (constraint: Constraint): string =>
  constraint.type === 'ALAP' ? constraint.type : `${constraint.type} ${constraint.date}`

const oneConstraintOnly = (kept: string): Text => ({
  zh: `每个里程碑只能有一个限制条件,保留 ${kept}`,
  en: `a milestone holds one constraint; ${kept} is kept`
})
