import { GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb'
import { documentClient } from '../../functions/adapters/dynamo.ts'

const client = documentClient({ endpoint: process.env.DYNAMODB_ENDPOINT })

/** Asks the SDK for what the API asks it for in its first request, and does nothing with the answers. */
export const handler = async (): Promise<{ readonly statusCode: number }> => {
  await client.send(
    new GetCommand({ TableName: process.env.ACCESS_TABLE, Key: { id: 'nobody' }, ConsistentRead: true })
  )
  const { Items = [] } = await client.send(
    new QueryCommand({
      TableName: process.env.LOG_TABLE,
      KeyConditionExpression: '#project = :project',
      ExpressionAttributeNames: { '#project': 'project' },
      ExpressionAttributeValues: { ':project': 'no39-north' },
      ScanIndexForward: false,
      Limit: 50
    })
  )
  return { statusCode: Items.length > 0 ? 200 : 500 }
}
