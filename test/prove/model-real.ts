import type { Scheduler } from 'fast-check'
import * as z from 'zod'
import { rememberingEventLog } from '../../functions/adapters/event-log.remembered.ts'
import { fold } from '../../functions/core/evolve.ts'
import type { EventLog } from '../../functions/core/ports.ts'
import { createApi } from '../../functions/http/api.ts'
import { lifeWith, mortal } from '../flows/faults.ts'
import { eventOf } from '../http/client.ts'
import type { FaultyTracker, WholeWorld } from './fault-world.ts'

/** What becomes of a request before it is answered. */
export type Mishap = 'none' | 'kill-before' | 'kill-after' | 'rival'

/** An event in an answer, as far as the model looks at it. */
export interface AnsweredEvent {
  readonly type: string
  readonly caseId?: string | undefined
  readonly note?: string | undefined
}

/** An answer of the API. */
export interface Answer {
  readonly status: number
  readonly code: string
  readonly version: number
  readonly replayed: boolean
  readonly events: readonly AnsweredEvent[]
  // biome-ignore lint/suspicious/noExplicitAny: what the commands expect of a body is what they check
  readonly body: any
}

/** A request beside its address. */
export interface Asked {
  readonly body?: unknown
  readonly key?: string
  readonly ifMatch?: number
  readonly token?: string
}

/** The tracker under test. */
export interface Real {
  readonly ask: (method: string, path: string, asked?: Asked, mishap?: Mishap) => Promise<Answer | 'died'>
  /** Sends requests at once, their calls to the log and the tokens in the order that chance gives them. */
  readonly atOnce: (requests: readonly (() => Promise<Answer | 'died'>)[]) => Promise<readonly (Answer | 'died')[]>
  readonly requests: () => number
}

const replySchema = z.object({
  code: z.string().default(''),
  version: z.number().default(0),
  events: z
    .array(z.object({ type: z.string(), caseId: z.string().optional(), note: z.string().optional() }))
    .default([])
})

/** The API over a tracker. */
export const startReal = async ({ world }: FaultyTracker, scheduler: Scheduler): Promise<Real> => {
  const { token: admin } = await world.access.issue({ role: 'admin', name: '管理员', projects: [] }, world.clock.now())
  let requests = 0
  let isScheduled = false
  const scheduled = <Port extends object>(port: Port): Port =>
    new Proxy(port, {
      get: (target, name, receiver) => {
        const member: unknown = Reflect.get(target, name, receiver)
        if (typeof member !== 'function') return member
        return (...asked: unknown[]) => {
          const call = () => Reflect.apply(member, target, asked)
          return isScheduled && !streamed.has(String(name))
            ? scheduler.schedule(Promise.resolve(), String(name)).then(call)
            : call()
        }
      }
    })
  const steady: WholeWorld = {
    ...world,
    log: rememberingEventLog(scheduled(world.log)),
    access: scheduled(world.access)
  }

  const worldWith = (mishap: Mishap): WholeWorld => {
    switch (mishap) {
      case 'none':
        return steady
      case 'kill-before':
      case 'kill-after':
        return mortal(
          steady,
          lifeWith(mishap, (_call, method) => method === 'EventLog.append'),
          ['log']
        )
      case 'rival':
        return { ...steady, log: { ...world.log, append: afterRival(world.log) } }
    }
  }

  return {
    ask: async (method, path, { body, key, ifMatch, token = admin } = {}, mishap = 'none') => {
      requests += 1
      const headers = {
        ...(key === undefined ? {} : { 'idempotency-key': key }),
        ...(ifMatch === undefined ? {} : { 'if-match': `"${ifMatch}"` })
      }
      const event = eventOf(method, path, { token, headers, ...(body === undefined ? {} : { body }) })
      const result = await createApi(worldWith(mishap), () => {})(event, {} as never)
      const { statusCode: status = 0, headers: told = {} } = result
      if (status >= 500 && mishap.startsWith('kill')) return 'died'
      const answer: unknown = result.body ? JSON.parse(result.body) : {}
      return { status, ...replySchema.parse(answer), replayed: told['idempotent-replayed'] === 'true', body: answer }
    },
    atOnce: async all => {
      isScheduled = true
      try {
        return await scheduler.waitFor(Promise.all(all.map(one => one())))
      } finally {
        isScheduled = false
      }
    },
    requests: () => requests
  }
}

const streamed: ReadonlySet<string> = new Set(['projects', 'items'])

/** Another process is quicker, once: it writes the version that this one was about to. */
const afterRival = (log: EventLog): EventLog['append'] => {
  let came = false
  return async (commit, previousHash, after) => {
    if (!came) {
      came = true
      const { state, hash } = await log.load(commit.project)
      const rival = {
        project: commit.project,
        version: state.version + 1,
        events: [{ type: 'no-change-reported' as const, note: rivalNote }],
        by: { id: 'rival', role: 'admin' as const },
        at: commit.at,
        date: commit.date,
        nonce: crypto.randomUUID()
      }
      const next = fold(state, [rival])
      if (next.status !== 'unregistered') await log.append(rival, hash, next)
    }
    return log.append(commit, previousHash, after)
  }
}

/** What the rival says. */
export const rivalNote = '另一进程'
