import type { DynamoDBBatchResponse, DynamoDBStreamEvent, ScheduledEvent } from 'aws-lambda'
import { builtInCalendars } from '../data/calendars.ts'
import { bureauLogOver } from './adapters/bureau-log.ts'
import { clockOf } from './adapters/clock.ts'
import { deliveringOf, deliveringVariables } from './adapters/delivering.ts'
import { documentClient } from './adapters/dynamo.ts'
import { readEnvironment } from './adapters/env.ts'
import { dynamoEventLog, dynamoLogTable } from './adapters/event-log.ts'
import { dynamoStateStore } from './adapters/state-store.ts'
import { streamHandler } from './adapters/stream.ts'
import { lambdaTelemetry, unreadableSnapshot } from './adapters/telemetry.ts'
import { notifyOfCommit } from './flows/notify.ts'
import { tellOfReview } from './flows/tell-of-review.ts'

const env = readEnvironment([...deliveringVariables, 'LOG_TABLE', 'STATE_TABLE', 'DYNAMODB_ENDPOINT', 'POLICY'])
const client = documentClient({ endpoint: env.DYNAMODB_ENDPOINT })
const telemetry = lambdaTelemetry('send-notices')
const deps = {
  ...deliveringOf(env, client, telemetry),
  log: dynamoEventLog(client, env.LOG_TABLE),
  bureau: bureauLogOver(dynamoLogTable(client, env.LOG_TABLE)),
  store: dynamoStateStore(client, env.STATE_TABLE, unreadableSnapshot(telemetry)),
  rules: { policy: env.POLICY, calendars: builtInCalendars },
  clock: clockOf(env.FIXED_DATE)
}

const onStream = streamHandler(
  telemetry,
  ({ project, version }) => notifyOfCommit(project, version, deps),
  'per-record'
)

/**
 * Tells people at once of what a report brought, on the stream of the log, where commits fail and are retried one by one; on
 * a schedule after the review, of what that found.
 */
export const handler = async (
  event: DynamoDBStreamEvent | ScheduledEvent
): Promise<DynamoDBBatchResponse | undefined> => {
  if ('Records' in event) return onStream(event)
  await tellOfReview(deps)
  telemetry.flush()
  return undefined
}
