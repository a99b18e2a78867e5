import { randomUUID } from 'node:crypto'
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb'
import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod'
import { request } from './dynamo.ts'

/**
 * Puts an item in the place of the one whose `revision` is one lower, so that of two writers who read the same only one
 * gets through. An item without the attribute counts as revision 0, and so does none. Each write has a name of its own
 * (`writer`): where the answer to it was lost and the SDK repeats it, the item that is there already is this very write.
 */
export const putRevision = async (
  client: DynamoDBDocumentClient,
  TableName: string,
  item: Readonly<Record<string, unknown>>,
  revision: number
): Promise<'saved' | 'outdated'> => {
  const isFirst = revision === 1
  const writer = randomUUID()
  try {
    await request(
      'write of a delivery',
      () =>
        client.send(
          new PutCommand({
            TableName,
            Item: { ...item, writer },
            ConditionExpression: isFirst ? 'attribute_not_exists(#revision)' : '#revision = :before',
            ExpressionAttributeNames: { '#revision': 'revision' },
            ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
            ...(isFirst ? {} : { ExpressionAttributeValues: { ':before': revision - 1 } })
          })
        ),
      error => error instanceof ConditionalCheckFailedException
    )
    return 'saved'
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error
    // The embedded engine does not send the item along.
    const existing = error.Item?.writer?.S ?? (await writerOf(client, TableName, item.key))
    return existing === writer ? 'saved' : 'outdated'
  }
}

const writerOf = async (
  client: DynamoDBDocumentClient,
  TableName: string,
  key: unknown
): Promise<string | undefined> => {
  const { Item } = await request('read of the writer of a delivery', () =>
    client.send(new GetCommand({ TableName, Key: { key }, ConsistentRead: true }))
  )
  return z.object({ writer: z.string() }).safeParse(Item).data?.writer
}
