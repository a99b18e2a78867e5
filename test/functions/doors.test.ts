import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PutCommand } from '@aws-sdk/lib-dynamodb'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { dynamoAccess } from '../../functions/adapters/access.ts'
import { type EmbeddedDynamo, startDynalite } from '../contract/dynalite.ts'
import { outsideData } from '../core/outside-data.ts'
import { begun, lateBy, school } from '../flows/world.ts'
import { emptyForm } from '../form/empty-form.ts'
import { eventOf } from '../http/client.ts'
import { plan } from '../http/plans.ts'
import { type DoorName, openDoor, queued, scheduled, startTables, streamOf } from './doors.ts'

let dynamo: EmbeddedDynamo
let tables: Awaited<ReturnType<typeof startTables>>
let folder: string
const environmentBefore = { ...process.env }

beforeAll(async () => {
  dynamo = await startDynalite()
})
afterAll(() => dynamo.stop())
beforeEach(async () => {
  tables = await startTables(dynamo)
  folder = await mkdtemp(join(tmpdir(), 'tracker-doors-'))
})
afterEach(async () => {
  for (const name of Object.keys(process.env)) if (!(name in environmentBefore)) delete process.env[name]
  Object.assign(process.env, environmentBefore)
  await rm(folder, { recursive: true, force: true })
})

const environmentOf = (date = '2021-06-21') => ({ ...tables.environment, FIXED_DATE: date })
const siteIn = (site: string) => ({ ...environmentOf(), SITE_DIR: site, FORM_DIR: emptyForm() })
const noticeFile = () => join(folder, 'notices.jsonl')
const noticesSent = async (): Promise<readonly { recipient: string; text: string }[]> => {
  const text = await readFile(noticeFile(), 'utf8').catch(() => '')
  return text
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line))
}

/** Three projects with a red of today, of which the second cannot be read from its log. */
const threeOfWhichOneIsBad = async (date = '2021-06-21') => {
  for (const id of ['a', 'b', 'c']) {
    await tables.accept(id, school(id), date)
    await tables.accept(id, lateBy('2021-12-01'), date)
  }
  const records = streamOf((await Promise.all(['a', 'b', 'c'].map(id => tables.itemsOf('LOG_TABLE', id)))).flat())
  const [first] = await tables.itemsOf('LOG_TABLE', 'b')
  await dynamo.client.send(
    new PutCommand({ TableName: tables.names.LOG_TABLE, Item: { ...first, events: '[{"type":"new-in-2030"}]' } })
  )
  return records
}

const failuresOf = (event: ReturnType<typeof streamOf>, answer: { batchItemFailures: { itemIdentifier: string }[] }) =>
  answer.batchItemFailures.map(({ itemIdentifier }) => {
    const record = event.Records.find(({ dynamodb }) => dynamodb?.SequenceNumber === itemIdentifier)
    return `${record?.dynamodb?.Keys?.project?.S} ${record?.dynamodb?.NewImage?.version?.N}`
  })

