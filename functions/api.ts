import { builtInCalendars } from '../data/calendars.ts'
import { dynamoAccess, dynamoAccessTable } from './adapters/access.ts'
import { bureauLogOver } from './adapters/bureau-log.ts'
import { clockOf } from './adapters/clock.ts'
import { dynamoDeliveryLog } from './adapters/delivery-log.ts'
import { sha256 } from './adapters/digest.ts'
import { documentClient } from './adapters/dynamo.ts'
import { readEnvironment } from './adapters/env.ts'
import { rememberingEventLog } from './adapters/event-log.remembered.ts'
import { dynamoEventLog, dynamoLogTable } from './adapters/event-log.ts'
import { guessLimit } from './adapters/guess-limit.ts'
import { configuredPhotoStore } from './adapters/photo-store.configured.ts'
import { sessionsOver } from './adapters/sessions.ts'
import { dynamoStateStore } from './adapters/state-store.ts'
import { lambdaTelemetry, unreadableSnapshot } from './adapters/telemetry.ts'
import { createApi } from './http/api.ts'

const env = readEnvironment([
  'LOG_TABLE',
  'STATE_TABLE',
  'ACCESS_TABLE',
  'DELIVERY_TABLE',
  'AUTHORISATION',
  'PHOTO_DIR',
  'PHOTO_BUCKET',
  'DYNAMODB_ENDPOINT',
  'FIXED_DATE',
  'POLICY'
])
const client = documentClient({ endpoint: env.DYNAMODB_ENDPOINT })
const telemetry = lambdaTelemetry('api')

/** The HTTP API: every route of `http/routes.ts`, on events of an API Gateway HTTP API (payload 2.0). */
export const handler = createApi(
  {
    log: rememberingEventLog(dynamoEventLog(client, env.LOG_TABLE)),
    bureau: bureauLogOver(dynamoLogTable(client, env.LOG_TABLE)),
    store: dynamoStateStore(client, env.STATE_TABLE, unreadableSnapshot(telemetry)),
    access: dynamoAccess(client, env.ACCESS_TABLE),
    guesses: guessLimit(),
    sessions: sessionsOver(dynamoAccessTable(client, env.ACCESS_TABLE)),
    deliveries: dynamoDeliveryLog(client, env.DELIVERY_TABLE),
    photos: configuredPhotoStore(env),
    authorisation: env.AUTHORISATION,
    rules: { policy: env.POLICY, calendars: builtInCalendars },
    clock: clockOf(env.FIXED_DATE),
    hash: sha256,
    demonstrationClock: env.FIXED_DATE !== undefined
  },
  (error, event) =>
    telemetry.error('a request failed', error, { requestId: event.requestContext.requestId, route: event.rawPath })
)
