import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { memoryAccessTable } from '../../functions/adapters/access.memory.ts'
import { dynamoAccess } from '../../functions/adapters/access.ts'
import { bureauLogOver } from '../../functions/adapters/bureau-log.ts'
import { memoryDeliveryLog } from '../../functions/adapters/delivery-log.memory.ts'
import { sha256 } from '../../functions/adapters/digest.ts'
import { dynamoEventLog, dynamoLogTable } from '../../functions/adapters/event-log.ts'
import { guessLimit } from '../../functions/adapters/guess-limit.ts'
import { sessionsOver } from '../../functions/adapters/sessions.ts'
import { dynamoStateStore } from '../../functions/adapters/state-store.ts'
import { verifyLog } from '../../functions/adapters/verify-log.ts'
import type { Command } from '../../functions/core/commands.ts'
import { fold } from '../../functions/core/evolve.ts'
import { type ExecuteDeps, type Execution, execute } from '../../functions/flows/execute.ts'
import { createApi } from '../../functions/http/api.ts'
import { type EmbeddedDynamo, startDynalite } from '../contract/dynalite.ts'
import { rules } from '../core/given.ts'
import { eventOf } from '../http/client.ts'
import { plan } from '../http/plans.ts'
import { begun, countingClient, lateBy, school, someone, startWorld, type World } from './world.ts'

let dynamo: EmbeddedDynamo
beforeAll(async () => {
  dynamo = await startDynalite()
})
afterAll(() => dynamo.stop())

const clock = { now: () => '2021-06-01T02:00:00.000Z' }
const noted = (note: string): Command => ({ type: 'report-no-change', note })

test('a report costs one Query and one conditional Put on the request path, however long the log is', async () => {
  const counted = countingClient(dynamo.client)
  const access = dynamoAccess(counted.client, await dynamo.makeTable('access'))
  const logTable = await dynamo.makeTable('log')
  const handler = createApi(
    {
      log: dynamoEventLog(counted.client, logTable),
      bureau: bureauLogOver(dynamoLogTable(counted.client, logTable)),
      store: dynamoStateStore(counted.client, await dynamo.makeTable('state')),
      access,
      guesses: guessLimit(),
      sessions: sessionsOver(memoryAccessTable(new Map())),
      deliveries: memoryDeliveryLog(),
      rules,
      clock,
      hash: sha256,
      authorisation: 'token',
      demonstrationClock: false
    },
    error => {
      throw error
    }
  )
  const { token } = await access.issue({ role: 'admin', name: '甲', projects: [] }, clock.now())
  const send = async (method: string, path: string, body: object, headers = {}) => {
    const result = await handler(eventOf(method, path, { token, body, headers }), {} as never)
    if (typeof result !== 'object') throw new Error('no structured reply')
    return result.statusCode
  }
  counted.sent()
  expect(await send('PUT', '/v1/projects/school', plan())).toBe(201)
  // The first request of a process looks the token up; then it is warm.
  expect(counted.sent()).toEqual({ GetCommand: 1, QueryCommand: 1, PutCommand: 1 })
  for (let version = 2; version <= 50; version += 1) {
    const headers = version % 2 ? { 'idempotency-key': `k-${version}` } : { 'if-match': `"${version - 1}"` }
    expect(await send('POST', '/v1/projects/school/reports', { noChange: true }, headers)).toBe(201)
    expect(counted.sent(), `version ${version}`).toEqual({ QueryCommand: 1, PutCommand: 1 })
  }
  // A refusal reads once and writes nothing.
  expect(await send('POST', '/v1/projects/school/resume', { reason: '复工' })).toBe(409)
  expect(counted.sent()).toEqual({ QueryCommand: 1 })
})

/** As many processes as the number, each with a queue of its own. */
const processes = async (count: number): Promise<readonly (typeof execute)[]> => {
  const found: (typeof execute)[] = []
  for (let i = 0; i < count; i += 1) {
    vi.resetModules()
    const module: { readonly execute: typeof execute } = await import('../../functions/flows/execute.ts')
    found.push(module.execute)
  }
  expect(new Set(found).size).toBe(count)
  return found
}

