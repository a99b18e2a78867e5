import { generateKeyPairSync, sign } from 'node:crypto'
import { createServer } from 'node:http'
import { GetPublicKeyCommand, KMSClient, SignCommand } from '@aws-sdk/client-kms'
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  NotFound,
  PutObjectCommand,
  S3Client
} from '@aws-sdk/client-s3'
import { DynamoDBDocumentClient, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb'
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { dynamoAccess } from '../../functions/adapters/access.ts'
import { dynamoEventLog } from '../../functions/adapters/event-log.ts'
import { type FunctionName, functionNames, functionOf } from '../../lib/functions.ts'
import {
  checkpointPermissions,
  photoPermissions,
  queueActions,
  sitePermissions,
  streamActions,
  tablePermissions
} from '../../lib/permissions.ts'
import { type TableName, tables } from '../../lib/tables.ts'
import { type EmbeddedDynamo, startDynalite } from '../contract/dynalite.ts'
import { formerSite } from '../flows/former-site.ts'
import { emptyForm } from '../form/empty-form.ts'
import { eventOf } from '../http/client.ts'
import { plan } from '../http/plans.ts'
import { full, functionOfTemplate, least, type Synthesised, synthesise } from './synth.ts'

/** What IAM calls the operation of a command. */
const actionOf: Readonly<Record<string, string>> = {
  GetCommand: 'GetItem',
  PutCommand: 'PutItem',
  QueryCommand: 'Query',
  ScanCommand: 'Scan',
  UpdateCommand: 'UpdateItem'
}

type Sent = Record<string, Set<string>>

/** Every command that each function sent, by table; the bucket counts as one. */
const sent = new Map<FunctionName, Sent>()
let running: FunctionName | undefined
const tableOf = new Map<string, TableName>()

const record = (where: string, action: string) => {
  if (running === undefined) return
  const bySite = sent.get(running) ?? {}
  bySite[where] = (bySite[where] ?? new Set()).add(action)
  sent.set(running, bySite)
}

const checkpoints = new Map<string, string>()
const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const before = { ...process.env }
let dynamo: EmbeddedDynamo
const receiver = createServer((_request, response) => void response.end())

/** Loads a function on a day and calls it; what it sends is put down to it. */
const run = async (name: FunctionName, date: string, events: readonly unknown[]): Promise<readonly unknown[]> => {
  process.env.FIXED_DATE = date
  const { handler } = await import(`../../functions/${name}.ts`)
  const answers: unknown[] = []
  running = name
  for (const event of events) answers.push(await handler(event, {} as Context))
  running = undefined
  return answers
}

const streamEvent = (project: string, versions: readonly number[]) => ({
  Records: versions.map(version => ({
    dynamodb: {
      SequenceNumber: String(version),
      Keys: { project: { S: project } },
      NewImage: { version: { N: String(version) } }
    }
  }))
})

beforeAll(async () => {
  dynamo = await startDynalite()
  for (const table of Object.keys(tables) as TableName[]) {
    const name = await dynamo.makeTable(table)
    tableOf.set(name, table)
    process.env[tables[table].variable] = name
  }
  await new Promise<void>(resolve => receiver.listen(0, '127.0.0.1', resolve))
  const address = receiver.address()
  Object.assign(process.env, {
    DYNAMODB_ENDPOINT: dynamo.endpoint,
    SITE_BUCKET: 'a-bucket',
    FORM_DIR: emptyForm(),
    CHECKPOINT_BUCKET: 'another-bucket',
    CHECKPOINT_KEY: 'a-key',
    CHANNELS: JSON.stringify([
      {
        type: 'webhook',
        name: 'bureau',
        url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`,
        secret: `whsec_${Buffer.from('a secret of many bytes').toString('base64')}`
      }
    ]),
    AWS_REGION: 'local',
    POWERTOOLS_METRICS_DISABLED: 'true',
    POWERTOOLS_LOG_LEVEL: 'CRITICAL'
  })

  type Send = (this: DynamoDBDocumentClient, command: unknown) => Promise<object>
  const send = DynamoDBDocumentClient.prototype.send as unknown as Send
  const overtaken = new Set<FunctionName>()
  vi.spyOn(DynamoDBDocumentClient.prototype, 'send').mockImplementation(async function (
    this: DynamoDBDocumentClient,
    command
  ) {
    const { TableName = '' } = command.input as { TableName?: string }
    const table = tableOf.get(TableName)
    record(table ?? TableName, actionOf[command.constructor.name] ?? command.constructor.name)
    const { Item } = command.input as { Item?: Record<string, unknown> }
    if (running && table === 'log' && command instanceof PutCommand && Item?.version !== 1 && !overtaken.has(running)) {
      // Another process was quicker with the same version, so that the append has to look who it was.
      overtaken.add(running)
      const other = new PutCommand({ TableName, Item: { ...Item, hash: 'f'.repeat(64) } })
      await send.call(this, other)
    }
    return send.call(this, command)
  })
  vi.spyOn(S3Client.prototype, 'send').mockImplementation(async command => {
    record('bucket', command.constructor.name)
    if (command instanceof HeadObjectCommand) throw new NotFound({ message: 'none', $metadata: {} })
    if (command instanceof GetObjectCommand && command.input.Key === 'data/index.json')
      return { Body: { transformToString: async () => JSON.stringify(formerSite) } }
    if (running !== 'sign-checkpoint') return {}
    if (command instanceof PutObjectCommand) checkpoints.set(String(command.input.Key), String(command.input.Body))
    if (command instanceof ListObjectsV2Command) return { Contents: [...checkpoints.keys()].map(Key => ({ Key })) }
    if (!(command instanceof GetObjectCommand)) return {}
    const note = checkpoints.get(String(command.input.Key))
    return { Body: { transformToString: async () => note } }
  })
  vi.spyOn(KMSClient.prototype, 'send').mockImplementation(async command => {
    record('key', command.constructor.name)
    return command instanceof GetPublicKeyCommand
      ? { PublicKey: keys.publicKey.export({ type: 'spki', format: 'der' }) }
      : { Signature: sign('sha256', Buffer.from('a text'), keys.privateKey) }
  })

  const admin = await dynamoAccess(dynamo.client, process.env.ACCESS_TABLE ?? '').issue(
    { role: 'admin', name: 'admin', projects: [] },
    '2021-06-21T00:00:00.000Z'
  )
  const colleague = await dynamoAccess(dynamo.client, process.env.ACCESS_TABLE ?? '').issue(
    { role: 'admin', name: 'colleague', projects: [] },
    '2021-06-21T00:00:00.000Z'
  )
  const ask = (method: string, path: string, body?: unknown): APIGatewayProxyEventV2 =>
    eventOf(method, path, { token: admin.token, ...(body === undefined ? {} : { body }) })
  const late = {
    milestoneId: 'C3',
    percentComplete: 40,
    actualStart: '2021-03-02',
    forecastFinish: '2021-09-30',
    delay: { code: 'WEATHER' }
  }
  const answers = await run('api', '2021-06-21', [
    ask('GET', '/v1/health'),
    ask('PUT', '/v1/projects/school', plan()),
    ask('POST', '/v1/projects/school/reports', { noChange: true }),
    ask('PUT', '/v1/projects/kindergarten', plan({ id: 'kindergarten' })),
    ask('POST', '/v1/projects/school/reports', { reports: [late] }),
    ask('GET', '/v1/projects/school'),
    ask('GET', '/v1/projects/school?dataDate=2021-06-01'),
    ask('GET', '/v1/projects/school/history'),
    ask('GET', '/v1/projects'),
    ask('GET', '/v1/flags'),
    ask('GET', '/v1/deliveries'),
    ask('GET', '/v1/changes?since=2021-06-01'),
    ask('POST', '/v1/tokens', { role: 'viewer', name: 'somebody' }),
    ask('DELETE', `/v1/tokens/${colleague.grant.id}`)
  ])
  const statuses = answers.map(answer => (answer as { statusCode: number }).statusCode)
  expect(Math.max(...statuses), statuses.join(' ')).toBeLessThan(300)
  const commits = await dynamoEventLog(dynamo.client, process.env.LOG_TABLE ?? '').commits('school')
  const feed = [
    streamEvent(
      'school',
      commits.map(({ version }) => version)
    )
  ]
  await run('project-state', '2021-06-21', feed)
  await run('send-notices', '2021-06-21', feed)
  await run('publish-status', '2021-06-21', [...feed, { source: 'aws.events' }])
  // A month of silence later everything is due; 19 July 2021 was a Monday.
  await run('review-schedules', '2021-07-19', [{}])
  // The second finds that the day has its checkpoint.
  await run('sign-checkpoint', '2021-07-19', [{}, {}])
  await run('send-notices', '2021-07-19', [{}])
  await run('send-digests', '2021-07-19', [{}])
  const { Items: [delivery] = [] } = await dynamo.client.send(
    new ScanCommand({ TableName: process.env.DELIVERY_TABLE, Limit: 1 })
  )
  const due = { ...delivery, status: 'queued', dueAt: '2021-07-19T00:30:00.000Z' }
  await dynamo.client.send(new PutCommand({ TableName: process.env.DELIVERY_TABLE, Item: due }))
  await run('retry-deliveries', '2021-07-19', [
    {},
    { Records: [{ messageId: '1', body: JSON.stringify({ key: delivery?.key }) }] }
  ])
}, 60_000)

afterAll(async () => {
  vi.restoreAllMocks()
  process.env = before
  receiver.close()
  await dynamo.stop()
})

describe.each(functionNames)('%s', name => {
  test('sends to its tables what it may, all of it and nothing else', () => {
    const { bucket: _bucket, key: _key, ...byTable } = sent.get(name) ?? {}
    const seen = Object.fromEntries(Object.entries(byTable).map(([table, actions]) => [table, [...actions].sort()]))
    const may = Object.fromEntries(
      Object.entries(tablePermissions[name]).map(([table, actions]) => [table, [...actions].sort()])
    )
    expect(seen).toEqual(may)
  })

  test('sends to a bucket only if it publishes or signs, and to a key only if it signs', () => {
    const commands = [...(sent.get(name)?.bucket ?? [])].sort()
    expect(commands).toEqual(toBuckets[name] ?? [])
    expect([...(sent.get(name)?.key ?? [])].sort()).toEqual(
      name === 'sign-checkpoint' ? [GetPublicKeyCommand.name, SignCommand.name] : []
    )
  })
})

const toBuckets: Readonly<Partial<Record<FunctionName, readonly string[]>>> = {
  'publish-status': [DeleteObjectCommand.name, GetObjectCommand.name, HeadObjectCommand.name, PutObjectCommand.name],
  'sign-checkpoint': [GetObjectCommand.name, ListObjectsV2Command.name, PutObjectCommand.name]
}

interface Statement {
  readonly Effect: string
  readonly Action: string | readonly string[]
  readonly Resource: unknown
  readonly Condition?: unknown
}

const listOf = <Item>(value: Item | readonly Item[]): readonly Item[] => [value].flat() as readonly Item[]

/** What the role of a function may do: `action resource`, with resources by their type in the template. */
const grantsOf = (template: Synthesised, name: FunctionName): readonly string[] => {
  const [role] = functionOfTemplate(template, name).Properties.Role['Fn::GetAtt']
  expect(template.resources[role]?.Properties.ManagedPolicyArns, 'no managed policy').toBeUndefined()
  return template
    .ofType('AWS::IAM::Policy')
    .filter(({ Properties }) => Properties.Roles.some(({ Ref }: { Ref: string }) => Ref === role))
    .flatMap(({ Properties }): readonly Statement[] => Properties.PolicyDocument.Statement)
    .flatMap(({ Effect, Action, Resource }) => {
      expect(Effect).toBe('Allow')
      return listOf(Action).flatMap(action =>
        listOf(Resource).map(resource => `${action} ${nameOf(template, resource)}`)
      )
    })
    .sort()
}

/** Names a resource by what it is: a table by its variable, so that tables are told apart. */
const nameOf = (template: Synthesised, resource: unknown): string => {
  if (typeof resource === 'string') return resource
  if (JSON.stringify(resource).includes(`:secret:${full.aws.channels.secretName}-??????`))
    return 'the secret of the channels'
  const [, id, attribute, rest] =
    /^\{(?:"Fn::Join":\["",\[\{)?"Fn::GetAtt":\["(\w+)","(\w+)"\]\}(?:,"([^"]+)"\]\]\})?$/.exec(
      JSON.stringify(resource)
    ) ?? []
  const found = template.resources[id ?? '']
  if (!found) throw new Error(`a policy names no resource of the template: ${JSON.stringify(resource)}`)
  const table = found.Type === 'AWS::DynamoDB::Table' ? `:${tableNameOf(template, id ?? '')}` : ''
  const queue = found.Type === 'AWS::SQS::Queue' && found.Properties.RedrivePolicy ? ':retries' : ''
  return `${found.Type}${table}${queue}${attribute === 'StreamArn' ? ':stream' : ''}${rest ?? ''}`
}

const tableNameOf = (template: Synthesised, id: string): string => {
  const holder = template
    .ofType('AWS::Lambda::Function')
    .flatMap(({ Properties }) => Object.entries(Properties.Environment?.Variables ?? {}))
    .find(([, value]) => JSON.stringify(value) === JSON.stringify({ Ref: id }))
  return Object.entries(tables).find(([, { variable }]) => variable === holder?.[0])?.[0] ?? id
}

const streamsOf: Readonly<Record<FunctionName, readonly string[]>> = {
  api: [],
  'project-state': ['log'],
  'send-notices': ['log'],
  'publish-status': ['state'],
  'review-schedules': [],
  'sign-checkpoint': [],
  'send-digests': [],
  'retry-deliveries': []
}

/** By a stream or a schedule, whose failed events Lambda hands over in the name of the function. */
const isFed = (name: FunctionName): boolean =>
  functionOf(name).triggers.some(({ type }) => type === 'stream' || type === 'schedule')

const sends = (name: FunctionName): boolean => functionOf(name).settings.includes('RETRY_QUEUE')

const photoGrants = (name: FunctionName): readonly string[] => {
  if (name !== 'api' && name !== 'publish-status') return []
  const { objects, bucket } = photoPermissions[name]
  return [
    ...Object.entries(objects).flatMap(([prefix, actions]) =>
      actions.map(action => `${action} AWS::S3::Bucket/${prefix}/*`)
    ),
    ...bucket.map(action => `${action} AWS::S3::Bucket`)
  ]
}

const secretGrant = 'secretsmanager:GetSecretValue the secret of the channels'

describe.each([
  ['aws', synthesise('aws', full.aws), [secretGrant, `sns:Publish ${full.aws.channels.topics[0]}`], photoGrants],
  // A mirror has no address over which photographs could be taken.
  ['aws-cn', synthesise('aws-cn', least['aws-cn']), [], () => []]
] as const)('in the template for %s', (_partition, template, channelGrants, photosOf) => {
  test.each(functionNames)(
    '%s is granted what it sends, its own log, its streams, queues and channels, and nothing more',
    name => {
      const expected = [
        'logs:CreateLogStream AWS::Logs::LogGroup',
        'logs:PutLogEvents AWS::Logs::LogGroup',
        ...Object.entries(tablePermissions[name]).flatMap(([table, actions]) =>
          actions.map(action => `dynamodb:${action} AWS::DynamoDB::Table:${table}`)
        ),
        ...streamsOf[name].flatMap(table =>
          streamActions.map(action => `${action} AWS::DynamoDB::Table:${table}:stream`)
        ),
        ...(isFed(name) ? ['sqs:SendMessage AWS::SQS::Queue'] : []),
        ...(sends(name) ? ['sqs:SendMessage AWS::SQS::Queue:retries', ...channelGrants] : []),
        ...(name === 'retry-deliveries' ? queueActions.map(action => `${action} AWS::SQS::Queue:retries`) : []),
        ...photosOf(name),
        ...(name === 'publish-status'
          ? [
              ...sitePermissions.objects.map(action => `${action} AWS::S3::Bucket/*`),
              ...sitePermissions.bucket.map(action => `${action} AWS::S3::Bucket`)
            ]
          : []),
        ...(name === 'sign-checkpoint'
          ? [
              ...checkpointPermissions.objects.map(action => `${action} AWS::S3::Bucket/*`),
              ...checkpointPermissions.bucket.map(action => `${action} AWS::S3::Bucket`),
              ...checkpointPermissions.key.map(action => `${action} AWS::KMS::Key`)
            ]
          : [])
      ]
      expect(grantsOf(template, name)).toEqual(expected.sort())
    }
  )

  test('nobody may change or delete a commit', () => {
    for (const name of functionNames)
      for (const grant of grantsOf(template, name).filter(one => one.endsWith('Table:log')))
        expect(grant).toMatch(/^dynamodb:(GetItem|PutItem|Query) /)
  })

  test('no action is a pattern, and among resources only what lies in a bucket, by its prefix', () => {
    const grants = functionNames.flatMap(name => grantsOf(template, name))
    const inBuckets = [
      ...[...sitePermissions.objects, ...checkpointPermissions.objects].map(action => `${action} AWS::S3::Bucket/*`),
      ...functionNames.flatMap(photosOf)
    ]
    expect(grants.filter(grant => grant.includes('*')).toSorted()).toEqual(
      inBuckets.filter(grant => grant.includes('*')).toSorted()
    )
  })
})
