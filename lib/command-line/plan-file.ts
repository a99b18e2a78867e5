import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { errorsOfIssues } from '../../functions/http/field-errors.ts'
import { importFaultText } from '../../functions/http/import-fault-text.ts'
import type { ImportedPlan, ImportFault, ImportOptions, Loss } from '../../functions/import/imported-plan.ts'
import { readPlan } from '../../functions/import/read-plan.ts'
import { CommandError } from './output.ts'
import { cannotRead, linesOfErrors } from './wrong-input.ts'

/**
 * A plan file of any known format.
 * @throws CommandError when it cannot be read, saying what is wrong and in which line.
 */
export const readPlanFile = async (file: string, options: ImportOptions = {}): Promise<ImportedPlan> => {
  const bytes = await readFile(file).catch(() => {
    throw cannotRead(file)
  })
  const result = readPlan(bytes, { fileName: basename(file), ...options })
  if (!result.ok) throw wrongFile(file, result.fault)
  return result.plan
}

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

const wrongFile = (file: string, fault: ImportFault): CommandError => {
  const { code, line, issues } = fault
  const where = line === undefined ? file : `${file}:${line}`
  const { zh, en } = importFaultText(fault)
  return new CommandError(`${where}: ${code}: ${zh}`, en, 1, { details: linesOfErrors(errorsOfIssues(issues ?? [])) })
}