describe('two hundred reports at once on one project', () => {
  const race = async (instances: number) => {
    const table = await dynamo.makeTable('log')
    const log = dynamoEventLog(dynamo.client, table)
    const deps: ExecuteDeps = { log, rules, clock }
    await execute({ project: 'school', command: school('school'), by: someone }, deps)
    const writers = await processes(instances)
    const outcomes = await Promise.all(
      Array.from({ length: 200 }, (_, i) => {
        const writer = writers[i % instances] ?? execute
        return writer({ project: 'school', command: noted(`第 ${i} 份`), by: someone }, deps)
      })
    )
    const accepted = outcomes.flatMap((outcome, i) => (outcome.type === 'accepted' ? [{ i, outcome }] : []))
    const commits = await log.commits('school')
    // Every acknowledged report is in the log at the version that its sender was told, and no other is.
    expect(commits.map(({ version }) => version)).toEqual(Array.from({ length: accepted.length + 1 }, (_, i) => i + 1))
    for (const { i, outcome } of accepted)
      expect(commits[outcome.state.version - 1]?.events[0]).toEqual({ type: 'no-change-reported', note: `第 ${i} 份` })
    expect(new Set(accepted.map(({ outcome }) => outcome.state.version)).size).toBe(accepted.length)
    expect((await verifyLog('school', log.items('school'))).ok).toBe(true)
    return outcomes
  }

  test('through two processes: all acknowledged, no gap, none twice', async () => {
    const outcomes = await race(2)
    expect(outcomes.filter(({ type }) => type === 'accepted')).toHaveLength(200)
  }, 60_000)

  test('through ten: whoever is not acknowledged is told that it was busy', async () => {
    const outcomes = await race(10)
    expect(new Set(outcomes.map(({ type }) => type)).difference(new Set(['accepted', 'busy'])).size).toBe(0)
    expect(outcomes.filter(({ type }) => type === 'accepted').length).toBeGreaterThan(150)
  }, 60_000)
})

test('the same key through two processes at once: one commit, equal answers', async () => {
  const log = dynamoEventLog(dynamo.client, await dynamo.makeTable('log'))
  const deps: ExecuteDeps = { log, rules, clock }
  await execute({ project: 'school', command: school('school'), by: someone }, deps)
  const writers = await processes(2)
  const request = {
    project: 'school',
    command: noted('一次'),
    by: someone,
    idempotency: { key: 'k', hash: 'h' }
  }
  const outcomes = await Promise.all(Array.from({ length: 40 }, (_, i) => (writers[i % 2] ?? execute)(request, deps)))
  const [first] = outcomes
  if (first?.type !== 'accepted') throw new Error(String(first?.type))
  for (const outcome of outcomes)
    expect(JSON.parse(JSON.stringify(outcome))).toEqual({
      ...JSON.parse(JSON.stringify(first)),
      replayed: outcome.type === 'accepted' && outcome.replayed
    })
  expect(outcomes.filter(outcome => outcome.type === 'accepted' && !outcome.replayed)).toHaveLength(1)
  expect(await log.commits('school')).toHaveLength(2)
}, 30_000)

