import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { UpdateCommand } from '@aws-sdk/lib-dynamodb'
import { expect, test } from 'vitest'
import { documentClient } from '../../functions/adapters/dynamo.ts'
import { localTableName } from '../../lib/local/local-functions.ts'
import { makeDirectory, type RunningTracker, startTracker } from './tracker.ts'

const projectsWithFlags = async (tracker: RunningTracker): Promise<ReadonlySet<string>> => {
  const { flags } = (await (await tracker.call('/v1/flags')).json()) as { flags: { project: string }[] }
  return new Set(flags.map(({ project }) => project))
}

test('a snapshot that another version of the tracker has left unreadable is made again at the start, before anybody looks', async () => {
  const directory = makeDirectory()
  const before = await startTracker(directory)
  expect(await projectsWithFlags(before)).toContain('no39-north')
  const { dynamodb } = JSON.parse(readFileSync(join(directory, 'run.json'), 'utf8'))
  const client = documentClient({ endpoint: dynamodb })
  await client.send(
    new UpdateCommand({
      TableName: localTableName('state'),
      Key: { project: 'no39-north' },
      UpdateExpression: 'SET #body = :body',
      ExpressionAttributeNames: { '#body': 'body' },
      ExpressionAttributeValues: { ':body': '{"status":"of another time"}' }
    })
  )
  client.destroy()
  expect(await projectsWithFlags(before)).not.toContain('no39-north')
  await before.kill()

  const after = await startTracker(directory)
  expect(await projectsWithFlags(after)).toContain('no39-north')
  await after.stop()
})
