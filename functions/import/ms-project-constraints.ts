import type { Constraint } from '../core/milestone.ts'
import { unknownConstraint } from './choose-constraints.ts'
import type { Lose } from './imported-plan.ts'
import { dateOf } from './ms-project-fields.ts'
import type { Row } from './ms-project-rows.ts'
import { textOf } from './xml-tree.ts'

/** Constraints and the dates of manual tasks; a summary's go to the tasks below it. */
export const readConstraints = (rows: readonly Row[], lose: Lose): ReadonlyMap<string, readonly Constraint[]> => {
  const found = new Map(rows.map(row => [row.uid, ownConstraints(row, lose)]))
  return new Map(
    rows.map(row => {
      const inherited = row.above.flatMap(uid => (found.get(uid) ?? []).filter(({ type }) => type !== 'ALAP'))
      return [row.uid, row.isSummary ? [] : [...(found.get(row.uid) ?? []), ...inherited]]
    })
  )
}

/** The earliest deadline of a task and of the summaries above it. */
export const readDeadlines = (rows: readonly Row[]): ReadonlyMap<string, string> => {
  const own = new Map(rows.map(({ uid, element, path }) => [uid, dateOf(element, 'Deadline', path)]))
  return new Map(
    rows.flatMap(({ uid, above }) => {
      const [first] = [uid, ...above].flatMap(of => own.get(of) ?? []).toSorted()
      return first === undefined ? [] : [[uid, first] as const]
    })
  )
}

const constraintTypes: Readonly<Record<string, Constraint['type']>> = {
  1: 'ALAP',
  2: 'MSO',
  3: 'MFO',
  4: 'SNET',
  5: 'SNLT',
  6: 'FNET',
  7: 'FNLT'
}

const ownConstraints = ({ element, path, isSummary }: Row, lose: Lose): readonly Constraint[] => {
  const found: Constraint[] = []
  const typeText = textOf(element, 'ConstraintType')
  const type = Object.hasOwn(constraintTypes, typeText) ? constraintTypes[typeText] : undefined
  const date = dateOf(element, 'ConstraintDate', path)
  if (type === 'ALAP') found.push({ type })
  else if (type !== undefined && date !== undefined) found.push({ type, date })
  else if (typeText !== '' && typeText !== '0') lose(path, `ConstraintType ${typeText}`, unknownConstraint)
  const start = dateOf(element, 'Start', path)
  if (textOf(element, 'Manual') === '1' && !isSummary && start !== undefined) {
    // Nothing else of it counts: a manual task stands where it was put.
    return [{ type: 'MANUAL', date: start }]
  }
  return found
}