describe('api', () => {
  test('answers a request of an HTTP API from the tables', async () => {
    const handler = await openDoor('api', environmentOf())
    const access = dynamoAccess(dynamo.client, tables.names.ACCESS_TABLE)
    const { token } = await access.issue({ role: 'admin', name: '甲', projects: [] }, '2021-06-21T00:00:00Z')
    const health = await handler(eventOf('GET', '/v1/health'))
    expect(JSON.parse(health.body)).toMatchObject({ status: 'review-missing', today: '2021-06-21', reviewedAt: null })
    const put = await handler(eventOf('PUT', '/v1/projects/school', { token, body: plan() }))
    expect([put.statusCode, put.headers.etag]).toEqual([201, '"1"'])
    expect(await tables.itemsOf('LOG_TABLE', 'school')).toHaveLength(1)
    const read = await handler(eventOf('GET', '/v1/projects/school', { token }))
    expect(JSON.parse(read.body).assessment.dataDate).toBe('2021-06-21')
  })

  test('answers an id longer than a key of a table may be, and a token of any length, without a fault', async () => {
    const handler = await openDoor('api', environmentOf())
    const { token } = await dynamoAccess(dynamo.client, tables.names.ACCESS_TABLE).issue(
      { role: 'admin', name: '甲', projects: [] },
      '2021-06-21T00:00:00Z'
    )
    const long = 'x'.repeat(5000)
    for (const [method, path, body] of [
      ['GET', `/v1/projects/${long}`, undefined],
      ['GET', `/v1/projects/${long}/history`, undefined],
      ['POST', `/v1/projects/${long}/reports`, { noChange: true }],
      ['DELETE', `/v1/tokens/${long}`, undefined]
    ] as const)
      expect((await handler(eventOf(method, path, { token, body }))).statusCode, `${method} ${path.slice(0, 20)}`).toBe(
        404
      )
    expect((await handler(eventOf('GET', '/v1/projects', { token: long }))).statusCode).toBe(401)
  })

  test('takes a policy from its environment', async () => {
    const access = dynamoAccess(dynamo.client, tables.names.ACCESS_TABLE)
    const { token } = await access.issue({ role: 'admin', name: '甲', projects: [] }, '2021-06-21T00:00:00Z')
    await tables.accept('school', school('school'), '2021-06-21')
    const severe = await openDoor('api', { ...environmentOf(), POLICY: '{"redSlipWorkingDays":2}' })
    const { body } = await severe(eventOf('GET', '/v1/projects/school', { token }))
    expect(body).toContain('"limit":2')
  })

  test("understands AWS's own samples, as an address that is not there", async () => {
    const handler = await openDoor('api', environmentOf())
    for (const file of ['aws-events/awsdocs_apigateway-v2.json', 'aws-events/sam_HttpApi.json']) {
      const path = outsideData(file)
      if (path === undefined) return
      const answer = await handler(JSON.parse(await readFile(path, 'utf8')))
      expect([answer.statusCode, JSON.parse(answer.body).code]).toEqual([404, 'not-found'])
    }
  })

  test('says 500 without a word of what failed when its table is gone', async () => {
    const handler = await openDoor('api', { ...environmentOf(), LOG_TABLE: 'no-such-table' })
    const { token } = await dynamoAccess(dynamo.client, tables.names.ACCESS_TABLE).issue(
      { role: 'viewer', name: '甲', projects: [] },
      '2021-06-21T00:00:00Z'
    )
    const answer = await handler(eventOf('GET', '/v1/projects/school', { token }))
    expect(answer.statusCode).toBe(500)
    expect(answer.body).not.toMatch(/no-such-table|ResourceNotFound|Error/)
  })
})

describe('project-state', () => {
  test('folds the commits of a batch into snapshots, each project once', async () => {
    for (const id of ['a', 'b']) await tables.accept(id, school(id), '2021-06-21')
    await tables.accept('a', begun, '2021-06-21')
    const handler = await openDoor('project-state', environmentOf())
    const event = streamOf([...(await tables.itemsOf('LOG_TABLE', 'a')), ...(await tables.itemsOf('LOG_TABLE', 'b'))])
    expect(await handler(event)).toEqual({ batchItemFailures: [] })
    expect([(await tables.store.get('a'))?.version, (await tables.store.get('b'))?.version]).toEqual([2, 1])
    // Twice, and in the wrong order.
    expect(await handler({ Records: event.Records.toReversed() })).toEqual({ batchItemFailures: [] })
    expect((await tables.store.get('a'))?.version).toBe(2)
  })

  test('reports the records of a bad project and of no other', async () => {
    const event = await threeOfWhichOneIsBad()
    const handler = await openDoor('project-state', environmentOf())
    expect(failuresOf(event, await handler(event))).toEqual(['b 1', 'b 2'])
    expect([(await tables.store.get('a'))?.version, (await tables.store.get('c'))?.version]).toEqual([2, 2])
    expect(await tables.store.get('b')).toBeUndefined()
  })

  test('passes over what an operator deletes, and does not swallow a record that it cannot read', async () => {
    await tables.accept('a', school('a'), '2021-06-21')
    const [record] = streamOf(await tables.itemsOf('LOG_TABLE', 'a')).Records
    const handler = await openDoor('project-state', environmentOf())
    const { NewImage: OldImage, ...dynamodb } = record?.dynamodb ?? {}
    expect(
      await handler({ Records: [{ ...record, eventName: 'REMOVE', dynamodb: { ...dynamodb, OldImage } }] })
    ).toEqual({
      batchItemFailures: []
    })
    expect(await tables.store.get('a')).toBeUndefined()
    expect(await handler({ Records: [] })).toEqual({ batchItemFailures: [] })
    const path = outsideData('aws-events/sam_DynamoDBUpdate.json')
    if (path !== undefined) await expect(handler(JSON.parse(await readFile(path, 'utf8')))).rejects.toThrow()
  })
})

