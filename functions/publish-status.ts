import type { DynamoDBBatchResponse, DynamoDBStreamEvent, ScheduledEvent } from 'aws-lambda'
import { builtInCalendars } from '../data/calendars.ts'
import { clockOf } from './adapters/clock.ts'
import { documentClient } from './adapters/dynamo.ts'
import { readEnvironment } from './adapters/env.ts'
import { dynamoEventLog } from './adapters/event-log.ts'
import { readFormPrograms } from './adapters/form-programs.ts'
import { configuredPageStore } from './adapters/page-store.configured.ts'
import { configuredPhotoStore } from './adapters/photo-store.configured.ts'
import { dynamoStateStore } from './adapters/state-store.ts'
import { failedRecords, recordsOf } from './adapters/stream.ts'
import { lambdaTelemetry, unreadableSnapshot } from './adapters/telemetry.ts'
import { throwFailures } from './flows/in-parallel.ts'
import { type Publication, publishAll, publishProjects } from './flows/publish.ts'
import { openApiDocument } from './http/openapi.ts'
import { routes } from './http/routes.ts'

const env = readEnvironment([
  'LOG_TABLE',
  'STATE_TABLE',
  'DYNAMODB_ENDPOINT',
  'SITE_DIR',
  'SITE_BUCKET',
  'SITE_URL',
  'FORM_DIR',
  'PHOTO_DIR',
  'PHOTO_BUCKET',
  'FIXED_DATE',
  'POLICY'
])
const client = documentClient({ endpoint: env.DYNAMODB_ENDPOINT })
const telemetry = lambdaTelemetry('publish-status')
const deps = {
  log: dynamoEventLog(client, env.LOG_TABLE),
  store: dynamoStateStore(client, env.STATE_TABLE, unreadableSnapshot(telemetry)),
  pages: configuredPageStore(env),
  rules: { policy: env.POLICY, calendars: builtInCalendars },
  clock: clockOf(env.FIXED_DATE),
  demonstrationClock: env.FIXED_DATE !== undefined,
  siteUrl: env.SITE_URL,
  photos: configuredPhotoStore(env),
  form: () => readFormPrograms(env.FORM_DIR)
}

/** Publishes the pages of the projects in a batch of the state's stream; on a schedule, the whole site. */
export const handler = async (
  event: DynamoDBStreamEvent | ScheduledEvent
): Promise<DynamoDBBatchResponse | undefined> => {
  if (!('Records' in event)) {
    const publication = await publishAll(openApiDocument(routes), deps)
    tell(publication)
    throwFailures('publish-status', publication.failures)
    return undefined
  }
  const records = recordsOf(event)
  const publication = await publishProjects([...new Set(records.map(({ project }) => project))], deps)
  tell(publication)
  const failed = new Set(publication.failures.map(({ item }) => item))
  return failedRecords(records.filter(({ project }) => failed.has(project)))
}

const tell = ({ written, failures, lostPhotos }: Publication) => {
  telemetry.info('published', { written: written.length, failed: failures.length })
  for (const { item, error } of failures) telemetry.error('a project could not be published', error, { project: item })
  if (lostPhotos.length > 0) telemetry.warn('photographs are lost', { count: lostPhotos.length, first: lostPhotos[0] })
  telemetry.count('pagesWritten', written.length)
  telemetry.flush()
}
