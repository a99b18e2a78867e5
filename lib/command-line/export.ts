import { writeFile } from 'node:fs/promises'
import { Argument, type Command } from 'commander'
import { roleWords } from '../../functions/core/role-words.ts'
import { exportKinds } from '../../functions/flows/export-kinds.ts'
import { type EventContext, eventTexts } from '../../functions/pages/event-words.ts'
import { eventsSchema } from '../../functions/schema/commit.ts'
import { asked, connect, type RemoteOptions, remote } from './connection.ts'
import { withExamples } from './help.ts'
import { print, tableOf } from './output.ts'
import { withProgress } from './progress.ts'

/** Commands that get something out of a running tracker: `export` and `changes`. */
export const addExport = (program: Command): void => {
  remote(
    withExamples(
      program
        .command('export')
        .description('导出为其他程序的文件 / projects as a file of another program, to standard output or a file'),
      ['tracker export ledger --output ledger.xlsx', 'tracker export mspdi --project erzhong-phase-2 --output plan.xml']
    )
      .addArgument(
        new Argument(
          '<kind>',
          'Excel 台账、其节点的 CSV、MS Project XML、OC4IDS JSON 或日历 / Excel ledger, its milestones as CSV, MS Project XML, OC4IDS JSON or calendar'
        ).choices(exportKinds)
      )
      .option('--output <file>', '写入的文件 / file to write')
      .option('--project <id>', '一个项目;mspdi 只含一个 / one project; mspdi holds no more')
      .option('--town <name>', '镇街 / town')
      .option('--programme <name>', '计划批次 / programme')
  ).action(async (kind: string, options: ExportOptions) => {
    const { output, project, town, programme } = options
    const tracker = await connect(options)
    const params = { path: { kind }, query: { project, town, programme } }
    const call = () => asked(tracker.GET('/v1/exports/{kind}', { params, parseAs: 'arrayBuffer' }))
    const file = new Uint8Array(await withProgress(`导出 / export ${kind}`, undefined, call))
    if (output === undefined) {
      process.stdout.write(file)
      return
    }
    await writeFile(output, file)
    print({ kind, output, bytes: file.length }, options.json, () => `${output}: ${file.length} bytes`)
  })
  remote(
    withExamples(
      program.command('changes').description('某日以来全部项目的变更 / what changed since a date, over all projects'),
      ['tracker changes --since 2021-06-15']
    ).requiredOption('--since <date>', '起始日,含当日 / YYYY-MM-DD, inclusive')
  ).action(async (options: RemoteOptions & { readonly since: string }) => {
    const tracker = await connect(options)
    const reply = await asked(tracker.GET('/v1/changes', { params: { query: { since: options.since } } }))
    print(reply, options.json, () =>
      tableOf(
        ['日期 date', '项目 project', '版本 version', '何人 who', '事项 what'],
        reply.changes.flatMap(({ project, commits }) =>
          commits.map(({ version, date, by, events }) => [
            date,
            project,
            String(version),
            roleWords[by.role].zh,
            eventTexts(eventsSchema.parse(events), inChinese).join(';')
          ])
        )
      )
    )
  })
}

/** The list names milestones by their ids: it does not load their plans. */
const inChinese: EventContext = { lang: 'zh', nameOf: id => id, withoutPeople: text => text, unit: '' }

interface ExportOptions extends RemoteOptions {
  readonly output?: string
  readonly project?: string
  readonly town?: string
  readonly programme?: string
}
