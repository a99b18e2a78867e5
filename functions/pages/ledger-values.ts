import { type DelayCode, delayCodes } from '../core/delay.ts'
import { delayWords } from '../core/delay-words.ts'
import type { LedgerKind, LedgerValue, MilestoneColumn, ProjectColumn } from '../core/ledger.ts'
import type { Summary } from '../core/ports.ts'
import type { EntryMilestone } from '../core/site-entry.ts'
import { lightWords, phaseText, ruleWords, statusWords } from './words.ts'

/**
 * A project as its row of the ledger says it. The number of the row depends on its neighbours and is not its own; what
 * people fill in alone ("no change") is empty.
 */
export const projectValues = (summary: Summary): Readonly<Record<ProjectColumn, LedgerValue>> => ({
  number: null,
  name: summary.name,
  programme: summary.programme ?? null,
  town: summary.town ?? null,
  responsibleUnit: summary.responsibleUnit ?? null,
  owed: summary.owed ?? null,
  requiredBy: summary.requiredBy,
  baselineFinish: summary.baselineFinish,
  projectedFinish: summary.projectedFinish,
  margin: summary.marginWorkingDays,
  percentComplete: summary.percentComplete,
  plannedPercent: summary.plannedPercent,
  countDone: summary.count?.done ?? null,
  countTotal: summary.count?.total ?? null,
  countUnit: summary.count?.unit ?? null,
  noChange: null,
  nextMilestone: summary.next?.name ?? null,
  nextFinish: summary.next?.finish ?? null,
  problems: problemsOf(summary),
  light: lightWords[summary.light].name.zh,
  lastReportOn: summary.lastReportOn,
  projectId: summary.id,
  version: summary.version,
  dataDate: summary.dataDate
})

/** A milestone as its row of the ledger says it. Notes are internal, and the column for them is empty. */
export const milestoneValues = (
  { id, name, version, dataDate }: Pick<Summary, 'id' | 'name' | 'version' | 'dataDate'>,
  milestone: EntryMilestone
): Readonly<Record<MilestoneColumn, LedgerValue>> => ({
  projectId: id,
  projectName: name,
  milestoneId: milestone.id,
  name: milestone.name,
  phase: milestone.phase === undefined ? null : phaseText(milestone.phase, 'zh'),
  originalFinish: milestone.originalFinish,
  baselineFinish: milestone.baselineFinish,
  actualStart: milestone.actualStart ?? null,
  actualFinish: milestone.actualFinish ?? null,
  forecastFinish: milestone.forecastFinish ?? null,
  projectedFinish: milestone.finish,
  percentComplete: milestone.percentComplete,
  variance: milestone.lateWorkingDays,
  delay: milestone.delay ?? null,
  note: null,
  status: statusWords[milestone.status].zh,
  light: lightWords[milestone.light].name.zh,
  version,
  dataDate
})

const problemsOf = ({ rules, brokenLaws }: Summary): string | null => {
  const problems = [
    ...rules.filter(rule => rule !== 'G' && rule !== 'B1').map(rule => `${rule} ${ruleWords[rule].zh}`),
    ...brokenLaws.map(law => `违反程序 ${law}`)
  ]
  return problems.length > 0 ? problems.join(';') : null
}

/** What a cell says yes with. */
export const yesWord = '是'

/** A reason of delay as people choose it: its code, then its words. */
export const delayChoice = (code: DelayCode): string => `${code} ${delayWords[code].zh}`

/** A value in words, as its cell shows it. */
export const ledgerText = (kind: LedgerKind, value: string | null): string | undefined => {
  const code = kind === 'delay' ? delayCodes.find(each => each === value) : undefined
  return code === undefined ? (value ?? undefined) : delayChoice(code)
}
