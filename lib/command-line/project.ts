import { type BodyOf, pagesOf, type TrackerClient } from '@capital-project-tracker/client'
import { type Command, Option } from 'commander'
import * as z from 'zod'
import { type Approver, approvers, type JudgedLight, judgedLights } from '../../functions/core/judgement.ts'
import type { TrackedProject } from '../../functions/core/state.ts'
import { errorsOfIssues } from '../../functions/http/field-errors.ts'
import { colourWords } from '../../functions/pages/words.ts'
import { trackedProjectSchema } from '../../functions/schema/state.ts'
import { readJson } from './assess.ts'
import { asked, bodyFromFile, connect, type RemoteOptions, remote } from './connection.ts'
import { withExamples } from './help.ts'
import { print, tableOf } from './output.ts'
import { standingText } from './standing.ts'
import { notValid } from './wrong-input.ts'

/** Commands on projects: list, show, put, judge. */
export const addProject = (program: Command): void => {
  const project = program.command('project').description('项目 / list, show and register projects')
  remote(
    withExamples(project.command('list').description('全部项目 / all projects'), [
      'tracker project list',
      'tracker project list --url https://jindu.example.org --token cpt_… --json'
    ])
  ).action(async (options: RemoteOptions) => {
    const projects = await allProjects(await connect(options))
    print(projects, options.json, () => listText(projects))
  })
  remote(
    withExamples(
      project.command('show').argument('<id>', '项目 / project').description('一个项目的状况 / how a project stands'),
      ['tracker project show erzhong-phase-2']
    )
  ).action(async (id: string, options: RemoteOptions) => {
    const reply = await readProject(await connect(options), id)
    print(reply, options.json, () => standingText(reply))
  })
  remote(
    withExamples(
      project
        .command('put')
        .argument('<file>', '项目 JSON / project JSON')
        .description('登记或更改项目 / register a project, or change it'),
      ['tracker project put plan.json']
    )
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
    withExamples(
      project
        .command('judge')
        .argument('<id>', '项目 / project')
        .description(
          '人工判定颜色:改差即时生效,改好须经批准、只管一期 / judge the colour: worse at once, better with approval and for one period'
        ),
      ['tracker project judge erzhong-phase-2 --light red --reason 现场停工']
    )
      .addOption(new Option('--light <colour>', '颜色 / colour').choices(judgedLights).makeOptionMandatory())
      .requiredOption('--reason <text>', '理由 / why')
      .addOption(new Option('--approved-by <position>', '谁批准改好 / who approves a better colour').choices(approvers))
  ).action(async (id: string, { light, reason, approvedBy, ...options }: RemoteOptions & JudgeOptions) => {
    const params = { path: { id } }
    const body = { light, reason, approvedBy }
    const written = await asked((await connect(options)).POST('/v1/projects/{id}/judgement', { params, body }))
    print(written, options.json, () => standingText(written))
  })
  remote(
    withExamples(
      project
        .command('unjudge')
        .argument('<id>', '项目 / project')
        .description('撤回人工判定,颜色只由规则得出 / take a judgement back: the rules alone give the colour'),
      ['tracker project unjudge erzhong-phase-2 --reason 已复工']
    ).requiredOption('--reason <text>', '理由 / why')
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

const listText = (projects: Awaited<ReturnType<typeof allProjects>>): string =>
  tableOf(
    ['颜色 light', '规则 rules', '要求 required', '推算 projected', '机动 margin', '编号 id', '名称 name'],
    projects.map(p => [
      colourWords[p.light].zh,
      p.rules.join(' '),
      p.requiredBy ?? '–',
      p.projectedFinish ?? '–',
      p.marginWorkingDays === null ? '–' : String(p.marginWorkingDays),
      p.id,
      p.name
    ])
  )

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
