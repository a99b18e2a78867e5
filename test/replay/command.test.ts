import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DeleteCommand } from '@aws-sdk/lib-dynamodb'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { documentClient } from '../../functions/adapters/dynamo.ts'
import { localTableName } from '../../lib/local/local-functions.ts'
import { openDoor } from '../functions/doors.ts'
import { makeDirectory, type RunningTracker, startTracker } from '../local/tracker.ts'
import { type CloudStandIn, startCloud } from './cloud-stand-in.ts'
import { streamFailure } from './messages.ts'

const root = join(import.meta.dirname, '..', '..')
let tracker: RunningTracker
let cloud: CloudStandIn
let environment: Readonly<Record<string, string>>
const called: string[] = []
let down = false

beforeAll(async () => {
  tracker = await startTracker(makeDirectory())
  const { dynamodb } = JSON.parse(readFileSync(join(tracker.directory, 'run.json'), 'utf8'))
  const tablesAndClock = {
    DYNAMODB_ENDPOINT: dynamodb,
    LOG_TABLE: localTableName('log'),
    STATE_TABLE: localTableName('state'),
    FIXED_DATE: '2021-06-21'
  }
  const projectState = await openDoor('project-state', tablesAndClock)
  cloud = await startCloud(async (name, event) => {
    called.push(name)
    if (down) throw new Error('the table is gone')
    return projectState(event)
  })
  environment = {
    ...tablesAndClock,
    AWS_REGION: 'ap-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_LAMBDA: cloud.url,
    TRACKER_FUNCTIONS: JSON.stringify({
      'project-state': { function: 'tracker-prod-state', queue: cloud.queueUrl('state-failed') },
      'publish-status': { function: 'tracker-prod-publish', queue: cloud.queueUrl('publish-failed') }
    })
  }
})
afterAll(() => cloud?.stop())

const replay = async (words: readonly string[], more: Readonly<Record<string, string>> = environment) => {
  const child = spawn(process.execPath, [join(root, 'bin', 'tracker.ts'), 'replay', ...words, '--json'], {
    cwd: root,
    env: { PATH: process.env.PATH ?? '', ...more }
  })
  let stdout = ''
  child.stdout.on('data', chunk => {
    stdout += chunk
  })
  const [code] = await once(child, 'close')
  return { code, results: stdout === '' ? undefined : JSON.parse(stdout) }
}

const listed = async (): Promise<readonly string[]> => {
  const reply = (await (await tracker.call('/v1/projects')).json()) as { projects: { id: string }[] }
  return reply.projects.map(({ id }) => id)
}

test('a change that never reached its snapshot is brought there from the log, once its message is replayed', async () => {
  const client = documentClient({ endpoint: environment.DYNAMODB_ENDPOINT })
  await client.send(new DeleteCommand({ TableName: localTableName('state'), Key: { project: 'no39-north' } }))
  client.destroy()
  expect(await listed()).not.toContain('no39-north')
  cloud.send('state-failed', streamFailure('tracker-prod-state', 'log', '2021-06-21T02:00:00Z'))

  down = true
  expect(await replay(['project-state'])).toMatchObject({
    code: 1,
    results: [{ function: 'project-state', outcome: 'failed', detail: 'the table is gone' }]
  })
  expect([cloud.left('state-failed'), (await listed()).includes('no39-north')]).toEqual([1, false])

  down = false
  expect(await replay([])).toMatchObject({ code: 0, results: [{ function: 'project-state', outcome: 'done' }] })
  expect([cloud.left('state-failed'), (await listed()).includes('no39-north')]).toEqual([0, true])
  expect(new Set(called)).toEqual(new Set(['tracker-prod-state']))
  expect(await replay([])).toEqual({ code: 0, results: [] })
})

test('without a stack there is nothing to replay; a wrong name or output is wrong use', async () => {
  const { TRACKER_FUNCTIONS, ...local } = environment
  expect(await replay([], local)).toEqual({ code: 0, results: [] })
  expect((await replay(['dance'])).code).toBe(2)
  expect((await replay([], { ...local, TRACKER_FUNCTIONS: '{"api":1}' })).code).toBe(2)
})
