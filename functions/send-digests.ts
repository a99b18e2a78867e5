import { builtInCalendars } from '../data/calendars.ts'
import { bureauLogOver } from './adapters/bureau-log.ts'
import { clockOf } from './adapters/clock.ts'
import { deliveringOf, deliveringVariables } from './adapters/delivering.ts'
import { documentClient } from './adapters/dynamo.ts'
import { readEnvironment } from './adapters/env.ts'
import { dynamoLogTable } from './adapters/event-log.ts'
import { dynamoStateStore } from './adapters/state-store.ts'
import { lambdaTelemetry, unreadableSnapshot } from './adapters/telemetry.ts'
import { throwFailures } from './flows/in-parallel.ts'
import { sendDigests } from './flows/send-digests.ts'

const env = readEnvironment([...deliveringVariables, 'LOG_TABLE', 'STATE_TABLE', 'DYNAMODB_ENDPOINT', 'POLICY'])
const client = documentClient({ endpoint: env.DYNAMODB_ENDPOINT })
const telemetry = lambdaTelemetry('send-digests')
const deps = {
  ...deliveringOf(env, client, telemetry),
  bureau: bureauLogOver(dynamoLogTable(client, env.LOG_TABLE)),
  store: dynamoStateStore(client, env.STATE_TABLE, unreadableSnapshot(telemetry)),
  rules: { policy: env.POLICY, calendars: builtInCalendars },
  clock: clockOf(env.FIXED_DATE)
}

/** The digests of 08:30 on a schedule; it passes over days that do not work. Fails when a message could not be sent. */
export const handler = async (): Promise<void> => {
  const failures = await sendDigests(deps)
  telemetry.count('digestsFailed', failures.length)
  telemetry.flush()
  throwFailures('send-digests', failures)
}
