import { readFileSync } from 'node:fs'
import { QueryCommand, ScanCommand } from '@aws-sdk/lib-dynamodb'
import { marshall } from '@aws-sdk/util-dynamodb'
import type { DynamoDBRecord, DynamoDBStreamEvent, ScheduledEvent } from 'aws-lambda'
import { vi } from 'vitest'
import { dynamoEventLog } from '../../functions/adapters/event-log.ts'
import { dynamoStateStore } from '../../functions/adapters/state-store.ts'
import type { Command } from '../../functions/core/commands.ts'
import { execute } from '../../functions/flows/execute.ts'
import type { EmbeddedDynamo } from '../contract/dynalite.ts'
import { rules } from '../core/given.ts'
import { outsideData } from '../core/outside-data.ts'
import { someone } from '../flows/world.ts'

/** The functions by the name of their file. */
export type DoorName =
  | 'api'
  | 'project-state'
  | 'review-schedules'
  | 'send-notices'
  | 'send-digests'
  | 'publish-status'
  | 'retry-deliveries'
  | 'sign-checkpoint'

const variables = [
  'LOG_TABLE',
  'STATE_TABLE',
  'DELIVERY_TABLE',
  'ACCESS_TABLE',
  'DYNAMODB_ENDPOINT',
  'NOTICE_FILE',
  'CHANNELS',
  'CHANNELS_SECRET',
  'RETRY_QUEUE',
  'SITE_DIR',
  'SITE_BUCKET',
  'SITE_URL',
  'FORM_DIR',
  'CHECKPOINT_DIR',
  'CHECKPOINT_KEY_FILE',
  'CHECKPOINT_BUCKET',
  'CHECKPOINT_KEY',
  'FIXED_DATE',
  'POLICY'
]

/** Loads a function anew, as a cold start does, with these variables of the tracker and no others. */
export const openDoor = async (
  name: DoorName,
  environment: Readonly<Record<string, string>>
  // biome-ignore lint/suspicious/noExplicitAny: each function takes an event of its own
): Promise<(event: any, context?: unknown) => Promise<any>> => {
  for (const variable of variables) delete process.env[variable]
  Object.assign(
    process.env,
    { POWERTOOLS_DEV: 'false', POWERTOOLS_LOG_LEVEL: 'SILENT', POWERTOOLS_METRICS_DISABLED: 'true' },
    environment
  )
  vi.resetModules()
  const module: { readonly handler: (event: unknown, context?: unknown) => Promise<unknown> } = await import(
    `../../functions/${name}.ts`
  )
  return module.handler
}

/** Tables of the tracker in an embedded engine, and what stands in them. */
export const startTables = async (dynamo: EmbeddedDynamo) => {
  const names = {
    LOG_TABLE: await dynamo.makeTable('log'),
    STATE_TABLE: await dynamo.makeTable('state'),
    DELIVERY_TABLE: await dynamo.makeTable('delivery'),
    ACCESS_TABLE: await dynamo.makeTable('access')
  }
  const log = dynamoEventLog(dynamo.client, names.LOG_TABLE)
  const store = dynamoStateStore(dynamo.client, names.STATE_TABLE)

  const itemsOf = async (table: keyof typeof names, project?: string): Promise<Record<string, unknown>[]> => {
    const TableName = names[table]
    const { Items = [] } =
      project === undefined
        ? await dynamo.client.send(new ScanCommand({ TableName }))
        : await dynamo.client.send(
            new QueryCommand({
              TableName,
              KeyConditionExpression: '#p = :p',
              ExpressionAttributeNames: { '#p': 'project' },
              ExpressionAttributeValues: { ':p': project }
            })
          )
    return Items
  }

  return {
    names,
    log,
    store,
    environment: { ...names, DYNAMODB_ENDPOINT: dynamo.endpoint },
    itemsOf,
    /** Executes a command that must be accepted on a date. */
    accept: async (project: string, command: Command, date: string) => {
      const clock = { now: () => `${date}T02:00:00.000Z` }
      const execution = await execute({ project, command, by: someone }, { log, rules, clock })
      if (execution.type !== 'accepted') throw new Error(JSON.stringify(execution))
    }
  }
}

const sampleRecord = (): DynamoDBRecord => {
  const path = outsideData('aws-events/sam_DynamoDBUpdate.json')
  // The fields of AWS's sample where it is there; else those that a record always has.
  if (path === undefined) return { eventName: 'INSERT', eventSource: 'aws:dynamodb', awsRegion: 'cn-north-1' }
  const event: DynamoDBStreamEvent = JSON.parse(readFileSync(path, 'utf8'))
  return event.Records[0] ?? {}
}

let sequence = 0

/** Records of a stream as DynamoDB sends them, old and new image, around items that stand in a table. */
export const streamOf = (items: readonly Record<string, unknown>[]): DynamoDBStreamEvent => {
  const sample = sampleRecord()
  return {
    Records: items.map(item => {
      sequence += 1
      const image = (value: Record<string, unknown>) =>
        marshall(value) as NonNullable<NonNullable<DynamoDBRecord['dynamodb']>['NewImage']>
      const { project, version } = item
      const inLog = 'hash' in item
      return {
        ...sample,
        eventID: `event-${sequence}`,
        eventName: 'INSERT',
        dynamodb: {
          ...sample.dynamodb,
          Keys: image(inLog ? { project, version } : { project }),
          NewImage: image(item),
          SequenceNumber: String(4421584500000000017450000000n + BigInt(sequence)),
          StreamViewType: 'NEW_AND_OLD_IMAGES'
        }
      }
    })
  }
}

/** The event of a queue with messages of retries. */
export const queued = (keys: readonly string[]) => ({
  Records: keys.map((key, i) => ({ messageId: `message-${i}`, body: JSON.stringify({ key }) }))
})

/** The event of a schedule: AWS's own sample where it is there. */
export const scheduled = (): ScheduledEvent => {
  const path = outsideData('aws-events/sam_ScheduledEvent.json')
  return path === undefined
    ? {
        version: '0',
        id: 'cdc73f9d-aea9-11e3-9d5a-835b769c0d9c',
        'detail-type': 'Scheduled Event',
        source: 'aws.events',
        account: '123456789012',
        time: '2021-06-21T23:30:00Z',
        region: 'cn-north-1',
        resources: ['arn:aws-cn:events:cn-north-1:123456789012:rule/review'],
        detail: {}
      }
    : JSON.parse(readFileSync(path, 'utf8'))
}
