import { type BodyOf, conditions } from '@capital-project-tracker/client'
import { type Command, Option } from 'commander'
import { type DelayCode, delayCodes } from '../../functions/core/events.ts'
import { readJson } from './assess.ts'
import { asked, bodyFromFile, connect, type RemoteOptions, remote } from './connection.ts'
import { CommandError, print } from './output.ts'
import { standingText } from './project.ts'
import { notANumber } from './wrong-input.ts'

type ReportBody = BodyOf<'/v1/projects/{id}/reports', 'post'>

/** `tracker report`: progress of one milestone, a file of reports, or no change. */
export const addReport = (program: Command): void => {
  remote(
    program
      .command('report')
      .description('report progress of one milestone, a file of reports, or no change / 填报')
      .argument('<project>')
      .option('--file <file>', 'report body as JSON')
      .option('--no-change', 'nothing changed')
      .option('--milestone <id>')
      .option('--percent <number>')
      .option('--actual-start <date>')
      .option('--actual-finish <date>')
      .option('--forecast-finish <date>')
      .option('--remaining <days>')
      .addOption(new Option('--delay <code>').choices(delayCodes))
      .option('--note <text>')
      .option('--key <key>', 'Idempotency-Key, to repeat a report safely')
  ).action(async (project: string, options: ReportOptions) => {
    const body = await bodyOf(options)
    const tracker = await connect(options)
    const params = { path: { id: project }, header: conditions({ key: options.key }) }
    const written = await asked(tracker.POST('/v1/projects/{id}/reports', { params, body }))
    print(written, options.json, () => standingText(written))
  })
}

interface ReportOptions extends RemoteOptions {
  readonly file?: string
  readonly change: boolean
  readonly milestone?: string
  readonly percent?: string
  readonly actualStart?: string
  readonly actualFinish?: string
  readonly forecastFinish?: string
  readonly remaining?: string
  readonly delay?: DelayCode
  readonly note?: string
  readonly key?: string
}

const bodyOf = async (options: ReportOptions): Promise<ReportBody> => {
  const fieldNames = [
    'milestone',
    'percent',
    'actualStart',
    'actualFinish',
    'forecastFinish',
    'remaining',
    'delay'
  ] as const
  const said = fieldNames.filter(name => options[name] !== undefined)
  // Two ways of reporting at once: one of them would be dropped without a word.
  if ((options.file !== undefined && (said.length > 0 || !options.change)) || (!options.change && said.length > 0))
    throw new CommandError(
      '--file、--no-change 与节点各项,只能用一种',
      '--file, --no-change and the fields of a milestone exclude each other',
      2
    )
  if (options.file !== undefined) return bodyFromFile(await readJson(options.file))
  const { note } = options
  if (!options.change) return { noChange: true, ...(note === undefined ? {} : { note }) }
  if (options.milestone === undefined)
    throw new CommandError('请给出 --milestone、--file 或 --no-change', 'say --milestone, --file or --no-change', 2)
  const fields = {
    milestoneId: options.milestone,
    percentComplete: numberOf('--percent', options.percent),
    actualStart: options.actualStart,
    actualFinish: options.actualFinish,
    forecastFinish: options.forecastFinish,
    remainingDuration: numberOf('--remaining', options.remaining),
    delay: options.delay === undefined ? undefined : { code: options.delay, note },
    note
  }
  return { reports: [fields] }
}

const numberOf = (name: string, text: string | undefined): number | undefined => {
  if (text === undefined) return undefined
  const value = Number(text)
  if (!Number.isFinite(value)) throw notANumber(name, text)
  return value
}
