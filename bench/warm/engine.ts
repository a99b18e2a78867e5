import { fork } from 'node:child_process'
import { once } from 'node:events'
import * as z from 'zod'
import { dynamoEventLog } from '../../functions/adapters/event-log.ts'
import { loadDemonstrationLog } from '../../lib/local/demonstration.ts'
import { startEmbeddedDynamo } from '../../lib/local/embedded-dynamodb.ts'
import { localTableName } from '../../lib/local/local-functions.ts'

/** An embedded DynamoDB in a process of its own, so that its work is not counted as ours, with the demonstration in it. */
export interface Engine {
  readonly endpoint: string
  readonly stop: () => void
}

const readySchema = z.object({ endpoint: z.string() })

/** Starts an engine in memory. */
export const startEngine = async (): Promise<Engine> => {
  const child = fork(import.meta.filename)
  const [message] = await once(child, 'message')
  return { ...readySchema.parse(message), stop: () => void child.kill() }
}

if (process.send) {
  const { endpoint, client } = await startEmbeddedDynamo()
  await loadDemonstrationLog(dynamoEventLog(client, localTableName('log')))
  process.send({ endpoint })
}
