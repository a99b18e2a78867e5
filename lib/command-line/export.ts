import { writeFile } from 'node:fs/promises'
import { Argument, type Command } from 'commander'
import * as z from 'zod'
import { exportKinds } from '../../functions/flows/export-kinds.ts'
import { print, table } from './output.ts'
import { call, fetchFile, type RemoteOptions, remote } from './remote.ts'

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
    const query = new URLSearchParams(
      Object.entries({ project, town, programme }).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, value]]
      )
    )
    const file = await fetchFile(options, `/v1/exports/${encodeURIComponent(kind)}?${query}`)
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
    const reply = changesSchema.parse(
      await call(options, 'GET', `/v1/changes?${new URLSearchParams({ since: options.since })}`)
    )
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

const changesSchema = z.looseObject({
  since: z.string(),
  changes: z.array(
    z.looseObject({
      project: z.string(),
      commits: z.array(
        z.looseObject({
          version: z.number(),
          date: z.string(),
          by: z.looseObject({ role: z.string() }),
          events: z.array(z.looseObject({ type: z.string() }))
        })
      )
    })
  )
})
