import { builtInCalendars } from '../data/calendars.ts'
import { channelsOf } from './adapters/channels/configured.ts'
import { clockOf } from './adapters/clock.ts'
import { dynamoDeliveryLog } from './adapters/delivery-log.ts'
import { sha256 } from './adapters/digest.ts'
import { documentClient } from './adapters/dynamo.ts'
import { readEnvironment } from './adapters/env.ts'
import { dynamoStateStore } from './adapters/state-store.ts'
import { lambdaTelemetry, unreadableSnapshot } from './adapters/telemetry.ts'
import { throwFailures } from './flows/in-parallel.ts'
import { sendDigests } from './flows/notify.ts'

const env = readEnvironment([
  'STATE_TABLE',
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
const telemetry = lambdaTelemetry('send-digests')
const deps = {
  store: dynamoStateStore(client, env.STATE_TABLE, unreadableSnapshot(telemetry)),
  deliveries: dynamoDeliveryLog(client, env.DELIVERY_TABLE),
  channels: channelsOf(env, clock),
  rules: { policy: env.POLICY, calendars: builtInCalendars },
  clock,
  hash: sha256
}

/** The digests of 08:30 on a schedule; it passes over days that do not work. Fails when a message could not be sent. */
export const handler = async (): Promise<void> => {
  const failures = await sendDigests(deps)
  telemetry.count('digestsFailed', failures.length)
  telemetry.flush()
  throwFailures('send-digests', failures)
}
