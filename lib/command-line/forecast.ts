import type { Command } from 'commander'
import { builtInCalendars } from '../../data/calendars.ts'
import { checkPlan } from '../../functions/core/check-plan.ts'
import { type ForecastRow, forecastSeries, type StatusReport } from '../../functions/core/forecast-series.ts'
import type { Project } from '../../functions/core/milestone.ts'
import type { Fault } from '../../functions/core/refusal.ts'
import { projectCalendars } from '../../functions/core/schedule.ts'
import { errorsOfFaults, errorsOfIssues } from '../../functions/http/field-errors.ts'
import { forecastSchema } from '../../functions/schema/forecast.ts'
import { planOf } from '../../functions/schema/plan.ts'
import { readJson } from './assess.ts'
import { withExamples } from './help.ts'
import { print, table } from './output.ts'
import { notValid } from './wrong-input.ts'

/** `tracker forecast FILE`: a plan with its statuses in, a forecast of the finish at each status date out. */
export const addForecast = (program: Command): void => {
  withExamples(
    program
      .command('forecast')
      .description('按各状态日期预测完工,不需要服务器 / forecast the finish at each status date, without a server')
      .argument('<file>', '含 project 与 statuses 的 JSON / JSON with project and statuses')
      .option('--json', '供程序读取 / machine form'),
    ['tracker forecast statuses.json --json']
  ).action(async (file: string, options: { json?: boolean }) => {
    const rows = forecastDocument(await readJson(file))
    print(rows, options.json, () => textOf(rows))
  })
}

/**
 * The forecasts of a document (CONTRACT, `tracker forecast`).
 * @throws CommandError naming every field that is wrong.
 */
export const forecastDocument = (document: unknown): readonly ForecastRow[] => {
  const decoded = forecastSchema.safeParse(document, { reportInput: true })
  if (!decoded.success) throw notValid(errorsOfIssues(decoded.error.issues))
  const { statuses } = decoded.data
  const { project, baseline } = planOf(decoded.data.plan, builtInCalendars)
  const faults = [
    ...checkPlan(project, baseline, builtInCalendars).map(fault => ({ ...fault, path: ['project', ...fault.path] })),
    ...checkStatuses(statuses, project)
  ]
  if (faults.length > 0) throw notValid(errorsOfFaults(faults))
  return forecastSeries({ project, baseline }, statuses, projectCalendars(project, builtInCalendars))
}

const checkStatuses = (statuses: readonly StatusReport[], { milestones }: Project): readonly Fault[] => {
  const durations = new Map(milestones.map(({ id, duration }) => [id, duration]))
  return statuses.flatMap((status, i) =>
    status.milestones.flatMap(({ id, actualStart, actualFinish }, j): readonly Fault[] => {
      const path = ['statuses', i, 'milestones', j]
      const duration = durations.get(id)
      if (duration === undefined) return [{ code: 'unknown-milestone', path: [...path, 'id'], params: { id } }]
      const isReversed = actualStart !== undefined && actualFinish !== undefined && actualFinish < actualStart
      return isReversed && duration > 0 && actualFinish.slice(0, 10) !== actualStart.slice(0, 10)
        ? [{ code: 'finish-before-start', path: [...path, 'actualFinish'] }]
        : []
    })
  )
}

const textOf = (rows: readonly ForecastRow[]): string =>
  table([
    ['status', 'planned %', 'done %', 'earned schedule', 'SPI(t)', 'P50', 'P80', 'method'],
    ...rows.map(row => [
      row.date,
      row.plannedPercent.toFixed(1),
      row.percentComplete.toFixed(1),
      row.earnedSchedule,
      row.spiT === null ? '–' : row.spiT.toFixed(3),
      row.finish.p50,
      row.finish.p80,
      row.method
    ])
  ])
