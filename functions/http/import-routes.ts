import * as z from 'zod'
import { dateInShanghai } from '../core/dates.ts'
import { delayCodes } from '../core/delay.ts'
import { initialState } from '../core/evolve.ts'
import { refusalOf } from '../core/refusal.ts'
import type { ProjectState } from '../core/state.ts'
import { answeredRequest, type CommandRequest, type Execution, execute } from '../flows/execute.ts'
import type { ImportedPlan, ImportFault, PlanFormat } from '../import/imported-plan.ts'
import { type LedgerForm, ledgerFormOf, ledgerForms, workbookType } from '../import/ledger-form.ts'
import type { ImportProposal } from '../import/propose-import.ts'
import { coded, lineOf, projectIdSchema } from '../schema/fields.ts'
import { errorsOfFaults, errorsOfIssues } from './field-errors.ts'
import { importFaultText } from './import-fault-text.ts'
import type { ImportReply } from './import-reply.ts'
import { busy, type FieldError, type Problem } from './problems.ts'
import { type ApiDeps, fileBody, type Outcome, type Route, route } from './route.ts'

const formats = ['primavera-xer', 'ms-project-xml', 'project-json'] as const satisfies readonly PlanFormat[]

/** `?apply` alone means yes. */
const yesSchema = z
  .enum(['', 'true', 'false'])
  .default('false')
  .transform(text => text !== 'false')

const ledgerTypes = [workbookType, 'text/csv'] as const

const importQuery = z
  .strictObject({
    project: projectIdSchema.optional(),
    kind: z.enum([...formats, ...ledgerForms]).optional(),
    apply: yesSchema,
    milestones: lineOf(20_000).optional(),
    rebaseline: yesSchema,
    delay: z.enum(delayCodes).optional(),
    note: lineOf(2000).optional(),
    projectInFile: lineOf(200).optional(),
    encoding: lineOf(40).optional(),
    fileName: lineOf(200).optional()
  })
  .check(
    coded(({ delay, note }) => delay !== 'OTHER' || note !== undefined, 'note-required', 'OTHER needs a note', ['note'])
  )

type ImportQuery = z.output<typeof importQuery>

/** Operations that read files of other programs. */
export const importRoutes: readonly Route[] = [
  route({
    method: 'POST',
    path: '/v1/imports',
    operationId: 'importPlan',
    audience: 'admin',
    summary: {
      zh: '导入填好的台账(Excel、CSV)或计划文件(Primavera XER、MS Project XML、本系统 JSON);不带 apply 只试算',
      en: 'Bring in an edited ledger (Excel, CSV) or a plan file (Primavera XER, MS Project XML, project JSON); without apply it only says what would change'
    },
    files: [
      ...ledgerTypes,
      'application/json',
      'application/xml',
      'text/xml',
      'text/plain',
      'application/xer',
      'application/x-xer',
      'application/octet-stream'
    ],
    query: importQuery,
    body: fileBody,
    success: {
      status: 200,
      description: 'What it would change; with apply and nothing to change, the same',
      reply: 'import',
      also: { status: 201, description: 'Written' }
    },
    keyed: true,
    problems: ['refused-by-state', 'version-conflict', 'idempotency-key-reused', 'busy'],
    handle: async ({ body, query, mediaType, grant, idempotency }, deps) => {
      if (!grant) return { problem: { code: 'not-authenticated' } }
      const sender = { by: { id: grant.id, role: grant.role }, idempotency }
      const form = ledgerFormIn(body, query, mediaType)
      if (form !== undefined) {
        const stray =
          ofPlansAlone.find(name => query[name] !== undefined) ?? (query.rebaseline ? 'rebaseline' : undefined)
        if (stray !== undefined) return wrongQuery(stray, 'not-of-a-ledger', notOfALedger)
        const { answerLedger } = await import('./answer-ledger.ts')
        return answerLedger(body, { form, encoding: query.encoding, apply: query.apply, ...sender }, deps)
      }
      const chosen = await readChosen(body, query, deps)
      if ('problem' in chosen) return chosen
      const { plan } = chosen
      const project = query.project ?? (plan.format === 'project-json' ? plan.document.project.id : undefined)
      if (project === undefined) return wrongQuery('project', 'required', projectRequired)
      return propose(plan, project, query, sender, deps)
    }
  })
]

const ledgerFormIn = (body: Uint8Array, { kind, fileName }: ImportQuery, mediaType: string): LedgerForm | undefined =>
  kind === undefined ? ledgerFormOf(body, { mediaType, fileName }) : ledgerForms.find(form => form === kind)

/** What an import of a plan asks, and a ledger answers by itself. */
const ofPlansAlone = ['project', 'milestones', 'delay', 'note', 'projectInFile'] as const

const notOfALedger = {
  zh: '导入台账时不用此项:各行自带项目与原因',
  en: 'It does not go with a ledger, whose rows name projects and reasons themselves'
}

/** The plan of a file, of the tasks that were chosen. The decoders are loaded on demand: no other request pays for them. */
const readChosen = async (
  bytes: Uint8Array,
  { kind, projectInFile, encoding, fileName, milestones }: ImportQuery,
  { rules }: ApiDeps
): Promise<{ readonly plan: ImportedPlan } | { readonly problem: Problem }> => {
  const { readPlan } = await import('../import/read-plan.ts')
  const { chooseMilestones, choiceOf } = await import('../import/choose-milestones.ts')
  const read = readPlan(bytes, {
    format: formats.find(format => format === kind),
    project: projectInFile,
    encoding,
    fileName
  })
  if (!read.ok) return { problem: { code: 'unreadable-file', errors: errorsOfFile(read.fault) } }
  const chosen = chooseMilestones(read.plan, choiceOf(milestones, read.plan), rules.calendars)
  if (chosen.ok) return chosen
  switch (chosen.code) {
    case 'unknown-milestone': {
      const names = chosen.names.join(', ')
      return wrongQuery('milestones', chosen.code, { zh: `文件中没有:${names}`, en: `The file has no ${names}` })
    }
    case 'too-many-milestones': {
      const { count } = chosen
      return wrongQuery('milestones', chosen.code, {
        zh: `${count} 个任务,最多 500 个;请用 milestones 选择`,
        en: `${count} tasks, at most 500: choose with milestones`
      })
    }
  }
}

