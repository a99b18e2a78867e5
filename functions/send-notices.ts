import { builtInCalendars } from '../data/calendars.ts'
import { channelsOf } from './adapters/channels/configured.ts'
import { clockOf } from './adapters/clock.ts'
import { dynamoDeliveryLog } from './adapters/delivery-log.ts'
import { sha256 } from './adapters/digest.ts'
import { documentClient } from './adapters/dynamo.ts'
import { readEnvironment } from './adapters/env.ts'
import { dynamoEventLog } from './adapters/event-log.ts'
import { streamHandler } from './adapters/stream.ts'
import { lambdaTelemetry } from './adapters/telemetry.ts'
import { notifyOfCommit } from './flows/notify.ts'

const env = readEnvironment([
  'LOG_TABLE',
  'DELIVERY_TABLE',
  'DYNAMODB_ENDPOINT',
  'NOTICE_FILE',
  'WEBHOOK_URL',
  'WEBHOOK_SECRET',
  'FIXED_DATE',
  'POLICY'
])
const client = documentClient({ endpoint: env.DYNAMODB_ENDPOINT })
const clock = clockOf(env.FIXED_DATE)
const deps = {
  log: dynamoEventLog(client, env.LOG_TABLE),
  deliveries: dynamoDeliveryLog(client, env.DELIVERY_TABLE),
  channels: channelsOf(env, clock),
  rules: { policy: env.POLICY, calendars: builtInCalendars },
  clock,
  hash: sha256
}

/** Tells people at once of a new red, on the stream of the log. Commits fail and are retried one by one. */
export const handler = streamHandler(
  lambdaTelemetry('send-notices'),
  ({ project, version }) => notifyOfCommit(project, version, deps),
  'per-record'
)
