import type { DynamoDBStreamEvent } from 'aws-lambda'
import { afterEach, expect, test } from 'vitest'
import { type ChangeFeed, type Consumer, changeFeed, type Positions } from '../../lib/local/change-feed.ts'
import type { ChangeSource, Position } from '../../lib/local/change-source.ts'

const running: ChangeFeed[] = []
afterEach(async () => {
  await Promise.all(running.splice(0).map(feed => feed.stop()))
})

/** A log of versions per project, in memory. */
const fakeSource = () => {
  const heads = new Map<string, number>()
  let reads = 0
  const source: ChangeSource = {
    table: 'log',
    projects: async function* () {
      yield* heads.keys()
    },
    head: async project => ({ ordinal: heads.get(project) ?? 0 }),
    since: async (project, position, limit) => {
      reads += 1
      const after = position?.ordinal ?? 0
      const count = Math.min(limit, (heads.get(project) ?? 0) - after)
      return Array.from({ length: count }, (_, index) => {
        const ordinal = after + index + 1
        return { project, position: { ordinal }, record: { dynamodb: { SequenceNumber: `${project}/${ordinal}` } } }
      })
    }
  }
  return { source, heads, reads: () => reads }
}

const fakePositions = (): Positions & { readonly kept: Map<string, Position> } => {
  const kept = new Map<string, Position>()
  return {
    kept,
    get: async (consumer, project) => kept.get(`${consumer}/${project}`),
    put: async (consumer, positions) => {
      for (const [project, position] of positions) kept.set(`${consumer}/${project}`, position)
    }
  }
}

const sequencesOf = ({ Records }: DynamoDBStreamEvent) => Records.map(({ dynamodb }) => dynamodb?.SequenceNumber ?? '')

const start = (deliver: Consumer['deliver'], more: Partial<Consumer & { positions: Positions }> = {}) => {
  const fake = fakeSource()
  const positions = more.positions ?? fakePositions()
  const failures: (readonly string[])[] = []
  const feed = changeFeed(
    [{ name: 'reader', source: fake.source, batchSize: 10, windowMilliseconds: 0, deliver, ...more }],
    { positions, report: (_name, projects) => failures.push(projects), backoff: () => 5 }
  )
  running.push(feed)
  const write = (project: string, count = 1) => {
    fake.heads.set(project, (fake.heads.get(project) ?? 0) + count)
    feed.nudge('log', project)
  }
  return { feed, write, failures, positions, ...fake }
}

const until = async (holds: () => boolean) => {
  for (let tries = 0; !holds(); tries += 1) {
    if (tries > 400) throw new Error('it never came')
    await new Promise(resolve => setTimeout(resolve, 5))
  }
}

test('delivers what was written, in the order of each project, once', async () => {
  const seen: string[] = []
  const { feed, write } = start(async event => void seen.push(...sequencesOf(event)))
  write('a')
  write('b', 2)
  write('a', 2)
  await feed.settled()
  expect(seen.filter(one => one.startsWith('a'))).toEqual(['a/1', 'a/2', 'a/3'])
  expect(seen.filter(one => one.startsWith('b'))).toEqual(['b/1', 'b/2'])
})

test('cuts what is more than a batch into several and forgets nothing of it', async () => {
  const sizes: number[] = []
  const seen: string[] = []
  const { feed, write } = start(async event => {
    sizes.push(event.Records.length)
    seen.push(...sequencesOf(event))
  })
  write('a', 25)
  write('b', 3)
  await feed.settled()
  expect(Math.max(...sizes)).toBe(10)
  expect(new Set(seen).size).toBe(28)
  expect(seen).toHaveLength(28)
})

test('sees a write that comes while it reads or delivers', async () => {
  const seen: string[] = []
  const { feed, write } = start(async event => {
    if (seen.length < 5) write('a')
    seen.push(...sequencesOf(event))
  })
  write('a')
  await until(() => seen.length === 6)
  await feed.settled()
  expect(seen).toEqual(['a/1', 'a/2', 'a/3', 'a/4', 'a/5', 'a/6'])
})

