import type { Command } from 'commander'
import { builtInCalendars } from '../../data/calendars.ts'
import { finishedRatios } from '../../functions/core/forecast.ts'
import { evidenceOf, type KindEvidence } from '../../functions/core/overrun-prior.ts'
import { projectCalendars } from '../../functions/core/schedule.ts'
import type { TrackedProject } from '../../functions/core/state.ts'
import { connect, type RemoteOptions, remote } from './connection.ts'
import { withExamples } from './help.ts'
import { print, tableOf } from './output.ts'
import { allProjects, trackedProject } from './project.ts'

/** `tracker kinds`: what the finished works of a tracker say of durations, by category, as the policy takes it. */
export const addKinds = (program: Command): void => {
  remote(
    withExamples(
      program
        .command('kinds')
        .description(
          '各类工程已完成工作的超期情况,供 policy 使用 / how finished works overran, by category, for the policy'
        ),
      ['tracker kinds --json']
    )
  ).action(async (options: RemoteOptions) => {
    const tracker = await connect(options)
    const states: TrackedProject[] = []
    for (const { id } of await allProjects(tracker)) states.push(await trackedProject(tracker, id))
    const kinds = kindsOf(states)
    print({ kinds }, options.json, () =>
      tableOf(
        ['类别 category', 'n', '按期 on time', '对数均值 log mean', '来源 source'],
        Object.entries(kinds).map(([category, { n, onTime, logMean, source }]) => [
          category,
          String(n),
          onTime.toFixed(3),
          logMean.toFixed(3),
          source
        ])
      )
    )
  })
}

/** What finished works say, by category of their project; demonstration data say nothing. */
export const kindsOf = (states: readonly TrackedProject[]): Readonly<Record<string, KindEvidence>> => {
  const real = states.filter(({ project }) => !project.demonstration && project.category !== undefined)
  const entries = [...Map.groupBy(real, ({ project }) => project.category ?? '')].flatMap(([category, own]) => {
    const ratios = own.map(({ project, progress }) =>
      finishedRatios(project.milestones, progress, projectCalendars(project, builtInCalendars))
    )
    const evidence = evidenceOf(ratios.flat())
    const projects = ratios.filter(({ length }) => length > 0).length
    return evidence.n === 0 ? [] : [[category, { ...evidence, source: `${projects} projects / 个项目` }] as const]
  })
  return Object.fromEntries(entries)
}
