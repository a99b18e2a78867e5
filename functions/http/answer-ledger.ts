import type { LedgerPlace } from '../core/merge-ledger.ts'
import { type ImportedProject, importLedger, type LedgerImport, mostProjects } from '../flows/import-ledger.ts'
import type { LedgerSender } from '../flows/plan-ledger.ts'
import type { LedgerForm } from '../import/ledger-form.ts'
import { readLedger } from '../import/read-ledger.ts'
import { atCell, cellFaultText, conflictText, headText } from './cell-text.ts'
import { errorsOfFaults } from './field-errors.ts'
import { importFaultText } from './import-fault-text.ts'
import type { LedgerReply } from './ledger-reply.ts'
import { busy, type FieldError, type Problem } from './problems.ts'
import type { ApiDeps, Outcome } from './route.ts'

/** An edited ledger, and what is to be done with it. */
export interface LedgerRequest extends LedgerSender {
  readonly form: LedgerForm
  readonly encoding?: string | undefined
  readonly apply: boolean
}

/**
 * Merges an edited ledger. Each project is answered for itself; only when something had to be written and nothing could be,
 * the whole is a problem.
 */
export const answerLedger = async (
  bytes: Uint8Array,
  { form, encoding, ...request }: LedgerRequest,
  deps: ApiDeps
): Promise<Outcome> => {
  const read = readLedger(bytes, form, encoding)
  if (!read.ok) {
    const { code, line } = read.fault
    const error = { pointer: '', code, message: importFaultText(read.fault) }
    return {
      problem: {
        code: code === 'too-large' && line === undefined ? 'body-too-large' : 'unreadable-file',
        errors: [error]
      }
    }
  }
  const result = await importLedger(read.value, request, deps)
  switch (result.type) {
    case 'key-reused':
      return { problem: { code: 'idempotency-key-reused' } }
    case 'too-many-projects': {
      const message = {
        zh: `含 ${result.count} 个项目,最多 ${mostProjects} 个;请按镇街分开导入`,
        en: `It holds ${result.count} projects, at most ${mostProjects}; bring it in by towns`
      }
      return { problem: { code: 'not-valid', errors: [{ pointer: '', code: 'too-many', message }] } }
    }
    case 'merged':
      return replyOf(result, form, request.apply)
  }
}

type Merged = LedgerImport & { readonly type: 'merged' }

const replyOf = ({ projects, strays, replayed }: Merged, format: LedgerForm, apply: boolean): Outcome => {
  const wrote = projects.some(({ outcome }) => outcome === 'written')
  const body: LedgerReply = {
    format,
    applied: apply,
    projects: projects.map(projectReply),
    strays: strays.map(fault => ({ ...placeReply(fault), code: fault.code, message: cellFaultText(fault) }))
  }
  const failed = apply && !wrote ? problemOf(projects, body) : undefined
  if (failed) return { problem: failed }
  return {
    status: wrote ? 201 : 200,
    headers: replayed ? { 'idempotent-replayed': 'true' } : {},
    body
  }
}

const projectReply = (result: ImportedProject): LedgerReply['projects'][number] => ({
  project: result.project,
  outcome: result.outcome,
  version: result.version,
  changes: result.changes.map(change => ({ ...placeReply(change), from: change.from, to: change.to })),
  conflicts: result.conflicts.map(conflict => {
    const { before, inSheet, now, changedBy } = conflict
    const author = changedBy && { ...changedBy.by, at: changedBy.at, version: changedBy.version }
    return {
      ...placeReply(conflict),
      before,
      inSheet,
      now,
      ...(author ? { changedBy: author } : {}),
      message: conflictText(conflict)
    }
  }),
  errors: [
    ...result.faults.map(fault => ({ ...placeReply(fault), code: fault.code, message: cellFaultText(fault) })),
    ...result.refusals.flatMap(refusal =>
      errorsOfFaults([refusal.fault]).map(({ code, message }) => ({ ...placeReply(refusal), code, message }))
    )
  ]
})

const placeReply = (place: LedgerPlace) => ({
  sheet: place.sheet,
  cell: place.ref,
  row: place.line,
  column: place.column,
  head: headText(place),
  ...(place.milestoneId === undefined ? {} : { milestoneId: place.milestoneId })
})

/** Nothing was written although something should have been. */
const problemOf = (projects: readonly ImportedProject[], { strays }: LedgerReply): Problem | undefined => {
  const errors = [
    ...projects.flatMap(({ project, faults, conflicts, refusals }): readonly FieldError[] =>
      [
        ...faults.map(fault => ({ pointer: '', code: fault.code, message: atCell(fault, cellFaultText(fault)) })),
        ...conflicts.map(each => ({ pointer: '', code: 'conflict', message: atCell(each, conflictText(each)) })),
        ...refusals.flatMap(refusal =>
          errorsOfFaults([refusal.fault]).map(error => ({
            ...error,
            pointer: '',
            message: atCell(refusal, error.message)
          }))
        )
      ].map(error => ({
        ...error,
        message: { zh: `${project} ${error.message.zh}`, en: `${project} ${error.message.en}` }
      }))
    ),
    ...strays.map(({ sheet, cell, code, message }) => ({
      pointer: '',
      code,
      message: { zh: `${sheet}!${cell}:${message.zh}`, en: `${sheet}!${cell}: ${message.en}` }
    }))
  ]
  if (errors.length === 0) return projects.some(({ outcome }) => outcome === 'busy') ? busy : undefined
  const isBadForm = strays.length > 0 || projects.some(({ faults }) => faults.length > 0)
  return { code: isBadForm ? 'not-valid' : 'refused-by-state', errors }
}
