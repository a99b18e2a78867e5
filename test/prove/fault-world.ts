import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { memoryAccessTable } from '../../functions/adapters/access.memory.ts'
import { type AccessRecord, accessOver, dynamoAccess, dynamoAccessTable } from '../../functions/adapters/access.ts'
import { bureauLogOver } from '../../functions/adapters/bureau-log.ts'
import { memoryCheckpoints } from '../../functions/adapters/checkpoint-store.memory.ts'
import { directoryCheckpoints } from '../../functions/adapters/checkpoint-store.ts'
import { dynamoDeliveryLog } from '../../functions/adapters/delivery-log.ts'
import { memoryEventLog } from '../../functions/adapters/event-log.memory.ts'
import type { StoredLog } from '../../functions/adapters/event-log.shared.ts'
import { dynamoEventLog, dynamoLogTable } from '../../functions/adapters/event-log.ts'
import { guessLimit } from '../../functions/adapters/guess-limit.ts'
import { dynamoPacer } from '../../functions/adapters/pacer.ts'
import { bytesOf, directoryPageStore } from '../../functions/adapters/page-store.ts'
import { memoryPhotoStore } from '../../functions/adapters/photo-store.memory.ts'
import { sessionsOver } from '../../functions/adapters/sessions.ts'
import { keySigner } from '../../functions/adapters/signer.ts'
import { dynamoStateStore } from '../../functions/adapters/state-store.ts'
import type { Access, GuessLimit, Sessions } from '../../functions/core/access.ts'
import type { IsoDate } from '../../functions/core/dates.ts'
import type { Channel, CheckpointStore, PageStore, Signer, StoredPhoto } from '../../functions/core/ports.ts'
import type { TableName } from '../../lib/tables.ts'
import { type EmbeddedDynamo, startDynalite } from '../contract/dynalite.ts'
import { type Life, mortal } from '../flows/faults.ts'
import { startWorld, type World } from '../flows/world.ts'

/** Everything that any function works with. */
export interface WholeWorld extends Omit<World, 'accept'> {
  readonly log: StoredLog
  readonly pages: PageStore
  readonly access: Access
  readonly sessions: Sessions
  readonly guesses: GuessLimit
  readonly photos: ReturnType<typeof memoryPhotoStore>
  readonly checkpoints: CheckpointStore
  readonly signer: Signer
  readonly authorisation: 'token' | 'iam'
}

/** A message as a receiver got it. */
export interface Delivered {
  readonly key: string
  /** What a person would call the same message if it came again. */
  readonly said: string
}

/** A tracker whose calls can be made to go wrong, on twins in memory or on the real adapters over an embedded DynamoDB. */
export interface FaultyTracker {
  readonly world: WholeWorld
  /** The same with one life: its calls go wrong when and how that says. */
  readonly living: (life: Life) => WholeWorld
  /** The key of its checkpoints. */
  readonly keys: { readonly publicKey: KeyObject }
  /** Photographs that are kept for good. */
  readonly kept: ReadonlyMap<string, StoredPhoto>
  readonly outbox: readonly Delivered[]
  readonly robot: readonly Delivered[]
  readonly at: (date: IsoDate, time: string) => void
  /** Lets the clock of the machine go on, for leases and waits. */
  readonly pass: (seconds: number) => void
  /** The published files by path. */
  readonly files: () => ReadonlyMap<string, Buffer>
  readonly stop: () => Promise<void>
}

/** Starts a tracker on twins in memory: faults are injected at the ports. */
export const startOnMemory = async (): Promise<FaultyTracker> => {
  const { world, ...rest } = surroundings()
  const records = new Map<string, AccessRecord>()
  const table = memoryAccessTable(records)
  const whole: WholeWorld = {
    ...world,
    log: memoryEventLog(world.items),
    access: accessOver(table, { elapsed: rest.elapsed }),
    sessions: sessionsOver(table, { now: rest.milliseconds }),
    photos: memoryPhotoStore(rest.kept),
    checkpoints: memoryCheckpoints(),
    signer: keySigner(rest.keys.privateKey),
    guesses: guessLimit(),
    authorisation: 'token'
  }
  return {
    ...rest,
    world: whole,
    living: life => mortal(whole, life),
    files: () => new Map([...world.pagesStored].map(([path, file]) => [path, bytesOf(file)])),
    stop: async () => {}
  }
}

