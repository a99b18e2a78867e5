import { deliveringOf, deliveringVariables } from './adapters/delivering.ts'
import { documentClient } from './adapters/dynamo.ts'
import { readEnvironment } from './adapters/env.ts'
import { queueHandler } from './adapters/queue.ts'
import { lambdaTelemetry } from './adapters/telemetry.ts'
import { retryDelivery } from './flows/deliver.ts'

const env = readEnvironment([...deliveringVariables, 'DYNAMODB_ENDPOINT'])
const telemetry = lambdaTelemetry('retry-deliveries')
const deps = deliveringOf(env, documentClient({ endpoint: env.DYNAMODB_ENDPOINT }), telemetry)

/** Looks again at deliveries that a receiver turned away, that waited for their turn, or whose process died. */
export const handler = queueHandler(telemetry, key => retryDelivery(key, deps))
