import { bureauLogOver } from './adapters/bureau-log.ts'
import { checkpointsOf, checkpointVariables } from './adapters/checkpoints.configured.ts'
import { clockOf } from './adapters/clock.ts'
import { sha256 } from './adapters/digest.ts'
import { documentClient } from './adapters/dynamo.ts'
import { readEnvironment } from './adapters/env.ts'
import { dynamoEventLog, dynamoLogTable } from './adapters/event-log.ts'
import { dynamoStateStore } from './adapters/state-store.ts'
import { lambdaTelemetry } from './adapters/telemetry.ts'
import { signCheckpoint } from './flows/sign-checkpoint.ts'

const env = readEnvironment(['LOG_TABLE', 'STATE_TABLE', 'DYNAMODB_ENDPOINT', 'FIXED_DATE', ...checkpointVariables])
const client = documentClient({ endpoint: env.DYNAMODB_ENDPOINT })
const telemetry = lambdaTelemetry('sign-checkpoint')
const deps = {
  log: dynamoEventLog(client, env.LOG_TABLE),
  bureau: bureauLogOver(dynamoLogTable(client, env.LOG_TABLE)),
  store: dynamoStateStore(client, env.STATE_TABLE),
  ...checkpointsOf(env),
  clock: clockOf(env.FIXED_DATE),
  hash: sha256
}

/** Signs, on a schedule after the review, where every log ends. Fails when a log has not what the last checkpoint saw in it. */
export const handler = async (): Promise<void> => {
  const outcome = await signCheckpoint(deps)
  telemetry.info('checkpoint', { outcome })
  telemetry.count('checkpointsSigned')
  telemetry.flush()
}