/** Starts a tracker on the real adapters: faults are injected below them, between the SDK and the engine. */
export const startOnDynalite = async (): Promise<FaultyTracker> => {
  const { world, ...rest } = surroundings()
  const dynamo = await startDynalite()
  const { client } = dynamo
  const { names, use } = await faultyTables(dynamo)
  const directory = mkdtempSync(join(tmpdir(), 'tracker-prove-'))
  const whole: WholeWorld = {
    ...world,
    log: dynamoEventLog(client, names.log),
    bureau: bureauLogOver(dynamoLogTable(client, names.log)),
    store: dynamoStateStore(client, names.state),
    deliveries: dynamoDeliveryLog(client, names.delivery),
    pacer: dynamoPacer(client, names.delivery),
    pages: directoryPageStore(join(directory, 'site')),
    access: dynamoAccess(client, names.access, { elapsed: rest.elapsed }),
    sessions: sessionsOver(dynamoAccessTable(client, names.access), { now: rest.milliseconds }),
    photos: memoryPhotoStore(rest.kept),
    checkpoints: directoryCheckpoints(join(directory, 'checkpoints')),
    signer: keySigner(rest.keys.privateKey),
    guesses: guessLimit(),
    authorisation: 'token'
  }
  return {
    ...rest,
    world: whole,
    living: life => {
      use(life)
      return mortal(whole, life, ['retries', 'pages', 'photos', 'checkpoints', 'signer'])
    },
    files: () =>
      new Map(
        readdirSync(join(directory, 'site'), { recursive: true, withFileTypes: true }).flatMap(entry => {
          const path = join(entry.parentPath, entry.name)
          return entry.isFile() ? [[relative(join(directory, 'site'), path), readFileSync(path)] as const] : []
        })
      ),
    stop: async () => {
      await dynamo.stop()
      rmSync(directory, { recursive: true, force: true })
    }
  }
}

/** What is the same for both: clocks, receivers, the queue of retries. */
const surroundings = () => {
  const { accept: _accept, ...started } = startWorld()
  const outbox: Delivered[] = []
  const robot: Delivered[] = []
  let now = '2021-06-18T00:00:00.000Z'
  let machine = Date.parse(now)
  let looks = 0
  const outboxChannel: Channel = {
    ...started.channel,
    name: 'outbox',
    takesAll: true,
    send: async (key, { recipient, subject, text }) => {
      // A receiver that drops copies.
      if (!outbox.some(known => known.key === key))
        outbox.push({ key, said: JSON.stringify([now.slice(0, 10), recipient, subject, text]) })
      return { type: 'sent' }
    }
  }
  const robotChannel: Channel = {
    ...started.channel,
    name: 'robot',
    dropsCopies: false,
    pace: { id: 'robot', limits: [{ count: 20, seconds: 60 }], avoidMinutes: [] },
    send: async (key, { recipient, subject, text }) => {
      looks += 1
      // Now and then it is too busy.
      if (looks % 3 === 1) return { type: 'retry', afterSeconds: 60, closesChannel: true, reason: busy }
      robot.push({ key, said: JSON.stringify([recipient, subject, text]) })
      return { type: 'sent' }
    }
  }
  const clock = { now: () => now }
  const realTime = { now: () => new Date(machine).toISOString() }
  let elapsed = 0
  return {
    keys: generateKeyPairSync('ed25519'),
    kept: new Map<string, StoredPhoto>(),
    world: {
      ...started,
      clock,
      realTime,
      channels: async (): Promise<readonly Channel[]> => [outboxChannel, robotChannel]
    },
    outbox,
    robot,
    milliseconds: () => machine,
    // Longer each time than anything is remembered, so that every request asks the table.
    elapsed: () => {
      elapsed += 60_000
      return elapsed
    },
    at: (date: IsoDate, time: string) => {
      now = `${date}T${time}:00.000Z`
      machine = Math.max(machine, Date.parse(now))
    },
    pass: (seconds: number) => {
      machine += seconds * 1000
    }
  }
}

const busy = { zh: '忙', en: 'busy' }

/** Tables whose requests go through a life; the name of a call is that of the permission it needs: `PutItem log`. */
const faultyTables = async ({ client, makeTable }: EmbeddedDynamo) => {
  const names = {
    log: await makeTable('log'),
    state: await makeTable('state'),
    delivery: await makeTable('delivery'),
    access: await makeTable('access')
  } satisfies Record<TableName, string>
  const parts = new Map(Object.entries(names).map(([part, name]) => [name, part]))
  let life: Life | undefined
  client.middlewareStack.add(
    (next, context) => async args => {
      const table = Reflect.get(args.input, 'TableName')
      const method = `${String(context.commandName).replace('Command', '')} ${parts.get(table)}`
      if (life === undefined) return next(args)
      let last: PromiseSettledResult<Awaited<ReturnType<typeof next>>> | undefined
      await life.call(method, async () => {
        const [answered] = await Promise.allSettled([next(args)])
        last = answered
      })
      // Of a request that was repeated, the SDK hears the second answer.
      if (last?.status === 'fulfilled') return last.value
      throw last?.reason
    },
    { step: 'deserialize', priority: 'high', name: 'faults' }
  )
  return {
    names,
    use: (next: Life | undefined) => {
      life = next
    }
  }
}
