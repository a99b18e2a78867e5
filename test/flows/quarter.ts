import { builtInCalendars } from '../../data/calendars.ts'
import { loadDemonstration } from '../../data/demonstration/load.ts'
import { demonstrationPeople } from '../../data/demonstration/people.ts'
import { memoryChannel } from '../../functions/adapters/channels/memory.ts'
import type { Author } from '../../functions/core/author.ts'
import type { Command } from '../../functions/core/commands.ts'
import { addDays, dateInShanghai, type IsoDate, timeInShanghai } from '../../functions/core/dates.ts'
import { fold, initialState } from '../../functions/core/evolve.ts'
import { secondsAfter } from '../../functions/core/instants.ts'
import type { Channel } from '../../functions/core/ports.ts'
import { simulate } from '../../functions/core/simulate.ts'
import type { ProjectState } from '../../functions/core/state.ts'
import { changeBureau, numberCases } from '../../functions/flows/change-bureau.ts'
import { retryDelivery } from '../../functions/flows/deliver.ts'
import { execute } from '../../functions/flows/execute.ts'
import { notifyOfCommit } from '../../functions/flows/notify.ts'
import { refreshSnapshot } from '../../functions/flows/refresh.ts'
import { reviewDue, reviewer } from '../../functions/flows/review.ts'
import { sendDigests } from '../../functions/flows/send-digests.ts'
import { tellOfReview } from '../../functions/flows/tell-of-review.ts'
import type { Crashes } from './crashes.ts'
import { startWorld, type World } from './world.ts'

const firstDay = '2021-04-01'
const lastDay = '2021-06-30'

const leader: Author = { id: 'demonstration-leader', role: 'leader' }

/** What people do with cases, beside the reports of the demonstration: one silence, one answer that runs out. */
const answers: readonly { readonly date: IsoDate; readonly project: string; readonly command: Command }[] = [
  {
    date: '2021-06-07',
    project: 'no39-north',
    command: {
      type: 'silence-flags',
      milestoneId: 'A6',
      until: '2021-06-10',
      reason: '区征收办正在协调(示例)',
      author: '示例分管副局长'
    }
  },
  {
    date: '2021-06-18',
    project: 'shiyan-kindergarten-complex',
    command: {
      type: 'acknowledge-case',
      caseId: 'shiyan-kindergarten-complex.1',
      committedFinish: '2021-08-25',
      measure: '增加一个班组,室外与室内分开施工(示例)',
      author: '示例负责人(现场代表)'
    }
  }
]

/** A message as somebody received it. */
export interface Received {
  /** `2021-04-01 08:30` */
  readonly at: string
  readonly recipient: string
  readonly subject: string
  readonly text: string
}

/** How a quarter is lived. */
export interface QuarterOptions {
  /** Every morning runs so often. */
  readonly times?: number
  /** The projects that there are; all without it. */
  readonly projects?: readonly string[]
}

/**
 * Three months of the demonstration as the functions would live them: each morning the review, its notices and the digests,
 * each afternoon the reports, with the streams behind them.
 */
