import type { DynamoDBRecord } from 'aws-lambda'
import { beforeEach, describe, expect, test } from 'vitest'
import { type QueuedMessage, type ReplayDeps, replay } from '../../lib/replay/replay.ts'
import { streamRecord } from '../../lib/stream-record.ts'
import { callFailure, ruleEvent, streamFailure } from './messages.ts'

/** A queue that hides what is being worked on, as SQS does. */
const queueOf = (...bodies: string[]) => {
  const waiting = bodies.map((body, i) => ({ id: `m${i + 1}`, body, receipt: `r${i + 1}` }))
  const held: QueuedMessage[] = []
  return {
    left: () => [...waiting, ...held].map(({ id }) => id).toSorted(),
    receive: async () => {
      const taken = waiting.splice(0, 2)
      held.push(...taken)
      return taken
    },
    remove: async (message: QueuedMessage) => {
      held.splice(held.indexOf(message), 1)
    },
    giveBack: async (message: QueuedMessage) => {
      held.splice(held.indexOf(message), 1)
      waiting.push(message)
    }
  }
}

const commit = (project: string, ordinal: number): DynamoDBRecord =>
  streamRecord({
    table: 'log',
    streamArn: 'arn:aws:dynamodb:ap-east-1:1:table/log/stream/x',
    project,
    ordinal,
    before: undefined,
    after: { project: { S: project }, version: { N: String(ordinal) } }
  })

let invoked: unknown[]
let asked: readonly string[]
let found: readonly DynamoDBRecord[]
let answer: (event: unknown) => unknown
beforeEach(() => {
  invoked = []
  asked = []
  found = []
  answer = () => undefined
})

const depsOf = (queue: ReplayDeps['queue'], now = '2021-06-21T03:00:00.000Z'): ReplayDeps => ({
  queue,
  invoke: async event => {
    invoked.push(event)
    return answer(event)
  },
  commitsBetween: async function* (from, to) {
    asked = [from, to]
    yield* found
  },
  now
})

describe('what a function gave up is done again', () => {
  test('a stretch of the log: every commit of that time, as the stream tells of them, no more at once than it would', async () => {
    found = Array.from({ length: 25 }, (_, i) => commit('school', i + 1))
    const queue = queueOf(streamFailure('notices', 'log', '2021-06-21T02:00:00Z', '2021-06-21T02:00:30Z'))
    const results = await replay('send-notices', depsOf(queue))
    expect(results).toEqual([
      {
        id: 'm1',
        kind: 'changes',
        outcome: 'done',
        detail: '25 commits, 2021-06-21T02:00:00Z to 2021-06-21T02:00:30Z'
      }
    ])
    expect(invoked.map(event => (event as { Records: unknown[] }).Records.length)).toEqual([10, 10, 5])
    // Clocks differ, and a commit is dated before it is written.
    expect(asked).toEqual(['2021-06-21T01:55:00.000Z', '2021-06-21T02:05:30.000Z'])
    expect(queue.left()).toEqual([])
  })

  test('a stretch of the state: all pages', async () => {
    const queue = queueOf(streamFailure('publish', 'state', '2021-06-21T02:00:00Z'))
    expect(await replay('publish-status', depsOf(queue))).toMatchObject([{ outcome: 'done' }])
    expect(invoked).toEqual([{}])
  })

  test('a schedule: its own event, whether the rule or Lambda gave it up', async () => {
    const event = ruleEvent('2021-06-20T23:30:00Z')
    const queue = queueOf(JSON.stringify(event), callFailure('review', event))
    expect(await replay('review-schedules', depsOf(queue))).toMatchObject([{ outcome: 'done' }, { outcome: 'done' }])
    expect(invoked).toEqual([event, event])
  })

  test('a call by hand: its own payload, though it is no event of a schedule', async () => {
    await replay('publish-status', depsOf(queueOf(callFailure('publish', {}))))
    expect(invoked).toEqual([{}])
  })

  test('digests of another day are passed over, and leave the queue; those of today in Beijing go out', async () => {
    const yesterday = JSON.stringify(ruleEvent('2021-06-20T00:30:00Z'))
    const today = JSON.stringify(ruleEvent('2021-06-20T16:30:00Z'))
    const queue = queueOf(yesterday, today)
    const results = await replay('send-digests', depsOf(queue, '2021-06-21T03:00:00.000Z'))
    expect(results.map(({ outcome }) => outcome)).toEqual(['passed-over', 'done'])
    expect(results[0]?.detail).toContain('2021-06-20')
    expect([invoked.length, queue.left()]).toEqual([1, []])
  })

  test('a message that a queue gave up is handed over as a queue would', async () => {
    await replay('send-notices', depsOf(queueOf('{"key":"robot/1"}')))
    expect(invoked).toEqual([{ Records: [expect.objectContaining({ messageId: 'm1', body: '{"key":"robot/1"}' })] }])
  })
})

describe('what fails again', () => {
  test('stays in the queue, says why, and keeps nothing else from being done', async () => {
    answer = event => {
      if ('source' in (event as object)) throw new Error('the table is gone')
    }
    const queue = queueOf(JSON.stringify(ruleEvent('2021-06-20T23:30:00Z')), callFailure('review', {}), 'not json')
    const results = await replay('review-schedules', depsOf(queue))
    expect(results.map(({ outcome, detail }) => [outcome, detail])).toEqual([
      ['failed', 'the table is gone'],
      ['done', ''],
      ['done', 'not json']
    ])
    expect(queue.left()).toEqual(['m1'])
    // And can be taken up again at once.
    answer = () => undefined
    expect(await replay('review-schedules', depsOf(queue))).toMatchObject([{ id: 'm1', outcome: 'done' }])
    expect(queue.left()).toEqual([])
  })

  test('is told by a partial answer, too', async () => {
    found = [commit('school', 1)]
    answer = () => ({ batchItemFailures: [{ itemIdentifier: '1' }] })
    const queue = queueOf(streamFailure('state', 'log', '2021-06-21T02:00:00Z'))
    expect(await replay('project-state', depsOf(queue))).toMatchObject([{ outcome: 'failed' }])
    expect(queue.left()).toEqual(['m1'])
  })

  test('a stretch of which the log has nothing is not taken for done', async () => {
    const queue = queueOf(streamFailure('state', 'log', '2021-06-21T02:00:00Z'))
    expect(await replay('project-state', depsOf(queue))).toMatchObject([{ outcome: 'failed' }])
    expect(queue.left()).toEqual(['m1'])
  })

  test('is not lost when the replay itself breaks off', async () => {
    const queue = queueOf(callFailure('review', { n: 1 }), callFailure('review', { n: 2 }))
    const remove = queue.remove
    let broken = true
    const deps = depsOf({
      ...queue,
      remove: async message => {
        if (broken) throw new Error('the network is gone')
        await remove(message)
      }
    })
    await expect(replay('review-schedules', deps)).rejects.toThrow('the network is gone')
    broken = false
    expect(queue.left()).toEqual(['m1', 'm2'])
  })
})
