import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { bureauLogOver } from '../../functions/adapters/bureau-log.ts'
import { memoryChannel } from '../../functions/adapters/channels/memory.ts'
import { type DeliveryItem, deliveryOfItem } from '../../functions/adapters/delivery-item.ts'
import { memoryDeliveryLog } from '../../functions/adapters/delivery-log.memory.ts'
import { sha256 } from '../../functions/adapters/digest.ts'
import { type LogItems, memoryEventLog, memoryLogTable } from '../../functions/adapters/event-log.memory.ts'
import { memoryPacer } from '../../functions/adapters/pacer.memory.ts'
import { memoryPageStore } from '../../functions/adapters/page-store.memory.ts'
import { memoryStateStore } from '../../functions/adapters/state-store.memory.ts'
import type { SnapshotItem } from '../../functions/adapters/state-store.shared.ts'
import type { Author } from '../../functions/core/author.ts'
import type { Command } from '../../functions/core/commands.ts'
import type { Delivery } from '../../functions/core/delivery.ts'
import type { BaselineDates, Project } from '../../functions/core/milestone.ts'
import type { Channel, EventLog, SiteFile } from '../../functions/core/ports.ts'
import { type Execution, execute } from '../../functions/flows/execute.ts'
import { refreshSnapshot } from '../../functions/flows/refresh.ts'
import { approved, chain, rules } from '../core/given.ts'

export const someone: Author = { id: 'token-1', role: 'admin' }

/** 开工 → 主体封顶 → 交付启用, with a baseline that is on its way on 2021-06-01. */
export const school = (id: string, more: Partial<Project> = {}): Command & { type: 'register-project' } => ({
  type: 'register-project',
  project: {
    ...chain(
      [
        { id: 'C1', name: '开工', duration: 0 },
        { id: 'C3', name: '主体封顶', duration: 60 },
        { id: 'U2', name: '交付启用', duration: 20 }
      ],
      { name: `学校 ${id}`, manager: { name: `负责人 ${id}` }, responsibleUnit: '规划建设科', ...more }
    ),
    id
  },
  baseline
})

const baseline: BaselineDates = approved({
  C1: ['2021-05-31', '2021-05-31'],
  C3: ['2021-06-01', '2021-08-25'],
  U2: ['2021-08-26', '2021-09-24']
})

/** Everything that flows work with, on memory twins. */
export const startWorld = () => {
  const items: LogItems = new Map()
  const states = new Map<string, SnapshotItem>()
  const deliveriesStored = new Map<string, DeliveryItem>()
  const retries = new Map<string, number>()
  const lost: Delivery[] = []
  const pagesStored = new Map<string, SiteFile>()
  const channel = memoryChannel()
  let now = '2021-06-01T02:00:00.000Z'
  const world = {
    items,
    states,
    deliveriesStored,
    /** Every record of the ledger. */
    ledger: () => [...deliveriesStored.values()].map(deliveryOfItem),
    /** Keys that are to be looked at again, with the seconds until then. */
    retriesStored: retries,
    /** Deliveries that ended without being known to have arrived. */
    lost,
    pagesStored,
    channel,
    log: memoryEventLog(items) as EventLog,
    bureau: bureauLogOver(memoryLogTable(items)),
    store: memoryStateStore(states),
    deliveries: memoryDeliveryLog(deliveriesStored),
    pages: memoryPageStore(pagesStored),
    channels: async (): Promise<readonly Channel[]> => [channel],
    pacer: memoryPacer(),
    retries: { add: async (key: string, seconds: number) => void retries.set(key, seconds) },
    onLost: (delivery: Delivery) => void lost.push(delivery),
    clock: { now: () => now },
    realTime: { now: () => now },
    rules,
    hash: sha256,
    demonstrationClock: true,
    form: async () => ({ first: '', page: '', worker: '' }),
    today: (date: string) => {
      now = `${date}T00:30:00.000Z`
    },
    /** Executes a command that must be accepted, and lets the snapshot catch up. */
    accept: async (project: string, command: Command): Promise<Execution & { type: 'accepted' }> => {
      const execution = await execute({ project, command, by: someone }, world)
      if (execution.type !== 'accepted') throw new Error(`${project}: ${JSON.stringify(execution)}`)
      await refreshSnapshot(project, world)
      return execution
    }
  }
  return world
}

export type World = ReturnType<typeof startWorld>

/** A report that work began and nothing is late. */
export const begun: Command = {
  type: 'report-progress',
  reports: [
    { milestoneId: 'C1', actualStart: '2021-05-31', actualFinish: '2021-05-31' },
    { milestoneId: 'C3', actualStart: '2021-06-01', percentComplete: 1 }
  ]
}

/** A report of a finish that far too late: R1 at once. */
export const lateBy = (forecastFinish: string): Command => ({
  type: 'report-progress',
  reports: [{ milestoneId: 'C3', forecastFinish, delay: { code: 'LAND' } }]
})

/** A client that counts what is sent, by the kind of request. */
export const countingClient = (client: DynamoDBDocumentClient) => {
  const counts: Record<string, number> = {}
  const counting = new Proxy(client, {
    get: (target, property, receiver) =>
      property === 'send'
        ? (command: { constructor: { name: string } }, ...rest: never[]) => {
            const { name } = command.constructor
            counts[name] = (counts[name] ?? 0) + 1
            return Reflect.apply(target.send, target, [command, ...rest])
          }
        : Reflect.get(target, property, receiver)
  })
  return {
    client: counting,
    /** What was sent since the last look. */
    sent: () => {
      const seen = { ...counts }
      for (const name of Object.keys(counts)) delete counts[name]
      return seen
    }
  }
}
