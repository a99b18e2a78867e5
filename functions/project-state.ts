import { builtInCalendars } from '../data/calendars.ts'
import { clockOf } from './adapters/clock.ts'
import { documentClient } from './adapters/dynamo.ts'
import { readEnvironment } from './adapters/env.ts'
import { dynamoEventLog } from './adapters/event-log.ts'
import { dynamoStateStore } from './adapters/state-store.ts'
import { streamHandler } from './adapters/stream.ts'
import { lambdaTelemetry } from './adapters/telemetry.ts'
import { refreshSnapshot } from './flows/refresh.ts'

const env = readEnvironment(['LOG_TABLE', 'STATE_TABLE', 'DYNAMODB_ENDPOINT', 'FIXED_DATE', 'POLICY'])
const client = documentClient({ endpoint: env.DYNAMODB_ENDPOINT })
const deps = {
  log: dynamoEventLog(client, env.LOG_TABLE),
  store: dynamoStateStore(client, env.STATE_TABLE),
  rules: { policy: env.POLICY, calendars: builtInCalendars },
  clock: clockOf(env.FIXED_DATE)
}

/** Keeps the snapshots up with the log, on the stream of the log. Projects fail and are retried one by one. */
export const handler = streamHandler(
  lambdaTelemetry('project-state'),
  ({ project }) => refreshSnapshot(project, deps),
  'per-project'
)
