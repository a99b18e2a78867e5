import { readFile } from 'node:fs/promises'
import type { Command } from 'commander'
import { builtInCalendars } from '../../data/calendars.ts'
import { assess } from '../../functions/core/assess.ts'
import type { Assessment, Rules } from '../../functions/core/assessment.ts'
import { dateInShanghai, type IsoDate, isIsoDate } from '../../functions/core/dates.ts'
import { decide } from '../../functions/core/decide.ts'
import { evolveEvent, initialState } from '../../functions/core/evolve.ts'
import { defaultPolicy } from '../../functions/core/policy.ts'
import type { ProjectState } from '../../functions/core/state.ts'
import { errorsOfFaults, errorsOfIssues } from '../../functions/http/field-errors.ts'
import type { FieldError } from '../../functions/http/problems.ts'
import { planOf, planSchema } from '../../functions/schema/plan.ts'
import { CommandError, print, table } from './output.ts'

const rules: Rules = { policy: defaultPolicy, calendars: builtInCalendars }

/** `tracker assess FILE`: a plan in, its assessment out, without a server. */
export const addAssess = (program: Command): void => {
  program
    .command('assess')
    .description('assess a plan file (project JSON) without a server / 评估一个计划文件')
    .argument('<file>', 'project JSON')
    .option('--data-date <date>', 'status date, today in Asia/Shanghai without it')
    .option('--json', 'machine form')
    .action(async (file: string, options: { dataDate?: string; json?: boolean }) => {
      const dataDate = options.dataDate ?? dateInShanghai(new Date().toISOString())
      if (!isIsoDate(dataDate)) throw new CommandError(`--data-date: not a date YYYY-MM-DD: ${dataDate}`, 2)
      const assessment = assessPlan(await readJson(file), dataDate)
      print(assessment, options.json, () => textOf(assessment))
    })
}

/**
 * The assessment of a plan document as if it were registered on the data date.
 * @throws CommandError naming every field that is wrong.
 */
export const assessPlan = (document: unknown, dataDate: IsoDate): Assessment => {
  const decoded = planSchema.safeParse(document)
  if (!decoded.success) throw new CommandError(listOf(errorsOfIssues(decoded.error.issues)))
  const { project, baseline } = planOf(decoded.data, builtInCalendars)
  const decision = decide({ type: 'register-project', project, baseline }, initialState, rules, dataDate)
  if (!decision.ok) throw new CommandError(listOf(errorsOfFaults(decision.refusal.faults)))
  const state = decision.events.reduce<ProjectState>((now, event) => evolveEvent(now, event, dataDate), initialState)
  if (state.status === 'unregistered') throw new CommandError('the plan registers nothing')
  return assess(state, dataDate, rules)
}

/**
 * A file as JSON.
 * @throws CommandError when it cannot be read or is none.
 */
export const readJson = async (file: string): Promise<unknown> => {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new CommandError(`cannot read ${file} / 无法读取该文件`)
  })
  try {
    return JSON.parse(text)
  } catch {
    throw new CommandError(`${file} is not JSON / 该文件不是 JSON`)
  }
}

const listOf = (errors: readonly FieldError[]): string =>
  errors.map(({ pointer, message }) => `${pointer || '/'}: ${message.zh} / ${message.en}`).join('\n')

const textOf = (a: Assessment): string =>
  [
    `${a.projectId} @ ${a.dataDate}: ${a.light} (${a.rules.join(' ')})`,
    `finish: approved ${a.currentFinish ?? '–'}, projected ${a.projectedFinish ?? '–'}, required ${a.requiredBy ?? '–'}`,
    `done ${a.percentComplete} %, planned ${a.plannedPercent ?? '–'} %`,
    ...a.flags.map(({ rule, text }) => `${rule}  ${text.zh} / ${text.en}`),
    '',
    table([
      ['id', 'early start', 'early finish', 'late finish', 'float', 'variance', 'light', 'driven by'],
      ...a.milestones.map(m => [
        m.id + (m.critical ? ' *' : ''),
        m.earlyStart ?? '–',
        m.earlyFinish ?? '–',
        m.lateFinish ?? '–',
        String(m.totalFloat ?? '–'),
        m.variance ? `${m.variance.workingDays} wd` : '–',
        m.light,
        m.drivenBy ? `${m.drivenBy.kind} ${m.drivenBy.ref}` : '–'
      ])
    ])
  ].join('\n')
