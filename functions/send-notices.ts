import { builtInCalendars } from '../data/calendars.ts'
import { bureauLogOver } from './adapters/bureau-log.ts'
import { clockOf } from './adapters/clock.ts'
import { deliveringOf, deliveringVariables } from './adapters/delivering.ts'
import { documentClient } from './adapters/dynamo.ts'
import { readEnvironment } from './adapters/env.ts'
import { dynamoEventLog, dynamoLogTable } from './adapters/event-log.ts'
import { streamHandler } from './adapters/stream.ts'
import { lambdaTelemetry } from './adapters/telemetry.ts'
import { notifyOfCommit } from './flows/notify.ts'

const env = readEnvironment([...deliveringVariables, 'LOG_TABLE', 'DYNAMODB_ENDPOINT', 'POLICY'])
const client = documentClient({ endpoint: env.DYNAMODB_ENDPOINT })
const telemetry = lambdaTelemetry('send-notices')
const deps = {
  ...deliveringOf(env, client, telemetry),
  log: dynamoEventLog(client, env.LOG_TABLE),
  bureau: bureauLogOver(dynamoLogTable(client, env.LOG_TABLE)),
  rules: { policy: env.POLICY, calendars: builtInCalendars },
  clock: clockOf(env.FIXED_DATE)
}

/** Tells people at once of a new red, on the stream of the log. Commits fail and are retried one by one. */
export const handler = streamHandler(
  telemetry,
  ({ project, version }) => notifyOfCommit(project, version, deps),
  'per-record'
)