describe('one writer', () => {
  let world: World
  beforeEach(async () => {
    world = startWorld()
    await world.accept('school', school('school'))
  })
  const run = (command: Command, more: object = {}): Promise<Execution> =>
    execute({ project: 'school', command, by: someone, ...more }, world)

  test('that loses reads again and decides anew on what it then finds', async () => {
    const { log } = world
    let lost = 0
    const interrupted = {
      ...world,
      log: {
        ...log,
        append: async (...[commit, hash, after]: Parameters<typeof log.append>) => {
          if (lost > 0) return log.append(commit, hash, after)
          lost += 1
          // Somebody else cancels the milestone between the read and the write.
          const { state, hash: current } = await log.load('school')
          expect(current).toBe(hash)
          const rival = {
            ...commit,
            events: [{ type: 'milestone-cancelled' as const, milestoneId: 'C3', reason: '取消' }]
          }
          const then = fold(state, [rival])
          if (then.status === 'unregistered') throw new Error('not registered')
          await log.append(rival, hash, then)
          return log.append(commit, hash, after)
        }
      }
    }
    const execution = await execute({ project: 'school', command: begun, by: someone }, interrupted)
    expect(execution.type === 'refused' && execution.refusal.faults).toMatchObject([{ code: 'milestone-cancelled' }])
    expect(world.items.get('school')?.size).toBe(2)
  })

  test('that loses every time gives up as busy, in seconds', async () => {
    let appends = 0
    const log = {
      ...world.log,
      append: async () => {
        appends += 1
        return { type: 'conflict' as const }
      }
    }
    vi.useFakeTimers({ toFake: ['setTimeout'] })
    try {
      const outcome = execute({ project: 'school', command: begun, by: someone }, { ...world, log })
      await vi.advanceTimersByTimeAsync(5000)
      expect(await outcome).toEqual({ type: 'busy' })
      expect(appends).toBe(12)
    } finally {
      vi.useRealTimers()
    }
  })

  test('that asks for a version is refused on any other, and told which there is', async () => {
    await run(noted('a'))
    for (const ifVersion of [0, 1, 3])
      expect(await run(noted('b'), { ifVersion })).toEqual({ type: 'version-conflict', version: 2 })
    expect(await run(noted('b'), { ifVersion: 2 })).toMatchObject({ type: 'accepted' })
    expect(await run(noted('c'), { ifVersion: 'any' })).toMatchObject({ type: 'accepted' })
  })

  test('that asks for a version does not try again when it loses', async () => {
    const outcomes = await Promise.all([1, 2, 3].map(i => run(noted(`${i}`), { ifVersion: 1 })))
    expect(outcomes.map(({ type }) => type).sort()).toEqual(['accepted', 'version-conflict', 'version-conflict'])
  })

  test('whose storage fails throws, and holds up nobody after it', async () => {
    const failing = { ...world, log: { ...world.log, load: () => Promise.reject(new Error('no connection')) } }
    const results = await Promise.allSettled([
      execute({ project: 'school', command: noted('a'), by: someone }, failing),
      run(noted('b')),
      execute({ project: 'school', command: noted('c'), by: someone }, failing),
      run(noted('d'))
    ])
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'rejected', 'fulfilled'])
    expect(world.items.get('school')?.size).toBe(3)
  })

  test('that stood in line until its sender was given up on writes nothing after all', async () => {
    vi.useFakeTimers({ toFake: ['performance', 'setTimeout'] })
    try {
      const slow = {
        ...world.log,
        load: (project: string) =>
          new Promise<Awaited<ReturnType<typeof world.log.load>>>(resolve =>
            setTimeout(() => resolve(world.log.load(project)), 4000)
          )
      }
      const outcomes = Promise.all(
        [1, 2, 3, 4, 5].map(i =>
          execute({ project: 'school', command: noted(`${i}`), by: someone }, { ...world, log: slow })
        )
      )
      await vi.advanceTimersByTimeAsync(30_000)
      expect((await outcomes).map(({ type }) => type)).toEqual(['accepted', 'accepted', 'accepted', 'busy', 'busy'])
      expect(world.items.get('school')?.size).toBe(4)
    } finally {
      vi.useRealTimers()
    }
  })

  test('of a command that changes nothing writes nothing', async () => {
    const execution = await run(school('school'))
    expect(execution).toMatchObject({ type: 'accepted', replayed: false })
    expect(execution).not.toHaveProperty('commit')
    expect(world.items.get('school')?.size).toBe(1)
  })

  test('has its flags in the commit of its report', async () => {
    const execution = await run(lateBy('2021-12-01'))
    if (execution.type !== 'accepted') throw new Error(execution.type)
    const types = execution.commit?.events.map(event => event.type)
    expect(types?.[0]).toBe('progress-reported')
    expect(types).toContain('flag-raised')
  })
})
