import { readFile } from 'node:fs/promises'
import { type Command, Option } from 'commander'
import * as z from 'zod'
import type { TrackedProject } from '../../functions/core/state.ts'
import { trackedProjectSchema } from '../../functions/schema/state.ts'
import { readJson } from './assess.ts'
import { CommandError, print, table } from './output.ts'
import type { Unsigned } from './sign.ts'

const problemSchema = z.looseObject({
  title: z.string(),
  code: z.string(),
  errors: z.array(z.object({ pointer: z.string(), message: z.string() })).default([])
})

const listSchema = z.object({
  projects: z.array(z.looseObject({ id: z.string(), name: z.string(), light: z.string(), rules: z.array(z.string()) })),
  cursor: z.string().optional()
})
const writtenSchema = z.looseObject({
  project: z.string(),
  version: z.number(),
  assessment: z.looseObject({ light: z.string(), rules: z.array(z.string()) })
})
const projectSchema = z.looseObject({
  version: z.number(),
  assessment: z.looseObject({
    light: z.string(),
    rules: z.array(z.string()),
    flags: z.array(z.looseObject({ text: z.object({ zh: z.string(), en: z.string() }) }))
  })
})

/** Commands that talk to a running tracker over its API. */
export const addRemote = (program: Command): void => {
  addProject(program)
  addReport(program)
}

const addProject = (program: Command): void => {
  const project = program.command('project').description('list, show and register projects / 项目')
  remote(project.command('list').description('all projects / 全部项目')).action(async (options: RemoteOptions) => {
    const projects = await allProjects(options)
    print(projects, options.json, () => table(projects.map(p => [p.id, p.light, p.rules.join(' '), p.name])))
  })
  remote(project.command('show').argument('<id>').description('plan, state and assessment / 单个项目')).action(
    async (id: string, options: RemoteOptions) => {
      const reply = projectSchema.parse(await call(options, 'GET', `/v1/projects/${encodeURIComponent(id)}`))
      const { light, rules, flags } = reply.assessment
      print(reply, options.json, () =>
        [
          `${id} v${reply.version}: ${light} (${rules.join(' ')})`,
          ...flags.map(({ text }) => `${text.zh} / ${text.en}`)
        ].join('\n')
      )
    }
  )
  remote(
    project.command('put').argument('<file>', 'project JSON').description('register or change / 登记或更改')
  ).action(async (file: string, options: RemoteOptions) => {
    const document = await readJson(file)
    const { id } = z.looseObject({ id: z.string() }).parse(document)
    printWritten(await call(options, 'PUT', `/v1/projects/${encodeURIComponent(id)}`, document), options)
  })
}

/** All projects of the tracker, as its list has them. */
export const allProjects = async (options: RemoteOptions): Promise<z.output<typeof listSchema>['projects']> => {
  const projects: z.output<typeof listSchema>['projects'] = []
  let cursor: string | undefined
  do {
    const query = new URLSearchParams({ limit: '200', ...(cursor === undefined ? {} : { cursor }) })
    const page = listSchema.parse(await call(options, 'GET', `/v1/projects?${query}`))
    projects.push(...page.projects)
    cursor = page.cursor
  } while (cursor !== undefined)
  return projects
}

const stateSchema = z.looseObject({ project: z.unknown(), state: z.looseObject({}) })

/** What the tracker knows of a project; its requests and flags are the tracker's own affair. */
export const trackedProject = async (options: RemoteOptions, id: string): Promise<TrackedProject> => {
  const { project, state } = stateSchema.parse(await call(options, 'GET', `/v1/projects/${encodeURIComponent(id)}`))
  return trackedProjectSchema.parse({ ...state, project, requests: [], flags: {} })
}

const addReport = (program: Command): void => {
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
      .option('--delay <code>')
      .option('--note <text>')
      .option('--key <key>', 'Idempotency-Key, to repeat a report safely')
  ).action(async (project: string, options: ReportOptions) => {
    const path = `/v1/projects/${encodeURIComponent(project)}/reports`
    printWritten(await call(options, 'POST', path, await bodyOf(options), options.key), options)
  })
}

/** Where the tracker is and who asks. */
export interface RemoteOptions {
  readonly url?: string
  readonly token?: string
  readonly iam?: boolean
  readonly data: string
  readonly json?: boolean
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
  readonly delay?: string
  readonly note?: string
  readonly key?: string
}

/** Adds the options of {@link RemoteOptions}. */
export const remote = (command: Command): Command =>
  command
    .option('--url <url>', 'address of the tracker (TRACKER_URL); the one running on this machine without it')
    .option('--token <token>', 'token (TRACKER_TOKEN); the local admin token without it')
    .addOption(
      new Option(
        '--iam',
        'sign with the AWS credentials of this machine in place of a token (TRACKER_AUTH=iam)'
      ).conflicts('token')
    )
    .option('--data <dir>', 'folder of the local tracker', '.tracker')
    .option('--json', 'machine form')

