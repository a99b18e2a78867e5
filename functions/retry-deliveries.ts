import type { ScheduledEvent, SQSBatchResponse, SQSEvent } from 'aws-lambda'
import { deliveringOf, deliveringVariables } from './adapters/delivering.ts'
import { documentClient } from './adapters/dynamo.ts'
import { readEnvironment } from './adapters/env.ts'
import { queueHandler } from './adapters/queue.ts'
import { lambdaTelemetry } from './adapters/telemetry.ts'
import { recallForgotten, retryDelivery } from './flows/deliver.ts'

const env = readEnvironment([...deliveringVariables, 'DYNAMODB_ENDPOINT'])
const telemetry = lambdaTelemetry('retry-deliveries')
const deps = deliveringOf(env, documentClient({ endpoint: env.DYNAMODB_ENDPOINT }), telemetry)

const lookAgain = queueHandler(telemetry, key => retryDelivery(key, deps))

/**
 * Looks again at deliveries that a receiver turned away, that waited for their turn, or whose process died; on its
 * schedule, puts those back into the queue that have been forgotten there.
 */
export const handler = async (event: SQSEvent | ScheduledEvent): Promise<SQSBatchResponse | undefined> => {
  if ('Records' in event) return lookAgain(event)
  telemetry.count('deliveriesForgotten', await recallForgotten(deps))
  telemetry.flush()
  return undefined
}
