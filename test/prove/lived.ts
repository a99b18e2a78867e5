import { builtInCalendars } from '../../data/calendars.ts'
import { loadDemonstration } from '../../data/demonstration/load.ts'
import { demonstrationPeople } from '../../data/demonstration/people.ts'
import { memoryEventLog } from '../../functions/adapters/event-log.memory.ts'
import type { StoredLog } from '../../functions/adapters/event-log.shared.ts'
import type { Command } from '../../functions/core/commands.ts'
import { casesOpenedBy, changeBureau, numberCases } from '../../functions/flows/change-bureau.ts'
import { execute } from '../../functions/flows/execute.ts'
import { refreshSnapshot } from '../../functions/flows/refresh.ts'
import { someone, startWorld, type World } from '../flows/world.ts'

/** A tracker on memory twins that has lived through the demonstration. */
export interface LivedWorld extends World {
  /** The log of the world, with its stored items. */
  readonly log: StoredLog
}

/** Longer than what an item holds unpacked. */
const longNote = Array.from({ length: 4000 }, (_, i) => `${i} 无变化`).join('、')

/** The demonstration with some projects of it; every other report came under a key, and one is long enough to be packed. */
export const liveDemonstration = async (projects: readonly string[]): Promise<LivedWorld> => {
  const started = startWorld()
  const world = { ...started, log: memoryEventLog(started.items) }
  const write = async (project: string, command: Command, at: number) => {
    const idempotency = at % 2 === 0 ? undefined : { key: `key-${at}`, hash: `hash-${at}` }
    const execution = await execute({ project, command, by: someone, idempotency }, world)
    if (execution.type !== 'accepted') throw new Error(`${project}: ${JSON.stringify(execution)}`)
    if (execution.commit) await numberCases(casesOpenedBy(execution.commit.events, execution.state), world)
  }
  await changeBureau(() => demonstrationPeople.map(person => ({ type: 'person-entered', person })), someone, world)
  const steps = loadDemonstration(builtInCalendars).filter(({ project }) => projects.includes(project))
  for (const [at, { project, date, command }] of steps.toSorted((a, b) => (a.date < b.date ? -1 : 1)).entries()) {
    world.today(date)
    await write(project, command, at)
  }
  for (const project of projects) {
    await write(project, { type: 'report-no-change', note: longNote }, 0)
    await refreshSnapshot(project, world)
  }
  return world
}