describe('review-schedules', () => {
  test('reviews what is due on the event of its schedule', async () => {
    await tables.accept('a', school('a'), '2021-06-01')
    await (await openDoor('project-state', environmentOf('2021-06-01')))(
      streamOf(await tables.itemsOf('LOG_TABLE', 'a'))
    )
    const handler = await openDoor('review-schedules', environmentOf('2021-06-20'))
    expect(await handler(scheduled())).toBeUndefined()
    const { state } = await tables.log.load('a')
    expect(state.version).toBe(2)
    expect(await tables.store.get('a')).toMatchObject({ version: 2, evaluatedOn: '2021-06-20' })
    await handler(scheduled())
    expect((await tables.log.load('a')).state.version).toBe(2)
  })

  test('writes down that it came to its end, which the health of the next working day rests on', async () => {
    await (await openDoor('review-schedules', environmentOf('2021-06-21')))(scheduled())
    const api = await openDoor('api', environmentOf('2021-06-21'))
    expect(JSON.parse((await api(eventOf('GET', '/v1/health'))).body)).toMatchObject({ status: 'ok' })
    // Its clock stands two days later at the same time of day.
    const later = await openDoor('api', environmentOf('2021-06-23'))
    expect(JSON.parse((await later(eventOf('GET', '/v1/health'))).body)).toMatchObject({ status: 'review-missing' })
  })

  test('fails after the others are done when one project is bad, and names it', async () => {
    const event = await threeOfWhichOneIsBad('2021-06-01')
    const fold = await openDoor('project-state', environmentOf('2021-06-01'))
    await fold(event)
    // The bad one became so after its snapshot was made.
    const [good] = await tables.itemsOf('STATE_TABLE')
    await dynamo.client.send(new PutCommand({ TableName: tables.names.STATE_TABLE, Item: { ...good, project: 'b' } }))
    const handler = await openDoor('review-schedules', environmentOf('2021-06-20'))
    await expect(handler(scheduled())).rejects.toThrow('review-schedules: 1 failed, first b')
    for (const id of ['a', 'c']) expect((await tables.store.get(id))?.evaluatedOn).toBe('2021-06-20')
  })
})

describe('send-notices', () => {
  test('tells of a new red, once, and reports the commits of a bad project alone', async () => {
    const event = await threeOfWhichOneIsBad()
    const handler = await openDoor('send-notices', { ...environmentOf(), NOTICE_FILE: noticeFile() })
    // The first commit of `b` is the bad one; the second waits behind it.
    expect(failuresOf(event, await handler(event))).toEqual(['b 1', 'b 2'])
    const recipients = (await noticesSent()).map(({ recipient }) => recipient)
    expect(recipients.filter(name => name === '规划建设科')).toHaveLength(2)
    expect(recipients.filter(name => name.startsWith('负责人')).sort()).toEqual(['负责人 a', '负责人 c'])
    // The batch comes again, to a new process too.
    await handler(event)
    await (await openDoor('send-notices', { ...environmentOf(), NOTICE_FILE: noticeFile() }))(event)
    expect(await noticesSent()).toHaveLength(4)
  })
})

