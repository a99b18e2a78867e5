import { writeFile } from 'node:fs/promises'
import { Argument, type Command } from 'commander'
import { exportKinds } from '../../functions/flows/export-kinds.ts'
import { asked, connect, type RemoteOptions, remote } from './connection.ts'
import { print, table } from './output.ts'

/** Commands that get something out of a running tracker: `export` and `changes`. */
export const addExport = (program: Command): void => {
  remote(
    program
      .command('export')
      .description('projects as a file of another program, to standard output or a file / 导出')
      .addArgument(
        new Argument('<kind>', 'Excel ledger, its milestones as CSV, MS Project XML, OC4IDS JSON or calendar').choices(
          exportKinds
        )
      )
      .option('--output <file>', 'file to write')
      .option('--project <id>', 'one project; mspdi holds no more')
      .option('--town <name>')
      .option('--programme <name>')
  ).action(async (kind: string, options: ExportOptions) => {
    const { output, project, town, programme } = options
    const tracker = await connect(options)
    const params = { path: { kind }, query: { project, town, programme } }
    const file = new Uint8Array(await asked(tracker.GET('/v1/exports/{kind}', { params, parseAs: 'arrayBuffer' })))
    if (output === undefined) {
      process.stdout.write(file)
      return
    }
    await writeFile(output, file)
    print({ kind, output, bytes: file.length }, options.json, () => `${output}: ${file.length} bytes`)
  })
  remote(
    program
      .command('changes')
      .description('what changed since a date, over all projects / 某日以来的变更')
      .requiredOption('--since <date>', 'YYYY-MM-DD, inclusive')
  ).action(async (options: RemoteOptions & { readonly since: string }) => {
    const tracker = await connect(options)
    const reply = await asked(tracker.GET('/v1/changes', { params: { query: { since: options.since } } }))
    print(reply, options.json, () =>
      table(
        reply.changes.flatMap(({ project, commits }) =>
          commits.map(({ version, date, by, events }) => [
            date,
            project,
            `v${version}`,
            by.role,
            [...new Set(events.map(({ type }) => type))].join(' ')
          ])
        )
      )
    )
  })
}

interface ExportOptions extends RemoteOptions {
  readonly output?: string
  readonly project?: string
  readonly town?: string
  readonly programme?: string
}
