import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { gzipSync } from 'node:zlib'
import { conditions } from '@capital-project-tracker/client'
import { type Command, Option } from 'commander'
import { type DelayCode, delayCodes } from '../../functions/core/delay.ts'
import type { ImportReply } from '../../functions/http/import-reply.ts'
import type { LedgerReply } from '../../functions/http/ledger-reply.ts'
import { ledgerFormOf } from '../../functions/import/ledger-form.ts'
import { isProjectId } from '../../functions/schema/fields.ts'
import { asked, connect, RefusedError, type RemoteOptions, remote } from './connection.ts'
import { withExamples } from './help.ts'
import { isRefusedIn, textOfLedger } from './ledger-text.ts'
import { CommandError, print, table } from './output.ts'
import { textOfLosses } from './plan-file.ts'
import { withProgress } from './progress.ts'
import { keyed, writeOnce } from './write-once.ts'
import { cannotRead } from './wrong-input.ts'

interface ImportCommandOptions extends RemoteOptions {
  readonly project?: string
  readonly milestones?: string
  readonly milestonesOnly?: boolean
  readonly allTasks?: boolean
  readonly projectInFile?: string
  readonly encoding?: string
  readonly rebaseline?: boolean
  readonly delay?: DelayCode
  readonly note?: string
  readonly apply?: boolean
  readonly key?: string
}

/**
 * `tracker import FILE`: an edited ledger into its projects, or a contractor's file into one; says what would change, and
 * changes it with `--apply`.
 */
export const addImport = (program: Command): void => {
  keyed(
    remote(
      withExamples(
        program
          .command('import')
          .description(
            '导入台账或计划文件,不带 --apply 只试算 / bring an edited ledger or a plan file in, a dry run without --apply'
          )
          .argument(
            '<file>',
            '台账(.xlsx、.csv)、项目 JSON、MS Project XML 或 Primavera XER / ledger, project JSON, MS Project XML or Primavera XER'
          ),
        [
          'tracker import ledger.xlsx',
          'tracker import ledger.xlsx --apply',
          'tracker import plan.xer --project erzhong-phase-2',
          'tracker import plan.xer --project erzhong-phase-2 --apply'
        ]
      )
        .option(
          '--project <id>',
          '计划导入到哪个项目,没有则登记 / of a plan: project in the tracker; a new one is registered'
        )
        .option(
          '--milestones <ids>',
          '作为节点的任务,以逗号分隔 / tasks that become milestones, by id or code, divided by commas'
        )
        .option(
          '--milestones-only',
          '文件中的全部里程碑与项目终点 / every milestone of the file, and the end of the project'
        )
        .option(
          '--all-tasks',
          '全部任务;不选则取完成里程碑 / every task; without a choice the finish milestones, or all tasks where there are none'
        )
        .option('--rebaseline', "批准日期改为文件中的 / move approved dates to the file's")
        .addOption(new Option('--delay <code>', '日期推迟的原因 / reason of later dates').choices(delayCodes))
        .option('--note <text>', '原因说明 / note to the reason')
        .option('--project-in-file <id>', 'XER 含多个项目时的一个 / which project of an XER with several')
        .option('--encoding <label>', '文件编码,不写则自行识别 / encoding of the file, found out without it')
        .option('--apply', '写入 / write it')
    )
  ).action(async (file: string, options: ImportCommandOptions) => {
    const { project } = options
    if (project !== undefined && !isProjectId(project))
      throw new CommandError(`--project 不是项目编号:${project}`, `--project is no id: ${project}`, 2)
    const bytes = await readFile(file).catch(() => {
      throw cannotRead(file)
    })
    if (project === undefined && ledgerFormOf(bytes, { fileName: file }) === undefined)
      throw new CommandError('请用 --project 指定导入到哪个项目', '--project has to say which project it goes to', 2)
    const tracker = await connect(options)
    const query = { project, fileName: basename(file), ...choicesOf(options) }
    const sendTo = (apply: 'true' | undefined) => (key?: string) =>
      asked(
        tracker.POST('/v1/imports', {
          params: { query: { ...query, apply }, header: conditions({ key }) },
          body: new Blob([gzipSync(bytes)]),
          headers: { 'content-type': 'application/octet-stream', 'content-encoding': 'gzip' }
        })
      )
    const trial = sendTo(undefined)
    const reply = await withProgress(`导入 / import ${basename(file)}`, undefined, () =>
      options.apply
        ? writeOnce(options.key, sendTo('true')).catch(async error => {
            throw await withCells(error, trial)
          })
        : trial()
    )
    const isLedger = 'projects' in reply
    print(reply, options.json, () => (isLedger ? textOfLedger(reply) : textOf(reply)))
    if (isLedger ? isRefusedIn(reply) : reply.conflicts.length > 0) process.exitCode = 1
  })
}