describe('send-digests', () => {
  beforeEach(async () => {
    await tables.accept('a', school('a'), '2021-06-01')
    await (await openDoor('project-state', environmentOf('2021-06-01')))(
      streamOf(await tables.itemsOf('LOG_TABLE', 'a'))
    )
    // What is seen on one day fires on the next, and only then is told.
    await (await openDoor('review-schedules', environmentOf('2021-06-02')))(scheduled())
  })

  test('sends one to each person on a working day, once, and none on a holiday', async () => {
    const onDay = async (date: string) => {
      const handler = await openDoor('send-digests', { ...environmentOf(date), NOTICE_FILE: noticeFile() })
      expect(await handler(scheduled())).toBeUndefined()
      return (await noticesSent()).length
    }
    expect(await onDay('2021-06-14')).toBe(0)
    expect(await onDay('2021-06-15')).toBe(2)
    expect(await onDay('2021-06-15')).toBe(2)
  })

  test('leaves a message that could not be sent to the retries, which bring it when it can be', async () => {
    const bad = { ...environmentOf('2021-06-15'), NOTICE_FILE: folder }
    await (await openDoor('send-digests', bad))(scheduled())
    const keys = (await tables.itemsOf('DELIVERY_TABLE')).map(({ key }) => String(key))
    expect(keys).toHaveLength(2)
    const retry = await openDoor('retry-deliveries', { ...bad, NOTICE_FILE: noticeFile() })
    // Not due yet: nothing is sent, and nothing fails.
    expect(await retry(queued(keys))).toEqual({ batchItemFailures: [] })
    expect(await noticesSent()).toEqual([])
    for (const item of await tables.itemsOf('DELIVERY_TABLE'))
      await dynamo.client.send(
        new PutCommand({ TableName: tables.names.DELIVERY_TABLE, Item: { ...item, dueAt: '2021-06-15T00:00:00.000Z' } })
      )
    expect(await retry(queued(keys))).toEqual({ batchItemFailures: [] })
    expect(await retry(queued(keys))).toEqual({ batchItemFailures: [] })
    expect(await noticesSent()).toHaveLength(2)
  })
})

describe('retry-deliveries', () => {
  test('passes over a key that is not in the ledger, and hands back a message that it cannot read, alone', async () => {
    const retry = await openDoor('retry-deliveries', environmentOf())
    const { Records } = queued(['no-such-delivery'])
    expect(await retry({ Records })).toEqual({ batchItemFailures: [] })
    const path = outsideData('aws-events/sam_Sqs.json')
    if (path === undefined) return
    const sample = JSON.parse(await readFile(path, 'utf8'))
    expect(await retry({ Records: [...Records, ...sample.Records] })).toEqual({
      batchItemFailures: [{ itemIdentifier: sample.Records[0].messageId }]
    })
  })
})

describe('publish-status', () => {
  const filesOf = async () =>
    (await readdir(folder, { recursive: true, withFileTypes: true }))
      .filter(entry => entry.isFile())
      .map(entry => join(entry.parentPath, entry.name).slice(folder.length + 1))

  test('writes the pages of the projects in a batch, and on its schedule the whole site', async () => {
    const handler = await openDoor('publish-status', siteIn(folder))
    await tables.accept('b', school('b'), '2021-06-21')
    await (await openDoor('project-state', environmentOf()))(streamOf(await tables.itemsOf('LOG_TABLE')))
    expect(await handler(scheduled())).toBeUndefined()
    expect(await filesOf()).toEqual(expect.arrayContaining(['projects/b/index.html', 'api/index.html']))
    await rm(join(folder, 'api'), { recursive: true })
    await tables.accept('a', school('a'), '2021-06-21')
    await (await openDoor('project-state', environmentOf()))(streamOf(await tables.itemsOf('LOG_TABLE')))
    const [record] = streamOf((await tables.itemsOf('STATE_TABLE')).filter(({ project }) => project === 'a')).Records
    expect(await handler({ Records: [record, record] })).toEqual({ batchItemFailures: [] })
    expect(await filesOf()).toEqual(expect.arrayContaining(['index.html', 'projects/a/index.html']))
    expect(await filesOf()).not.toContain('api/index.html')
  })

  test('reports the records of a project that cannot be published, and publishes the others', async () => {
    const event = await threeOfWhichOneIsBad()
    await (await openDoor('project-state', environmentOf()))(event)
    const [good] = await tables.itemsOf('STATE_TABLE')
    const bad = {
      ...good,
      project: 'b',
      summary: String(good?.summary).replaceAll(`"id":"${good?.project}"`, '"id":"b"')
    }
    await dynamo.client.send(new PutCommand({ TableName: tables.names.STATE_TABLE, Item: bad }))
    const handler = await openDoor('publish-status', siteIn(folder))
    const batch = streamOf(await tables.itemsOf('STATE_TABLE'))
    expect(failuresOf(batch, await handler(batch))).toEqual(['b 2'])
    expect(await filesOf()).toEqual(expect.arrayContaining(['projects/a/index.html', 'projects/c/index.html']))
    await expect(handler(scheduled())).rejects.toThrow('publish-status: 1 failed, first b')
  })
})