export const liveTheQuarter = async (
  crashes: Crashes,
  { times = 1, projects }: QuarterOptions = {}
): Promise<readonly Received[]> => {
  const world = startWorld()
  const received: Received[] = []
  const seen = new Set<string>()
  let now = `${firstDay}T00:00:00.000Z`
  let machine = now
  const keeping = memoryChannel()
  const channel: Channel = {
    ...keeping,
    send: async (key, message) => {
      if (!seen.has(key)) {
        const { recipient, subject, text } = message
        received.push({ at: `${dateInShanghai(now)} ${timeInShanghai(now)}`, recipient, subject, text })
      }
      seen.add(key)
      return { type: 'sent' }
    }
  }
  const deps: World = {
    ...world,
    channels: async () => [channel],
    clock: { now: () => now },
    // The machine's own clock goes on while a lease runs out.
    realTime: { now: () => machine }
  }
  const at = (date: IsoDate, time: string) => {
    now = `${date}T${time}:00.000Z`
    machine = now
  }
  const invoke = async (work: (alive: World) => Promise<unknown>) => {
    await crashes.through(deps, work)
    // What the ledger left open, the queue brings back when its time has come; how that dies is a test of its own.
    for (let rounds = 0; deps.retriesStored.size > 0 && rounds < 100; rounds += 1) {
      const due = [...deps.retriesStored]
      deps.retriesStored.clear()
      machine = secondsAfter(machine, Math.max(...due.map(([, seconds]) => seconds)) + 1)
      for (const [key] of due) await retryDelivery(key, deps)
    }
  }
  const stream = async (project: string, from: number) => {
    await invoke(alive => refreshSnapshot(project, alive))
    for (const { version } of await deps.log.commits(project, { after: from }))
      await invoke(alive => notifyOfCommit(project, version, alive))
  }
  const versions = new Map<string, number>()
  const streams = async () => {
    for await (const project of deps.log.projects()) {
      const { state } = await deps.log.load(project)
      const from = versions.get(project) ?? 0
      if (state.version > from) await stream(project, from)
      versions.set(project, state.version)
    }
  }

  const story = storyOf(projects)
  await enterWhatWasBefore(story, deps)
  for await (const project of deps.log.projects()) {
    versions.set(project, (await deps.log.load(project)).state.version)
    await refreshSnapshot(project, deps)
  }
  for (let date = firstDay; date <= lastDay; date = addDays(date, 1)) {
    for (let time = 0; time < times; time += 1) {
      at(addDays(date, -1), '23:30')
      await invoke(alive => reviewDue(alive))
      await streams()
      at(addDays(date, -1), '23:50')
      await invoke(alive => tellOfReview(alive))
      at(date, '00:30')
      await invoke(async alive => {
        const failures = await sendDigests(alive)
        if (failures.length > 0) throw failures[0]?.error
      })
    }
    at(date, '08:00')
    for (const [i, { project, command, by }] of story.filter(step => step.date === date).entries()) {
      const idempotency = { key: `${date}/${i}`, hash: `${date}/${i}` }
      await invoke(async alive => {
        const execution = await execute({ project, command, by, idempotency }, alive)
        if (execution.type !== 'accepted') throw new Error(`${date} ${project}: ${JSON.stringify(execution)}`)
      })
      await streams()
    }
  }
  return received
}

/** The demonstration, and the answers to its cases; of these projects only, if named. */
const storyOf = (projects: readonly string[] | undefined) =>
  [...loadDemonstration(builtInCalendars), ...answers.map(answer => ({ ...answer, by: leader }))].filter(
    ({ project }) => projects?.includes(project) ?? true
  )

/** The demonstration up to the first day, with its directory and the numbers of its cases. */
const enterWhatWasBefore = async (story: ReturnType<typeof storyOf>, deps: World): Promise<void> => {
  await changeBureau(() => demonstrationPeople.map(person => ({ type: 'person-entered', person })), leader, deps)
  const before = story.filter(({ date }) => date < firstDay)
  const opened: { readonly id: string; readonly openedOn: IsoDate }[] = []
  for (const [project, steps] of Map.groupBy(before, step => step.project)) {
    let { hash } = await deps.log.load(project)
    let state: ProjectState = initialState
    for (const commit of simulate(project, steps, reviewer, deps.rules, addDays(firstDay, -1))) {
      const after = fold(state, [commit])
      if (after.status === 'unregistered') throw new Error(`${project}: nothing is registered`)
      const appended = await deps.log.append(commit, hash, after)
      if (appended.type !== 'appended') throw new Error(`${project}: somebody else wrote`)
      hash = appended.commit.hash
      state = after
    }
    if (state.status !== 'unregistered') opened.push(...Object.values(state.cases ?? {}))
  }
  await numberCases(opened, deps)
}
