import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb'
import { type DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb'
import { request } from './dynamo.ts'

/**
 * Puts an item in the place of the one whose `revision` is one lower, so that of two writers who read the same only one
 * gets through. An item without the attribute counts as revision 0, and so does none.
 */
export const putRevision = async (
  client: DynamoDBDocumentClient,
  TableName: string,
  item: Readonly<Record<string, unknown>>,
  revision: number
): Promise<'saved' | 'outdated'> => {
  const isFirst = revision === 1
  try {
    await request(
      'write of a delivery',
      () =>
        client.send(
          new PutCommand({
            TableName,
            Item: item,
            ConditionExpression: isFirst ? 'attribute_not_exists(#revision)' : '#revision = :before',
            ExpressionAttributeNames: { '#revision': 'revision' },
            ...(isFirst ? {} : { ExpressionAttributeValues: { ':before': revision - 1 } })
          })
        ),
      error => error instanceof ConditionalCheckFailedException
    )
    return 'saved'
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return 'outdated'
    throw error
  }
}