const badPolicies = [
  ['POLICY', '{"redSlipWorkingDays":"secret"}'],
  ['POLICY', '{secret'],
  ['POLICY', '{"noSuchThreshold":1}']
] as const

describe('a mistake in the environment', () => {
  const needed: Readonly<Record<DoorName, readonly string[]>> = {
    api: ['LOG_TABLE', 'STATE_TABLE', 'ACCESS_TABLE', 'DELIVERY_TABLE'],
    'project-state': ['LOG_TABLE', 'STATE_TABLE'],
    'review-schedules': ['LOG_TABLE', 'STATE_TABLE'],
    'send-notices': ['LOG_TABLE', 'DELIVERY_TABLE'],
    'send-digests': ['STATE_TABLE', 'DELIVERY_TABLE'],
    'publish-status': ['LOG_TABLE', 'STATE_TABLE', 'FORM_DIR'],
    'retry-deliveries': ['DELIVERY_TABLE'],
    'sign-checkpoint': ['LOG_TABLE', 'STATE_TABLE']
  }
  const doors = Object.keys(needed) as DoorName[]
  const complete = () => ({
    ...environmentOf(),
    SITE_DIR: folder,
    FORM_DIR: folder,
    NOTICE_FILE: noticeFile(),
    CHECKPOINT_DIR: folder,
    CHECKPOINT_KEY_FILE: join(folder, 'key.pem')
  })
  const messageOf = async (name: DoorName, environment: Record<string, string>): Promise<string> => {
    try {
      await openDoor(name, environment)
    } catch (error) {
      return error instanceof Error ? error.message : String(error)
    }
    return 'opened'
  }

  test.each(doors)('%s: each variable that is missing or empty is named, in one sentence', async name => {
    expect(await messageOf(name, complete())).toBe('opened')
    for (const variable of needed[name]) {
      const { [variable]: _missing, ...rest } = complete() as Record<string, string>
      expect(await messageOf(name, rest)).toBe(`${variable} is missing`)
      expect(await messageOf(name, { ...rest, [variable]: '' })).toBe(`${variable} is missing`)
    }
  })

  test.each(doors)('%s: one that is wrong is named without its value', async name => {
    for (const [variable, value] of [
      ['DYNAMODB_ENDPOINT', 'secret-host'],
      ['FIXED_DATE', '2021-02-30'],
      ...(name === 'retry-deliveries' || name === 'sign-checkpoint' ? [] : badPolicies)
    ] as const) {
      const message = await messageOf(name, { ...complete(), [variable]: value })
      expect(message).toMatch(new RegExp(`^${variable} is wrong`))
      expect(message).not.toMatch(/secret|\n/)
    }
  })

  test('a list of channels is checked as a whole, a site has one place, a checkpoint a place and a key', async () => {
    const channels = (more: object) => JSON.stringify([{ type: 'webhook', name: 'bureau', ...more }])
    const secret = `whsec_${Buffer.from('0123456789abcdef0123').toString('base64')}`
    for (const name of ['send-notices', 'send-digests', 'retry-deliveries'] as const)
      for (const [more, message] of [
        [{ url: 'https://hooks.example/x', secret }, /^opened$/],
        [{ url: 'https://hooks.example/x' }, /^CHANNELS is wrong at 0.secret/],
        [{ secret }, /^CHANNELS is wrong at 0.url/],
        [{ url: 'http://hooks.example/x', secret }, /^CHANNELS is wrong at 0.url/]
      ] as const)
        expect(await messageOf(name, { ...complete(), CHANNELS: channels(more) })).toMatch(message)
    const { CHECKPOINT_KEY_FILE: _keyless, ...noKey } = complete()
    expect(await messageOf('sign-checkpoint', noKey)).toMatch(/CHECKPOINT_DIR and CHECKPOINT_KEY_FILE/)
    const { SITE_DIR: _none, ...noSite } = complete()
    expect(await messageOf('publish-status', noSite)).toMatch(/SITE_DIR and SITE_BUCKET/)
    expect(await messageOf('publish-status', { ...complete(), SITE_BUCKET: 'pages' })).toMatch(
      /SITE_DIR and SITE_BUCKET/
    )
  })
})
