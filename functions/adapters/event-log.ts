import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb'
import { type DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand, ScanCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod'
import { bureauLogName } from '../core/bureau.ts'
import type { CommitItem } from './commit-item.ts'
import { request } from './dynamo.ts'
import { eventLogOver, type ItemRange, type LogTable, type StoredLog } from './event-log.shared.ts'

/** The event log in a DynamoDB table: one item a commit, written with one conditional put. */
export const dynamoEventLog = (client: DynamoDBDocumentClient, tableName: string): StoredLog =>
  eventLogOver(dynamoLogTable(client, tableName))

/** The table of the logs in DynamoDB. */
export const dynamoLogTable = (client: DynamoDBDocumentClient, TableName: string): LogTable => {
  async function* query(project: string, { from, to, newestFirst, pageSize }: ItemRange): AsyncIterable<unknown> {
    if (from > to) return
    let start: Record<string, unknown> | undefined
    do {
      const page = await request(`query of the log of ${project}`, () =>
        client.send(
          new QueryCommand({
            TableName,
            KeyConditionExpression: '#project = :project AND #version BETWEEN :from AND :to',
            ExpressionAttributeNames: { '#project': 'project', '#version': 'version' },
            ExpressionAttributeValues: { ':project': project, ':from': from, ':to': to },
            ScanIndexForward: !newestFirst,
            ConsistentRead: true,
            ...(pageSize === undefined ? {} : { Limit: pageSize }),
            ...(start === undefined ? {} : { ExclusiveStartKey: start })
          })
        )
      )
      yield* page.Items ?? []
      start = page.LastEvaluatedKey
    } while (start)
  }

  const putNew = async (item: CommitItem) => {
    const what = `append of commit ${item.version} of ${item.project}`
    try {
      await request(
        what,
        () =>
          client.send(
            new PutCommand({
              TableName,
              Item: item,
              ConditionExpression: 'attribute_not_exists(#version)',
              ExpressionAttributeNames: { '#version': 'version' },
              ReturnValuesOnConditionCheckFailure: 'ALL_OLD'
            })
          ),
        error => error instanceof ConditionalCheckFailedException
      )
      return undefined
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error
      // The embedded engine does not send the item along.
      return { existingHash: error.Item?.hash?.S ?? (await hashOfItem(item.project, item.version)) }
    }
  }

  const hashOfItem = async (project: string, version: number): Promise<string | undefined> => {
    const { Item } = await request(`read of commit ${version} of ${project}`, () =>
      client.send(new GetCommand({ TableName, Key: { project, version }, ConsistentRead: true }))
    )
    return z.object({ hash: z.string() }).safeParse(Item).data?.hash
  }

  // Every key is read: a log that lost its first commit is still a log.
  async function* projects(): AsyncIterable<string> {
    const seen = new Set<string>()
    let start: Record<string, unknown> | undefined
    do {
      const page = await request('scan of the log for projects', () =>
        client.send(
          new ScanCommand({
            TableName,
            ProjectionExpression: '#project',
            ExpressionAttributeNames: { '#project': 'project' },
            ConsistentRead: true,
            ...(start === undefined ? {} : { ExclusiveStartKey: start })
          })
        )
      )
      for (const item of page.Items ?? []) {
        const { project } = z.object({ project: z.string() }).parse(item)
        if (!seen.has(project) && project !== bureauLogName) yield project
        seen.add(project)
      }
      start = page.LastEvaluatedKey
    } while (start)
  }

  return { query, putNew, projects }
}
