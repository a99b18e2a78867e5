import type { FunctionName } from './functions.ts'
import type { TableName } from './tables.ts'

/** An operation on items of a table, as IAM names it after `dynamodb:`. */
export type TableAction = 'GetItem' | 'PutItem' | 'Query' | 'Scan' | 'UpdateItem'

/** What a function may do, table by table. */
export type TablePermissions = Readonly<Partial<Record<TableName, readonly TableAction[]>>>

/** Appending looks at the commit that was there first, where the engine did not send it along with the refusal. */
const append = ['GetItem', 'PutItem'] as const

/** A record of the ledger is read, and written over the revision that was read. */
const deliver = ['GetItem', 'PutItem'] as const

/**
 * What every function does with its tables: all that is granted. Nobody updates or deletes an item of the log, so the
 * log is append-only by IAM too. `test/stack/permissions.test.ts` holds this to what the functions send.
 */
export const tablePermissions: Readonly<Record<FunctionName, TablePermissions>> = {
  api: {
    log: ['Query', ...append],
    state: ['Scan'],
    access: ['GetItem', 'PutItem', 'Scan', 'UpdateItem'],
    delivery: ['Scan']
  },
  'project-state': { log: ['Query'], state: ['PutItem'] },
  'send-notices': { log: ['Query', ...append], state: ['Scan'], delivery: deliver },
  'publish-status': { log: ['Query'], state: ['Scan'] },
  'review-schedules': { log: ['Query', ...append], state: ['Scan', 'PutItem'] },
  'sign-checkpoint': { log: ['Query'], state: ['Scan'] },
  'send-digests': { log: ['Query', ...append], state: ['Scan'], delivery: deliver },
  'retry-deliveries': { delivery: [...deliver, 'Scan'] }
}

/**
 * What the publishing function does with the bucket: `HeadObject` needs `s3:GetObject`, and `s3:ListBucket` (of the bucket
 * itself) for S3 to answer 404 and not 403 of a page that is not there yet.
 */
export const sitePermissions = {
  objects: ['s3:DeleteObject', 's3:GetObject', 's3:PutObject'],
  bucket: ['s3:ListBucket']
} as const

/** What the signing function does with the bucket of checkpoints; it may write there, and nobody may delete. */
export const checkpointPermissions = {
  objects: ['s3:GetObject', 's3:PutObject'],
  bucket: ['s3:ListBucket'],
  key: ['kms:GetPublicKey', 'kms:Sign']
} as const

/**
 * What is done with photographs, by prefix: the API signs uploads, which is to be allowed to put them, and looks at them
 * before a report is written; the publisher takes them over and looks whether it has. `s3:ListBucket` as above.
 */
export const photoPermissions = {
  api: { objects: { uploads: ['s3:GetObject', 's3:PutObject'] }, bucket: ['s3:ListBucket'] },
  'publish-status': {
    objects: { uploads: ['s3:GetObject'], photos: ['s3:GetObject', 's3:PutObject'] },
    bucket: ['s3:ListBucket']
  }
} as const

/** What Lambda does with a stream on behalf of the function that reads it. */
export const streamActions = [
  'dynamodb:DescribeStream',
  'dynamodb:GetRecords',
  'dynamodb:GetShardIterator',
  'dynamodb:ListStreams'
] as const

/** What Lambda does with a queue on behalf of the function that reads it. */
export const queueActions = ['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'] as const
