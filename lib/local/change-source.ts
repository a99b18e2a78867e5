import { type AttributeValue, GetItemCommand, QueryCommand, ScanCommand } from '@aws-sdk/client-dynamodb'
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import type { DynamoDBRecord } from 'aws-lambda'
import * as z from 'zod'
import { type ItemJson, jsonOfItem } from '../dynamodb-json.ts'
import { streamRecord } from '../stream-record.ts'
import { localTableName } from './local-functions.ts'

/** How far a consumer came with one project. */
export interface Position {
  /** Of the log, the version; of the state, how many changes were delivered. */
  readonly ordinal: number
  /** Of the state, the item as it was delivered last: the old image of the next record. */
  readonly image?: ItemJson | undefined
}

/** One change, with the position of a consumer that has seen it. */
export interface Change {
  readonly project: string
  readonly record: DynamoDBRecord
  readonly position: Position
}

/** A table whose changes can be read again from any position: what DynamoDB keeps as the stream. */
export interface ChangeSource {
  readonly table: 'log' | 'state'
  /** Every project in the table. */
  readonly projects: () => AsyncIterable<string>
  /** The changes of a project after a position, oldest first, at most `limit`. */
  readonly since: (project: string, position: Position | undefined, limit: number) => Promise<readonly Change[]>
  /** The position at the end of what is there. */
  readonly head: (project: string) => Promise<Position | undefined>
}

/**
 * The stream of the log, read from the log itself: it is append only, so a record is an insertion and the position is
 * the version.
 */
export const logSource = (client: DynamoDBDocumentClient): ChangeSource => {
  const TableName = localTableName('log')
  const query = async (project: string, after: number, forward: boolean, limit: number) => {
    const { Items = [] } = await client.send(
      new QueryCommand({
        TableName,
        KeyConditionExpression: '#project = :project AND #version > :after',
        ExpressionAttributeNames: { '#project': 'project', '#version': 'version' },
        ExpressionAttributeValues: { ':project': { S: project }, ':after': { N: String(after) } },
        ScanIndexForward: forward,
        ConsistentRead: true,
        Limit: limit
      })
    )
    return Items.map(jsonOfItem)
  }
  return {
    table: 'log',
    projects: () =>
      scanProjects(client, {
        TableName,
        FilterExpression: '#version = :first',
        ExpressionAttributeNames: { '#project': 'project', '#version': 'version' },
        ExpressionAttributeValues: { ':first': { N: '1' } }
      }),
    since: async (project, position, limit) =>
      (await query(project, position?.ordinal ?? 0, true, limit)).map(image => {
        const ordinal = versionOf(image)
        return { project, position: { ordinal }, record: localRecord('log', project, ordinal, undefined, image) }
      }),
    head: async project => {
      const [last] = await query(project, 0, false, 1)
      return last && { ordinal: versionOf(last) }
    }
  }
}

/**
 * The stream of the state, read from the state itself by comparing it with what was delivered last. States that were
 * overwritten before they could be delivered are passed over; a consumer that missed them sees the last one.
 */
export const stateSource = (client: DynamoDBDocumentClient): ChangeSource => {
  const TableName = localTableName('state')
  const read = async (project: string): Promise<ItemJson | undefined> => {
    const { Item } = await client.send(
      new GetItemCommand({ TableName, Key: { project: { S: project } }, ConsistentRead: true })
    )
    return Item && jsonOfItem(Item)
  }
  return {
    table: 'state',
    projects: () => scanProjects(client, { TableName, ExpressionAttributeNames: { '#project': 'project' } }),
    since: async (project, position) => {
      const image = await read(project)
      const before = position?.image
      if (JSON.stringify(image) === JSON.stringify(before)) return []
      const ordinal = (position?.ordinal ?? 0) + 1
      return [{ project, position: { ordinal, image }, record: localRecord('state', project, ordinal, before, image) }]
    },
    head: async () => undefined
  }
}

async function* scanProjects(
  client: DynamoDBDocumentClient,
  input: ConstructorParameters<typeof ScanCommand>[0]
): AsyncIterable<string> {
  let start: Record<string, AttributeValue> | undefined
  do {
    const page = await client.send(
      new ScanCommand({
        ...input,
        ProjectionExpression: '#project',
        ConsistentRead: true,
        ...(start === undefined ? {} : { ExclusiveStartKey: start })
      })
    )
    for (const item of page.Items ?? []) yield keySchema.parse(item).project.S
    start = page.LastEvaluatedKey
  } while (start)
}

const keySchema = z.object({ project: z.object({ S: z.string() }) })
const versionSchema = z.object({ version: z.object({ N: z.string().transform(Number) }) })

const versionOf = (image: ItemJson): number => versionSchema.parse(image).version.N

/** A record of the change feed of this machine. */
export const localRecord = (
  table: 'log' | 'state',
  project: string,
  ordinal: number,
  before: ItemJson | undefined,
  after: ItemJson | undefined
): DynamoDBRecord => {
  const streamArn = `arn:aws:dynamodb:local:000000000000:table/${localTableName(table)}/stream/1970-01-01T00:00:00.000`
  return streamRecord({ table, streamArn, project, ordinal, before, after })
}