const errorsOfFile = (fault: ImportFault): readonly FieldError[] =>
  fault.issues ? errorsOfIssues(fault.issues) : [{ pointer: '', code: fault.code, message: importFaultText(fault) }]

const wrongQuery = (name: string, code: string, message: FieldError['message']): { readonly problem: Problem } => ({
  problem: { code: 'not-valid', errors: [{ pointer: `?/${name}`, code, message }] }
})

const projectRequired = {
  zh: '请指定导入到哪个项目',
  en: 'Say which project it goes to'
}

const propose = async (
  plan: ImportedPlan,
  project: string,
  { apply, rebaseline, delay, note }: ImportQuery,
  { by, idempotency }: Sender,
  deps: ApiDeps
): Promise<Outcome> => {
  const { proposeImport } = await import('../import/propose-import.ts')
  const loaded = await deps.log.load(project)
  const answered = apply && idempotency ? answeredRequest(loaded.state, by, partOfKey(idempotency.key, 0)) : undefined
  if (answered && answered.hash !== idempotency?.hash) return { problem: { code: 'idempotency-key-reused' } }
  // A repetition is worked out on what the first was, so that it goes on where the first broke off, and says the same.
  const state = answered ? await stateBefore(answered.version, project, deps) : loaded.state
  const proposal = proposeImport({
    plan,
    projectId: project,
    existing: state.status === 'unregistered' ? undefined : state,
    today: answered?.date ?? dateInShanghai(deps.clock.now()),
    rules: deps.rules,
    delay: delay && { code: delay, ...(note === undefined ? {} : { note }) },
    rebaseline
  })
  const conflicts = conflictsOf(proposal)
  const { faults: _faults, issues: _issues, planned: _planned, commands, ...shown } = proposal
  if (!apply) return { status: 200, body: { ...shown, conflicts, applied: false, version: state.version } }
  if (conflicts.length > 0) return { problem: refusedBy(conflicts, proposal) }
  const written = await writeAll(commands, project, state.version, { by, idempotency }, deps)
  if ('problem' in written) return written
  return {
    status: commands.length > 0 ? 201 : 200,
    headers: { etag: `"${written.version}"`, ...(written.replayed ? { 'idempotent-replayed': 'true' } : {}) },
    body: { ...shown, conflicts, applied: true, version: written.version }
  }
}

/** Who asks, and the key under which the sender may ask again. */
type Sender = Pick<CommandRequest, 'by' | 'idempotency'>

/** The key of one of the commands of an import. */
const partOfKey = (key: string, index: number): string => `${key}/${index}`

const stateBefore = async (version: number, project: string, { log }: ApiDeps): Promise<ProjectState> =>
  version > 1 ? (await log.load(project, version - 1)).state : initialState

type Conflict = ImportReply['conflicts'][number]

/** What the tracker would refuse, by milestone: the file has no places that a JSON pointer could name. */
const conflictsOf = ({ issues, faults, planned, reports }: ImportProposal): readonly Conflict[] =>
  [...errorsOfIssues(issues), ...errorsOfFaults(faults)].map(({ pointer, code, message }) => {
    const [, list, index] = pointer.split('/')
    const milestoneId = list === 'milestones' ? planned[Number(index)] : reports[Number(index)]?.milestoneId
    return { ...(milestoneId === undefined ? {} : { milestoneId }), code, message }
  })

const refusedBy = (conflicts: readonly Conflict[], { issues, faults }: ImportProposal): Problem => {
  const errors = conflicts.map(({ milestoneId, code, message }) => {
    const of = milestoneId === undefined ? '' : `${milestoneId}: `
    return { pointer: '', code, message: { zh: `${of}${message.zh}`, en: `${of}${message.en}` } }
  })
  const isRefused = issues.length === 0 && refusalOf(faults).kind === 'refused'
  return { code: isRefused ? 'refused-by-state' : 'not-valid', errors }
}

/**
 * Executes the commands one after the other, each only on the version that it was worked out for. Whoever is overtaken
 * repeats the import: what was written is then no news any more.
 */
const writeAll = async (
  commands: ImportProposal['commands'],
  project: string,
  from: number,
  { by, idempotency }: Sender,
  deps: ApiDeps
): Promise<{ readonly version: number; readonly replayed: boolean } | { readonly problem: Problem }> => {
  let version = from
  let replayed = commands.length > 0
  for (const [index, command] of commands.entries()) {
    const part = idempotency && { ...idempotency, key: partOfKey(idempotency.key, index) }
    const execution = await execute({ project, command, by, idempotency: part, ifVersion: version }, deps)
    if (execution.type !== 'accepted') return { problem: problemOf(execution) }
    version = execution.state.version
    replayed &&= execution.replayed
  }
  return { version, replayed }
}

const problemOf = (execution: Exclude<Execution, { type: 'accepted' }>): Problem => {
  switch (execution.type) {
    case 'refused': {
      const [first] = errorsOfFaults(execution.refusal.faults)
      return { code: 'refused-by-state', detail: first?.message }
    }
    case 'version-conflict':
      return { code: 'version-conflict' }
    case 'key-reused':
      return { code: 'idempotency-key-reused' }
    case 'busy':
      return busy
  }
}
