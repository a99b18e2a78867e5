import { join } from 'node:path'
import type { Command } from 'commander'
import { stop } from 'esbuild'
import { readFormPrograms } from '../../functions/adapters/form-programs.ts'
import { directoryPageStore } from '../../functions/adapters/page-store.ts'
import { verifyLog } from '../../functions/adapters/verify-log.ts'
import type { FormPrograms, PageStore } from '../../functions/core/ports.ts'
import { publishAll } from '../../functions/flows/publish.ts'
import { type RebuildFinding, rebuildSnapshot } from '../../functions/flows/rebuild.ts'
import { reviewDue } from '../../functions/flows/review.ts'
import { openApiDocument } from '../../functions/http/openapi.ts'
import { routes } from '../../functions/http/routes.ts'
import { bundleForm, repositoryRoot } from '../bundling.ts'
import { withExamples } from './help.ts'
import { CommandError, print, tableOf } from './output.ts'
import { type Step, withProgress } from './progress.ts'
import { type Storage, withStorage } from './storage.ts'
import { knownProjects } from './verify-logs.ts'
import { notAUrl } from './wrong-input.ts'

/** Commands that work on the tables themselves: review, rebuild, site. */
export const addUpkeep = (program: Command): void => {
  onTables(
    withExamples(
      program
        .command('review')
        .description('复核到期的项目,与每日早晨相同 / review the projects that are due, as every morning'),
      ['tracker review']
    ),
    async (storage, options) => {
      const { reviewed, changed, failures } = await reviewDue(storage)
      const failed = failures.map(({ item, error }) => ({ project: item, error: String(error) }))
      print({ reviewed, changed, failed }, options.json, () =>
        [
          `复核 ${reviewed} 个,变化 ${changed} 个 / ${reviewed} reviewed, ${changed} changed`,
          ...failed.map(f => `${f.project}: ${f.error}`)
        ].join('\n')
      )
      if (failed.length > 0)
        throw new CommandError(`${failed.length} 个项目未能复核`, `${failed.length} could not be reviewed`)
    }
  )
  onTables(
    withExamples(
      program
        .command('rebuild')
        .description('由日志重建每个快照并报告差异 / recompute every snapshot from the log and report differences'),
      ['tracker rebuild']
    ),
    async (storage, options) => {
      const findings = await rebuildAll(storage)
      print(findings, options.json, () =>
        tableOf(
          ['项目 project', '快照 snapshot', '字段 fields'],
          findings.map(f => [f.project, findingWords[f.finding], 'fields' in f ? f.fields.join(' ') : ''])
        )
      )
      const wrong = findings.filter(({ finding }) => finding !== 'same').length
      if (wrong > 0)
        throw new CommandError(
          `${findings.length} 个快照中 ${wrong} 个有出入`,
          `${wrong} of ${findings.length} snapshots differed`
        )
    }
  )
  onTables(
    withExamples(
      program
        .command('site')
        .argument('<dir>', '写入的文件夹 / folder to write')
        .option(
          '--url <url>',
          '将来的网址,日历与订阅指向它 / address under which it will be served: calendar and feed lead there'
        )
        .description('把整个站点写入文件夹 / write the whole site to a folder'),
      ['tracker site public --url https://jindu.example.org']
    ),
    async (storage, { url, ...options }, dir) => {
      const siteUrl = url === undefined ? undefined : addressOfSite(url)
      const deps = { ...storage, pages: directoryPageStore(dir), siteUrl, form: bundledForm }
      const { written, failures } = await withProgress('站点 / site', undefined, step =>
        publishAll(openApiDocument(routes), { ...deps, pages: told(deps.pages, step) })
      )
      print(
        { written: written.length, failed: failures.map(({ item }) => item) },
        options.json,
        () => `写入 ${written.length} 个文件 / ${written.length} files written`
      )
      if (failures.length > 0)
        throw new CommandError(
          `${failures.length} 个项目未能生成`,
          `${failures.length} projects could not be published`
        )
    }
  )
}

/** Takes a step with each file that is put. */
const told = (pages: PageStore, step: Step): PageStore => ({
  ...pages,
  put: async file => {
    const result = await pages.put(file)
    step(file.path)
    return result
  }
})

/** A copy of the site has the form of the same version as its pages. */
const bundledForm = async (): Promise<FormPrograms> => {
  const folder = join(repositoryRoot, '.bundle', 'form')
  await bundleForm(folder)
  await stop()
  return readFormPrograms(folder)
}

/** @throws CommandError when it is no address of the web. */
const addressOfSite = (url: string): string => {
  const parsed = URL.parse(url.endsWith('/') ? url : `${url}/`)
  if (!parsed || !/^https?:$/.test(parsed.protocol)) throw notAUrl(url)
  return parsed.href
}

interface TableOptions {
  readonly data: string
  readonly json?: boolean
  readonly url?: string
}

const onTables = (
  command: Command,
  run: (storage: Storage, options: TableOptions, argument: string) => Promise<void>
): void => {
  command
    .option(
      '--data <dir>',
      '本机系统的文件夹;云上由环境变量指明数据表 / folder of the local tracker; in the cloud LOG_TABLE and STATE_TABLE name the tables',
      '.tracker'
    )
    .option('--json', '供程序读取 / machine form')
    .action(async (...parameters: unknown[]) => {
      const argument = typeof parameters[0] === 'string' ? parameters[0] : ''
      const options = command.opts<{ data: string; json?: boolean; url?: string }>()
      await withStorage(options.data, storage => run(storage, options, argument))
    })
}

/** What became of one snapshot; a log that is not whole gives none. */
type Finding = RebuildFinding | { readonly project: string; readonly finding: 'bad-log' }

const findingWords: Readonly<Record<Finding['finding'], string>> = {
  same: '一致 same',
  missing: '缺失 missing',
  behind: '落后于日志 behind the log',
  different: '不一致 different',
  unreadable: '无法读取 unreadable',
  ahead: '超前于日志 ahead of the log',
  'bad-log': '日志有误 bad log'
}

/** Rebuilds what the log allows; a log that is not whole is left to `verify`. */
export const rebuildAll = async (storage: Storage): Promise<readonly Finding[]> => {
  const projects = await knownProjects(storage)
  return withProgress('重建 / rebuild', projects.length, async step => {
    const findings = []
    for (const project of projects) {
      const verdict = await verifyLog(project, storage.log.items(project))
      findings.push(
        verdict.ok && verdict.state.status !== 'unregistered'
          ? await rebuildSnapshot(verdict.state, storage)
          : { project, finding: 'bad-log' as const }
      )
      step(project)
    }
    return findings
  })
}
