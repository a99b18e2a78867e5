import { readFile } from 'node:fs/promises'
import type { Command } from 'commander'
import { builtInCalendars } from '../../data/calendars.ts'
import { assessWithForecast } from '../../functions/core/assess.ts'
import type { Assessment } from '../../functions/core/assessment.ts'
import { dateInShanghai } from '../../functions/core/dates.ts'
import { decide } from '../../functions/core/decide.ts'
import { isOfFlags, type ProjectEvent } from '../../functions/core/events.ts'
import { evolveEvent, initialState } from '../../functions/core/evolve.ts'
import type { ScheduleDate } from '../../functions/core/milestone.ts'
import { defaultPolicy } from '../../functions/core/policy.ts'
import type { Rules } from '../../functions/core/rules.ts'
import type { ProjectState } from '../../functions/core/state.ts'
import { errorsOfFaults } from '../../functions/http/field-errors.ts'
import type { ImportedPlan, Loss } from '../../functions/import/imported-plan.ts'
import { isScheduleDate } from '../../functions/schema/fields.ts'
import { planOf } from '../../functions/schema/plan.ts'
import { withExamples } from './help.ts'
import { CommandError, print, table } from './output.ts'
import { readPlanFile, textOfLosses } from './plan-file.ts'
import { cannotRead, notADate, notValid } from './wrong-input.ts'

const rules: Rules = { policy: defaultPolicy, calendars: builtInCalendars }

interface AssessOptions {
  readonly dataDate?: string
  readonly projectInFile?: string
  readonly encoding?: string
  readonly json?: boolean
}

/** `tracker assess FILE`: a plan in, its assessment out, without a server. */
export const addAssess = (program: Command): void => {
  withExamples(
    program
      .command('assess')
      .description('评估一个计划文件,不需要服务器 / assess a plan file without a server')
      .argument('<file>', '项目 JSON、MS Project XML 或 Primavera XER / project JSON, MS Project XML or Primavera XER'),
    ['tracker assess plan.xer --data-date 2021-06-21']
  )
    .option(
      '--data-date <date>',
      "状态日期;不写则用文件自带的 / status date; without it the file's own, else the start of an untouched MS Project plan, else today in Asia/Shanghai"
    )
    .option('--project-in-file <id>', 'XER 含多个项目时的一个 / which project of an XER with several')
    .option('--encoding <label>', '文件编码,不写则自行识别 / encoding of the file, found out without it')
    .option('--json', '供程序读取 / machine form')
    .action(async (file: string, { projectInFile, encoding, ...options }: AssessOptions) => {
      const plan = await readPlanFile(file, { project: projectInFile, encoding })
      const dataDate = options.dataDate ?? plan.dataDate ?? dateWithoutStatus(plan)
      if (!isScheduleDate(dataDate)) throw notADate('--data-date', dataDate)
      const assessment = assessImported(plan, dataDate)
      const isForeign = plan.format !== 'project-json'
      print(isForeign ? { ...assessment, lost: plan.lost } : assessment, options.json, () =>
        textOf(assessment, plan.lost)
      )
    })
}

/** MS Project leaves a plan on which nothing has happened where it was planned, however old the file is. */
const dateWithoutStatus = ({ format, progress, document }: ImportedPlan): ScheduleDate =>
  format === 'ms-project-xml' && progress.length === 0
    ? document.project.start
    : dateInShanghai(new Date().toISOString())

/**
 * The assessment of a plan file: its plan registered and its progress reported on its own data date (on `dataDate` where
 * it has none, or a later one), assessed on `dataDate`, which may have a time of day as P6's has.
 * @throws CommandError naming every field that is wrong.
 */
export const assessImported = (plan: ImportedPlan, dataDate: ScheduleDate): Assessment => {
  const { project, baseline } = planOf(plan.document, builtInCalendars)
  const reportedOn = plan.dataDate !== undefined && plan.dataDate < dataDate ? plan.dataDate : dataDate
  const decision = decide({ type: 'register-project', project, baseline }, initialState, rules, dayOf(reportedOn))
  if (!decision.ok) throw notValid(errorsOfFaults(decision.refusal.faults))
  // Flags of the bare plan are none of the project: they would all be up "since" a day on which nobody looked.
  const events: readonly ProjectEvent[] = [
    ...decision.events.filter(event => !isOfFlags(event)),
    ...(plan.progress.length > 0 ? [{ type: 'progress-reported' as const, reports: plan.progress }] : [])
  ]
  const state = events.reduce<ProjectState>((now, event) => evolveEvent(now, event, reportedOn), initialState)
  if (state.status === 'unregistered') throw new CommandError('计划中没有可登记的内容', 'the plan registers nothing')
  const assessment = assessWithForecast(state, dataDate, rules)
  const flags = assessment.flags.map(flag => ({ ...flag, since: dayOf(flag.since) }))
  return { ...assessment, dataDate: dayOf(dataDate), flags }
}

const dayOf = (date: ScheduleDate): string => date.slice(0, 10)

/**
 * A file as JSON.
 * @throws CommandError when it cannot be read or is none.
 */
export const readJson = async (file: string): Promise<unknown> => {
  const text = await readFile(file, 'utf8').catch(() => {
    throw cannotRead(file)
  })
  try {
    return JSON.parse(text)
  } catch {
    throw new CommandError(`${file} 不是 JSON`, `${file} is not JSON`)
  }
}

const forecastLine = ({ forecast }: Assessment): readonly string[] => {
  if (!forecast) return []
  const { p50, p80, onTimeProbability, method, sample } = forecast
  const chance = onTimeProbability === null ? '–' : `${Math.round(100 * onTimeProbability)} %`
  return [`forecast: P50 ${p50}, P80 ${p80}, in time ${chance} (${method}; n = ${sample.n}: ${sample.source})`]
}

/** The float path of a milestone, by free float: 1 is the longest path. */
const pathOf = (id: string, { floatPaths }: Assessment): string =>
  String(floatPaths?.freeFloat.find(({ milestones }) => milestones.includes(id))?.number ?? '–')

const textOf = (a: Assessment, lost: readonly Loss[]): string =>
  [
    `${a.projectId} @ ${a.dataDate}: ${a.light} (${a.rules.join(' ')})`,
    `finish: approved ${a.currentFinish ?? '–'}, projected ${a.projectedFinish ?? '–'}, required ${a.requiredBy ?? '–'}`,
    `done ${a.percentComplete} %, planned ${a.plannedPercent ?? '–'} %`,
    ...forecastLine(a),
    ...a.flags.map(({ rule, text }) => `${rule}  ${text.zh} / ${text.en}`),
    ...a.checks.filter(({ ok }) => !ok).map(({ law, text }) => `${law}  ${text.zh} / ${text.en}`),
    '',
    table([
      ['id', 'early start', 'early finish', 'late finish', 'float', 'path', 'variance', 'light', 'driven by'],
      ...a.milestones.map(m => [
        m.id + (m.critical ? ' *' : ''),
        m.earlyStart ?? '–',
        m.earlyFinish ?? '–',
        m.lateFinish ?? '–',
        String(m.totalFloat ?? '–'),
        pathOf(m.id, a),
        m.variance ? `${m.variance.workingDays} wd` : '–',
        m.light,
        m.drivenBy ? `${m.drivenBy.kind} ${m.drivenBy.ref}` : '–'
      ])
    ]),
    ...(lost.length > 0 ? ['', '未导入或有改动 / lost or changed in reading:', textOfLosses(lost)] : [])
  ].join('\n')
