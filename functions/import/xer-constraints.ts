import type { Constraint, DatedConstraintType } from '../core/milestone.ts'
import { unknownConstraint } from './choose-constraints.ts'
import type { Lose } from './imported-plan.ts'
import type { XerRow } from './xer-tables.ts'

/** Primary, then secondary, then the dates that projects outside of the file impose. */
export const constraintsOf = (row: XerRow, path: string, lose: Lose): readonly Constraint[] => {
  const found: Constraint[] = []
  for (const [typeField, dateField] of [
    ['cstr_type', 'cstr_date'],
    ['cstr_type2', 'cstr_date2']
  ] as const) {
    const type = row.text(typeField)
    if (type === '') continue
    const date = row.date(dateField)
    const known = Object.hasOwn(constraintTypes, type) ? constraintTypes[type] : undefined
    if (type === 'CS_ALAP') found.push({ type: 'ALAP' })
    else if (known && date !== undefined) found.push({ type: known, date })
    else lose(path, `${typeField} ${type} ${row.text(dateField)}`.trim(), unknownConstraint)
  }
  const notBefore = row.date('external_early_start_date')
  const notAfter = row.date('external_late_end_date')
  if (notBefore !== undefined) found.push({ type: 'SNET', date: notBefore })
  if (notAfter !== undefined) found.push({ type: 'FNLT', date: notAfter })
  return found
}

const constraintTypes: Readonly<Record<string, DatedConstraintType>> = {
  CS_MSOA: 'SNET',
  CS_MSOB: 'SNLT',
  CS_MEOA: 'FNET',
  CS_MEOB: 'FNLT',
  CS_MSO: 'SO',
  CS_MEO: 'FO',
  CS_MANDSTART: 'MSO',
  CS_MANDFIN: 'MFO'
}
