import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb'
import {
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  ScanCommand,
  type ScanCommandInput,
  type ScanCommandOutput
} from '@aws-sdk/lib-dynamodb'
import * as z from 'zod'
import type { IsoDate } from '../core/dates.ts'
import type { StateStore, Summary, SummaryFilter } from '../core/ports.ts'
import { request } from './dynamo.ts'
import {
  cursorAfter,
  filterFields,
  itemOfSnapshot,
  projectOfCursor,
  readableOf,
  refuseUnreadable,
  snapshotOfItem,
  summaryOfItem,
  type UnreadableListener
} from './state-store.shared.ts'

/** Parts of the table that a review reads at the same time. */
const segments = 4

const keySchema = z.object({ project: z.string() })

/** Snapshots in a DynamoDB table. Lists leave out what cannot be read and tell `onUnreadable`; by default they fail. */
export const dynamoStateStore = (
  client: DynamoDBDocumentClient,
  TableName: string,
  onUnreadable: UnreadableListener = refuseUnreadable
): StateStore => {
  const scan = (input: Omit<ScanCommandInput, 'TableName'>): Promise<ScanCommandOutput> =>
    request('scan of the states', () => client.send(new ScanCommand({ TableName, ...input })))

  async function* due(today: IsoDate): AsyncIterable<string> {
    let starts: readonly (Partial<Pick<ScanCommandInput, 'ExclusiveStartKey'>> & { readonly Segment: number })[] =
      Array.from({ length: segments }, (_, Segment) => ({ Segment }))
    while (starts.length > 0) {
      const pages = await Promise.all(
        starts.map(async start => ({
          Segment: start.Segment,
          page: await scan({
            ...start,
            TotalSegments: segments,
            FilterExpression: '#reviewDueOn <= :today',
            ProjectionExpression: '#project',
            ExpressionAttributeNames: { '#reviewDueOn': 'reviewDueOn', '#project': 'project' },
            ExpressionAttributeValues: { ':today': today },
            ConsistentRead: true
          })
        }))
      )
      for (const { page } of pages) for (const item of page.Items ?? []) yield keySchema.parse(item).project
      starts = pages.flatMap(({ Segment, page }) =>
        page.LastEvaluatedKey ? [{ Segment, ExclusiveStartKey: page.LastEvaluatedKey }] : []
      )
    }
  }

  async function* all() {
    let start: ScanCommandInput['ExclusiveStartKey']
    do {
      const page = await scan({ ConsistentRead: true, ...(start ? { ExclusiveStartKey: start } : {}) })
      yield* readableOf(page.Items ?? [], snapshotOfItem, onUnreadable)
      start = page.LastEvaluatedKey
    } while (start)
  }

  return {
    get: async project => {
      const { Item } = await request(`read of the state of ${project}`, () =>
        client.send(new GetCommand({ TableName, Key: { project }, ConsistentRead: true }))
      )
      return Item === undefined ? undefined : snapshotOfItem(Item)
    },

    put: async snapshot => {
      const item = itemOfSnapshot(snapshot)
      try {
        await request(
          `write of the state of ${snapshot.project}`,
          () =>
            client.send(
              new PutCommand({
                TableName,
                Item: item,
                ConditionExpression:
                  'attribute_not_exists(#project) OR #version < :version OR (#version = :version AND #evaluatedOn <= :on)',
                ExpressionAttributeNames: {
                  '#project': 'project',
                  '#version': 'version',
                  '#evaluatedOn': 'evaluatedOn'
                },
                ExpressionAttributeValues: { ':version': item.version, ':on': item.evaluatedOn }
              })
            ),
          error => error instanceof ConditionalCheckFailedException
        )
        return 'stored'
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return 'outdated'
        throw error
      }
    },

    due,

    list: async (filter, limit, cursor) => {
      const found: { readonly project: string; readonly summary: Summary }[] = []
      const conditions = filterOf(filter)
      let start: ScanCommandInput['ExclusiveStartKey'] =
        cursor === undefined ? undefined : { project: projectOfCursor(cursor) }
      // One more than asked for tells whether there is a next page. Limit counts items before the filter, so it only
      // helps where there is none.
      do {
        const page = await scan({
          ...conditions,
          ...(conditions.FilterExpression === undefined ? { Limit: limit + 1 - found.length } : {}),
          ...(start ? { ExclusiveStartKey: start } : {})
        })
        found.push(...readableOf(page.Items ?? [], summaryOfItem, onUnreadable))
        start = page.LastEvaluatedKey
      } while (start && found.length <= limit)
      const last = found[limit - 1]
      return {
        summaries: found.slice(0, limit).map(({ summary }) => summary),
        ...(found.length > limit && last ? { cursor: cursorAfter(last.project) } : {})
      }
    },

    all
  }
}

const filterOf = (filter: SummaryFilter): Omit<ScanCommandInput, 'TableName'> => {
  const fields = filterFields.flatMap(field => {
    const value = filter[field]
    return value === undefined ? [] : [{ field, value }]
  })
  return {
    ConsistentRead: true,
    ProjectionExpression: '#project, #summary',
    ExpressionAttributeNames: {
      '#project': 'project',
      '#summary': 'summary',
      ...Object.fromEntries(fields.map(({ field }) => [`#${field}`, field]))
    },
    ...(fields.length === 0
      ? {}
      : {
          FilterExpression: fields.map(({ field }) => `#${field} = :${field}`).join(' AND '),
          ExpressionAttributeValues: Object.fromEntries(fields.map(({ field, value }) => [`:${field}`, value]))
        })
  }
}
