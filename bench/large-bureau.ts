import { demonstrationDate, loadDemonstration } from '../data/demonstration/load.ts'
import { demonstrationRules, type ReplayedProject, replay } from '../data/demonstration/replay.ts'
import { memoryEventLog } from '../functions/adapters/event-log.memory.ts'
import type { Project } from '../functions/core/milestone.ts'
import type { EventLog, SealedCommit, Summary } from '../functions/core/ports.ts'
import { summaryOf } from '../functions/core/summary.ts'

const seal = { previousHash: '0'.repeat(64), hash: 'f'.repeat(64) }
const templates = [...replay(loadDemonstration(demonstrationRules.calendars)).values()]
const perTown = 100

/**
 * A bureau of any size, in towns of a hundred: the twelve projects of the demonstration over and over, with all their
 * commits. They are made when they are asked for, so that the memory is that of what is measured.
 */
export const bureauLog: EventLog = {
  ...memoryEventLog(),
  load: async id => ({ state: { ...templateOf(id).state, project: projectOf(id) }, hash: '' }),
  commits: async id => commitsOf(id),
  append: async commit => ({ type: 'appended', commit: { ...commit, ...seal } })
}

/** The id of a project by its number; ids are in the order of the numbers. */
export const idOf = (index: number): string => `p${String(index).padStart(6, '0')}`

/** The summary of a project, as the table of states has it. */
export const summaryAt = (index: number): Summary => {
  const { state, assessment } = templateOf(idOf(index))
  return summaryOf({ ...state, project: projectOf(idOf(index)) }, assessment)
}

/** The day on which everything is looked at. */
export const bureauDate = demonstrationDate

const templateOf = (id: string): ReplayedProject => {
  const template = templates[Number(id.slice(1)) % templates.length]
  if (!template) throw new Error('no template')
  return template
}

const projectOf = (id: string): Project => ({
  ...templateOf(id).state.project,
  id,
  town: `镇${Math.floor(Number(id.slice(1)) / perTown)}`
})

const commitsOf = (id: string): readonly SealedCommit[] =>
  templateOf(id).commits.map(commit => ({
    ...commit,
    ...seal,
    project: id,
    events: commit.events.map(event =>
      event.type === 'project-registered' ? { ...event, project: projectOf(id) } : event
    )
  }))

/** What publishing is told beside log and stores. */
export const publishing = {
  rules: demonstrationRules,
  clock: { now: () => `${demonstrationDate}T01:00:00.000Z` },
  demonstrationClock: true,
  form: async () => ({ first: '', page: '', worker: '' })
}