test('repeats from the record that failed, keeps its later ones waiting, and lets other projects go on', async () => {
  const seen: string[] = []
  let refusals = 2
  const { feed, write, positions, failures } = start(async event => {
    const refused = sequencesOf(event).filter(one => one === 'a/2' && refusals > 0)
    refusals -= refused.length
    seen.push(...sequencesOf(event).filter(one => !one.startsWith('a') || one < (refused[0] ?? 'z')))
    return { batchItemFailures: refused.map(itemIdentifier => ({ itemIdentifier })) }
  })
  write('a', 3)
  write('b', 2)
  await feed.settled()
  expect(seen).toEqual(['a/1', 'b/1', 'b/2'])
  expect(await positions.get('reader', 'a')).toEqual({ ordinal: 1 })
  write('b')
  await until(() => seen.includes('a/3'))
  expect(seen.filter(one => one.startsWith('a'))).toEqual(['a/1', 'a/2', 'a/3'])
  expect(seen).toContain('b/3')
  expect(failures).toEqual([['a'], ['a']])
})

test.each<[string, Consumer['deliver']]>([
  ['throws', () => Promise.reject(new Error('down'))],
  ['names a record it was not given', async () => ({ batchItemFailures: [{ itemIdentifier: 'x/1' }] })],
  ['names no record', async () => ({ batchItemFailures: [{ itemIdentifier: '' }] })],
  ['answers nonsense', async () => 'done']
])('repeats the whole batch when the consumer %s', async (_what, fails) => {
  const batches: (readonly string[])[] = []
  const { write, positions } = start(async event => {
    batches.push(sequencesOf(event))
    return batches.length === 1 ? fails(event) : undefined
  })
  write('a', 2)
  await until(() => batches.length === 2)
  expect(batches[1]).toEqual(['a/1', 'a/2'])
  await until(() => (positions as ReturnType<typeof fakePositions>).kept.get('reader/a')?.ordinal === 2)
})

test('goes on from the last position after a new start, and reads no project that is up to date', async () => {
  const positions = fakePositions()
  positions.kept.set('reader/a', { ordinal: 2 })
  positions.kept.set('reader/b', { ordinal: 4 })
  const seen: string[] = []
  const { feed, heads, reads } = start(async event => void seen.push(...sequencesOf(event)), { positions })
  heads.set('a', 4)
  heads.set('b', 4)
  heads.set('c', 1)
  await feed.catchUp()
  await feed.settled()
  expect(seen.toSorted()).toEqual(['a/3', 'a/4', 'c/1'])
  expect(reads()).toBe(2)
})

test('goes back with a log that was put back to an earlier day', async () => {
  const positions = fakePositions()
  positions.kept.set('reader/a', { ordinal: 9 })
  const seen: string[] = []
  const { feed, heads, write } = start(async event => void seen.push(...sequencesOf(event)), { positions })
  heads.set('a', 4)
  await feed.catchUp()
  write('a')
  await feed.settled()
  expect(seen).toEqual(['a/5'])
})

test('delivers again what was taken but whose position could not be recorded', async () => {
  const kept = fakePositions()
  let broken = 1
  const positions: Positions = {
    get: kept.get,
    put: async (...position) => {
      broken -= 1
      if (broken === 0) throw new Error('disk full')
      await kept.put(...position)
    }
  }
  const batches: (readonly string[])[] = []
  const { write } = start(async event => void batches.push(sequencesOf(event)), { positions })
  write('a')
  await until(() => batches.length === 2)
  expect(batches).toEqual([['a/1'], ['a/1']])
})

test('gathers the changes of a window into one batch', async () => {
  const batches: (readonly string[])[] = []
  const { feed, write } = start(async event => void batches.push(sequencesOf(event)), { windowMilliseconds: 40 })
  for (const project of ['a', 'b', 'a', 'c']) write(project)
  await feed.settled()
  expect(batches).toEqual([['a/1', 'a/2', 'b/1', 'c/1']])
})

test('finishes the delivery under way when it is stopped and begins no other', async () => {
  const { promise, resolve } = Promise.withResolvers<void>()
  let begun = 0
  const { feed, write, positions } = start(async () => {
    begun += 1
    await promise
  })
  write('a')
  await until(() => begun === 1)
  write('b')
  const stopped = feed.stop()
  resolve()
  await stopped
  expect(begun).toBe(1)
  expect(await positions.get('reader', 'a')).toEqual({ ordinal: 1 })
  expect(await positions.get('reader', 'b')).toBeUndefined()
})
