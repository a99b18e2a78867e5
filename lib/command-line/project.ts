import { type BodyOf, pagesOf, type Schemas, type TrackerClient } from '@capital-project-tracker/client'
import { type Command, Option } from 'commander'
import * as z from 'zod'
import { type Approver, approvers, type JudgedLight, judgedLights } from '../../functions/core/judgement.ts'
import type { TrackedProject } from '../../functions/core/state.ts'
import { errorsOfIssues } from '../../functions/http/field-errors.ts'
import { trackedProjectSchema } from '../../functions/schema/state.ts'
import { readJson } from './assess.ts'
import { asked, bodyFromFile, connect, type RemoteOptions, remote } from './connection.ts'
import { print, table } from './output.ts'
import { notValid } from './wrong-input.ts'

/** Commands on projects: list, show, put, judge. */
export const addProject = (program: Command): void => {
  const project = program.command('project').description('list, show and register projects / 项目')
  remote(project.command('list').description('all projects / 全部项目')).action(async (options: RemoteOptions) => {
    const projects = await allProjects(await connect(options))
    print(projects, options.json, () => table(projects.map(p => [p.id, p.light, p.rules.join(' '), p.name])))
  })
  remote(project.command('show').argument('<id>').description('plan, state and assessment / 单个项目')).action(
    async (id: string, options: RemoteOptions) => {
      const reply = await readProject(await connect(options), id)
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
    const named = z.looseObject({ id: z.string() }).safeParse(document, { reportInput: true })
    if (!named.success) throw notValid(errorsOfIssues(named.error.issues))
    const { id } = named.data
    const tracker = await connect(options)
    const body = bodyFromFile<BodyOf<'/v1/projects/{id}', 'put'>>(document)
    const written = await asked(tracker.PUT('/v1/projects/{id}', { params: { path: { id } }, body }))
    print(written, options.json, () => standingText(written))
  })
  remote(
    project
      .command('judge')
      .argument('<id>')
      .description('judge the colour: worse at once, better with approval and for one period / 人工判定颜色')
      .addOption(new Option('--light <colour>').choices(judgedLights).makeOptionMandatory())
      .requiredOption('--reason <text>')
      .addOption(new Option('--approved-by <position>', 'who approves a better colour').choices(approvers))
  ).action(async (id: string, { light, reason, approvedBy, ...options }: RemoteOptions & JudgeOptions) => {
    const params = { path: { id } }
    const body = { light, reason, approvedBy }
    const written = await asked((await connect(options)).POST('/v1/projects/{id}/judgement', { params, body }))
    print(written, options.json, () => standingText(written))
  })
  remote(
    project
      .command('unjudge')
      .argument('<id>')
      .description('take a judgement back: the rules alone give the colour / 撤回人工判定')
      .requiredOption('--reason <text>')
  ).action(async (id: string, { reason, ...options }: RemoteOptions & { readonly reason: string }) => {
    const params = { path: { id } }
    const tracker = await connect(options)
    const written = await asked(tracker.POST('/v1/projects/{id}/judgement/withdraw', { params, body: { reason } }))
    print(written, options.json, () => standingText(written))
  })
}

interface JudgeOptions {
  readonly light: JudgedLight
  readonly reason: string
  readonly approvedBy?: Approver
}

/** All projects of the tracker, as its list has them. */
export const allProjects = async (tracker: TrackerClient) => {
  const pages = pagesOf(cursor => asked(tracker.GET('/v1/projects', { params: { query: { limit: 200, cursor } } })))
  return (await Array.fromAsync(pages)).flatMap(({ projects }) => projects)
}

/** What the tracker knows of a project; its requests and flags are the tracker's own affair. */
export const trackedProject = async (tracker: TrackerClient, id: string): Promise<TrackedProject> => {
  const { project, state } = await readProject(tracker, id)
  return trackedProjectSchema.parse({ ...state, project, requests: [], flags: {} })
}

const readProject = (tracker: TrackerClient, id: string) =>
  asked(tracker.GET('/v1/projects/{id}', { params: { path: { id } } }))

/** Where a project stands after a write. */
export const standingText = (written: Written): string => {
  const { light, rules } = written.assessment
  return `${written.project} v${written.version}: ${light} (${rules.join(' ')})`
}

interface Written {
  readonly project: string
  readonly version: number
  readonly assessment: Schemas['Assessment']
}