/** A ledger of which nothing was taken is told by the table that a trial prints, in place of a list without cells. */
const withCells = async (error: unknown, trial: () => Promise<ImportReply | LedgerReply>): Promise<unknown> => {
  if (!(error instanceof RefusedError) || !['not-valid', 'refused-by-state'].includes(error.code)) return error
  const reply = await trial().catch(() => undefined)
  if (reply === undefined || !('projects' in reply) || !isRefusedIn(reply)) return error
  return new RefusedError(error.code, error.said, textOfLedger({ ...reply, applied: true }).split('\n'))
}

const choicesOf = (options: ImportCommandOptions) => {
  const { milestones, milestonesOnly, allTasks, projectInFile, encoding, rebaseline, delay, note } = options
  if (delay === 'OTHER' && note === undefined)
    throw new CommandError('--delay OTHER 须用 --note 写明', '--delay OTHER needs --note', 2)
  return {
    milestones: milestones ?? (milestonesOnly ? 'milestones' : allTasks ? 'all' : undefined),
    projectInFile,
    encoding,
    delay,
    note,
    rebaseline: yes(rebaseline)
  }
}

const yes = (flag: boolean | undefined): 'true' | undefined => (flag ? 'true' : undefined)

const textOf = (reply: ImportReply): string => {
  const { project, action, dataDate, milestones, moves, projected, reports, conflicts, lost, applied } = reply
  const some = (ids: readonly string[]) => ids.slice(0, 10).join(' ') + (ids.length > 10 ? ` … (${ids.length})` : '')
  const words = { register: '登记 / register', change: '更改计划 / change the plan', none: '计划不变 / plan unchanged' }
  return [
    `${project}: ${words[action]}, 数据日期 / data date ${dataDate ?? '–'}, ${milestones.total} 个里程碑 / milestones`,
    ...(milestones.added.length > 0 ? [`新增 / added: ${some(milestones.added)}`] : []),
    ...(milestones.vanished.length > 0
      ? [`文件中已无 / no longer in the file (kept until cancelled): ${some(milestones.vanished)}`]
      : []),
    ...(moves.length > 0
      ? [
          '',
          '批准日期与文件不同 / approved dates that differ from the file:',
          table(
            moves.map(m => [
              m.id,
              m.approved.finish,
              m.inFile.finish,
              m.later ? '推迟 later' : '',
              m.sent ? '更改 moved' : '保留 kept (--rebaseline)'
            ])
          )
        ]
      : []),
    ...(projected.length > 0
      ? ['', '预计完成 / projected finish:', table(projected.map(p => [p.id, p.before ?? '–', p.after ?? '–']))]
      : []),
    ...(reports.length > 0
      ? [
          '',
          `报告 / report of ${reports.length}:`,
          table(
            reports.map(r => [
              r.milestoneId,
              `${r.percentComplete ?? '–'} %`,
              r.actualStart ?? '–',
              r.actualFinish ?? '–',
              r.remainingDuration === undefined ? '' : `${r.remainingDuration} h`,
              r.delay?.code ?? ''
            ])
          )
        ]
      : []),
    ...(lost.length > 0 ? ['', '未导入或有改动 / lost or changed in reading:', textOfLosses(lost)] : []),
    ...(conflicts.length > 0
      ? [
          '',
          '不能导入 / refused, nothing is written:',
          ...conflicts.map(({ milestoneId, message }) => `${milestoneId ?? project}: ${message.zh} / ${message.en}`)
        ]
      : []),
    '',
    applied ? '已写入 / written' : '试算,未写入 / dry run, nothing written (--apply)'
  ].join('\n')
}