const bodyOf = async (options: ReportOptions): Promise<unknown> => {
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
      '--file, --no-change and the fields of a milestone exclude each other / 三种填法只能用一种',
      2
    )
  if (options.file !== undefined) return readJson(options.file)
  const { note } = options
  if (!options.change) return { noChange: true, ...(note === undefined ? {} : { note }) }
  if (options.milestone === undefined) throw new CommandError('say --milestone, --file or --no-change', 2)
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
  if (!Number.isFinite(value)) throw new CommandError(`${name}: not a number: ${text}`, 2)
  return value
}

const printWritten = (reply: unknown, options: RemoteOptions): void => {
  const written = writtenSchema.parse(reply)
  const { light, rules } = written.assessment
  print(written, options.json, () => `${written.project} v${written.version}: ${light} (${rules.join(' ')})`)
}

/** Asks the tracker; a problem that it answers is a CommandError whose message begins with its code. */
export const call = (
  options: RemoteOptions,
  method: string,
  path: string,
  body?: unknown,
  key?: string
): Promise<unknown> =>
  send(options, method, path, {
    ...(body === undefined ? {} : { bytes: JSON.stringify(body) }),
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(key === undefined ? {} : { 'idempotency-key': key })
    }
  })

/** What goes to the tracker beside the address. */
export interface Sent {
  readonly bytes?: string | Uint8Array<ArrayBuffer>
  readonly headers: Readonly<Record<string, string>>
}

/**
 * The same with any body.
 * @throws CommandError with what the tracker says is wrong.
 */
export const send = async (options: RemoteOptions, method: string, path: string, sent: Sent): Promise<unknown> => {
  const answer = await ask(options, method, path, sent)
  const text = await answer.response.text()
  const reply = replyOf(text)
  if (answer.response.ok && reply !== unreadable) return reply
  throw refusalOf(answer, text)
}

/** A file that the tracker hands out; a problem is told as by {@link call}. */
export const fetchFile = async (options: RemoteOptions, path: string): Promise<Uint8Array> => {
  const answer = await ask(options, 'GET', path, { headers: {} })
  if (answer.response.ok) return new Uint8Array(await answer.response.arrayBuffer())
  throw refusalOf(answer, await answer.response.text())
}

interface Answer {
  readonly url: string
  readonly response: Response
}

const ask = async (
  options: RemoteOptions,
  method: string,
  path: string,
  { bytes, headers: own }: Sent
): Promise<Answer> => {
  const url = options.url ?? process.env.TRACKER_URL ?? (await localValue(options.data, 'run.json', 'url'))
  const request = {
    method,
    url: new URL(path, url),
    headers: own,
    ...(bytes === undefined ? {} : { body: bytes })
  }
  const headers = signs(options) ? await signed(request) : await bearing(request.headers, options)
  const response = await fetch(request.url, { ...request, headers }).catch(() => {
    throw new CommandError(`no tracker answers at ${url} / 该地址没有运行中的系统`)
  })
  return { url, response }
}

const refusalOf = ({ url, response }: Answer, text: string): CommandError => {
  const problem = problemSchema.safeParse(replyOf(text))
  // Something between here and the tracker answered: a gateway's 429, a proxy's page.
  if (!problem.success) return new CommandError(`${url} ${response.status}: ${text.slice(0, 200)}`)
  const { title, code, errors } = problem.data
  return new CommandError([`${code}: ${title}`, ...errors.map(e => `  ${e.pointer || '/'}: ${e.message}`)].join('\n'))
}

/** A token that is given is meant; otherwise the way in is that of the whole shell. */
const signs = ({ iam, token }: RemoteOptions): boolean =>
  iam === true || (token === undefined && process.env.TRACKER_AUTH === 'iam')

/** Loaded on demand: most callers have a token, and need no client of AWS. */
const signed = async (request: Unsigned) => (await import('./sign.ts')).signedHeaders(request)

const bearing = async (headers: Readonly<Record<string, string>>, { token, data }: RemoteOptions) => ({
  ...headers,
  authorization: `Bearer ${token ?? process.env.TRACKER_TOKEN ?? (await localValue(data, 'tokens.json', 'admin'))}`
})

const unreadable = Symbol('no JSON')

const replyOf = (text: string): unknown => {
  if (text === '') return undefined
  try {
    return JSON.parse(text)
  } catch {
    return unreadable
  }
}

const localValue = async (folder: string, file: string, field: string): Promise<string> => {
  try {
    const value: unknown = JSON.parse(await readFile(`${folder}/${file}`, 'utf8'))
    return z.looseObject({ [field]: z.string() }).parse(value)[field] ?? ''
  } catch {
    throw new CommandError(
      `no tracker runs from ${folder}; start one, or say --url and --token / 本机没有运行中的系统`,
      2
    )
  }
}
