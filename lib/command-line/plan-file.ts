import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { errorsOfIssues } from '../../functions/http/field-errors.ts'
import { importFaultText } from '../../functions/http/import-fault-text.ts'
import type { FieldError } from '../../functions/http/problems.ts'
import type { ImportedPlan, ImportFault, ImportOptions, Loss } from '../../functions/import/imported-plan.ts'
import { readPlan } from '../../functions/import/read-plan.ts'
import { CommandError } from './output.ts'

/**
 * A plan file of any known format.
 * @throws CommandError when it cannot be read, saying what is wrong and in which line.
 */
export const readPlanFile = async (file: string, options: ImportOptions = {}): Promise<ImportedPlan> => {
  const bytes = await readFile(file).catch(() => {
    throw new CommandError(`cannot read ${file} / 无法读取该文件`)
  })
  const result = readPlan(bytes, { fileName: basename(file), ...options })
  if (!result.ok) throw new CommandError(textOfFault(file, result.fault))
  return result.plan
}

/** Field errors as lines for people. */
export const listOfErrors = (errors: readonly FieldError[]): string =>
  errors.map(({ pointer, message }) => `${pointer || '/'}: ${message.zh} / ${message.en}`).join('\n')

/** What was lost as lines for people; losses of one kind together, a few of them by name. */
export const textOfLosses = (lost: readonly Loss[]): string => {
  const kinds = new Map<string, Loss[]>()
  for (const loss of lost) kinds.set(loss.why.zh, [...(kinds.get(loss.why.zh) ?? []), loss])
  return [...kinds.values()]
    .map(losses => {
      const named = losses.slice(0, shownByName).map(({ path, what }) => `${path}: ${what}`)
      const more = losses.length > shownByName ? ` … (${losses.length})` : ''
      return `- ${losses[0]?.why.zh} / ${losses[0]?.why.en}\n    ${named.join('; ')}${more}`
    })
    .join('\n')
}

const shownByName = 3

const textOfFault = (file: string, fault: ImportFault): string => {
  const { code, line, issues } = fault
  const where = line === undefined ? file : `${file}:${line}`
  const { zh, en } = importFaultText(fault)
  return issues ? `${where}: ${code}\n${listOfErrors(errorsOfIssues(issues))}` : `${where}: ${code}: ${zh} / ${en}`
}
