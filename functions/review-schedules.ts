import { builtInCalendars } from '../data/calendars.ts'
import { bureauLogOver } from './adapters/bureau-log.ts'
import { clockOf } from './adapters/clock.ts'
import { documentClient } from './adapters/dynamo.ts'
import { readEnvironment } from './adapters/env.ts'
import { dynamoEventLog, dynamoLogTable } from './adapters/event-log.ts'
import { dynamoStateStore } from './adapters/state-store.ts'
import { lambdaTelemetry } from './adapters/telemetry.ts'
import { changeBureau } from './flows/change-bureau.ts'
import { throwFailures } from './flows/in-parallel.ts'
import { reviewDue, reviewer } from './flows/review.ts'

const env = readEnvironment(['LOG_TABLE', 'STATE_TABLE', 'DYNAMODB_ENDPOINT', 'FIXED_DATE', 'POLICY'])
const client = documentClient({ endpoint: env.DYNAMODB_ENDPOINT })
const telemetry = lambdaTelemetry('review-schedules')
const deps = {
  log: dynamoEventLog(client, env.LOG_TABLE),
  bureau: bureauLogOver(dynamoLogTable(client, env.LOG_TABLE)),
  store: dynamoStateStore(client, env.STATE_TABLE),
  rules: { policy: env.POLICY, calendars: builtInCalendars },
  clock: clockOf(env.FIXED_DATE)
}

/**
 * The daily review on a schedule: what the passing of time alone has changed. That it came to its end is written down for
 * whoever asks after the tracker's health. Fails when a project could not be reviewed.
 */
export const handler = async (): Promise<void> => {
  const { reviewed, changed, failures } = await reviewDue(deps)
  await changeBureau(() => [{ type: 'review-ended', at: deps.clock.now() }], reviewer, deps)
  telemetry.info('reviewed', { reviewed, changed, failed: failures.length })
  telemetry.count('projectsReviewed', reviewed)
  telemetry.count('reviewsFailed', failures.length)
  telemetry.flush()
  throwFailures('review-schedules', failures)
}
