import type { Constraint, DatedConstraintType } from '../core/milestone.ts'
import type { Text } from '../core/text.ts'
import type { ComputedDates, SourceTask } from './source-plan.ts'

/** The constraints of a milestone, in the fields of the contract. */
export interface ChosenConstraints {
  readonly constraint?: Constraint
  readonly secondaryConstraint?: Constraint
}

/**
 * The two constraints that a milestone holds. Several of one type are one: the later of two dates that hold back, the
 * earlier of two that bound. Of more than two, those stay that are imposed, then those that decide a date that the source
 * program computed, then the first.
 */
export const chooseConstraints = (
  { constraints, computed }: SourceTask,
  lose: (constraint: Constraint, why: Text) => void
): ChosenConstraints => {
  const tightest = tightestOf(constraints)
  const kept =
    tightest.length <= 2 ? tightest : tightest.toSorted((a, b) => rankOf(a, computed) - rankOf(b, computed)).slice(0, 2)
  for (const constraint of tightest) if (!kept.includes(constraint)) lose(constraint, twoConstraintsOnly)
  const [constraint, secondaryConstraint] = kept
  return { ...(constraint ? { constraint } : {}), ...(secondaryConstraint ? { secondaryConstraint } : {}) }
}

/** A constraint as people write it. */
export const textOfConstraint = (constraint: Constraint): string =>
  'date' in constraint ? `${constraint.type} ${constraint.date}` : constraint.type

const tightestOf = (constraints: readonly Constraint[]): readonly Constraint[] => {
  const byType = new Map<Constraint['type'], Constraint>()
  for (const constraint of constraints) {
    const known = byType.get(constraint.type)
    if (!known || ('date' in known && 'date' in constraint && isTighter(constraint.type, constraint.date, known.date)))
      byType.set(constraint.type, constraint)
  }
  return [...byType.values()]
}

const isTighter = (type: DatedConstraintType, date: string, than: string): boolean => {
  switch (type) {
    case 'SNET':
    case 'FNET':
      return date > than
    case 'SNLT':
    case 'FNLT':
      return date < than
    case 'SO':
    case 'FO':
    case 'MSO':
    case 'MFO':
    case 'MANUAL':
      return false
  }
}

const rankOf = (constraint: Constraint, { earlyStart, earlyFinish, lateStart, lateFinish }: ComputedDates): number => {
  switch (constraint.type) {
    case 'MSO':
    case 'MFO':
    case 'MANUAL':
      return 0
    case 'SO':
    case 'SNET':
      return constraint.date === earlyStart ? 1 : 2
    case 'FO':
    case 'FNET':
      return constraint.date === earlyFinish ? 1 : 2
    case 'SNLT':
      return constraint.date === lateStart ? 1 : 2
    case 'FNLT':
      return constraint.date === lateFinish ? 1 : 2
    case 'ALAP':
    case 'ASAP':
      return 2
  }
}

/** Why a constraint of a file is left out that no program is known to have. */
export const unknownConstraint: Text = {
  zh: '未知或缺日期的限制条件,未导入',
  en: 'an unknown constraint, or one without a date'
}

const twoConstraintsOnly: Text = {
  zh: '每个里程碑最多保留两个限制条件',
  en: 'a milestone holds two constraints'
}
