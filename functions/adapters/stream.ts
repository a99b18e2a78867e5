import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda'
import * as z from 'zod'
import { bureauLogName } from '../core/bureau.ts'
import type { Telemetry } from './telemetry.ts'

/** A change of the log or of the state: which project, which version, and where in the stream. */
export interface ChangeRecord {
  readonly project: string
  readonly version: number
  readonly sequenceNumber: string
}

const recordSchema = z.object({
  dynamodb: z.object({
    SequenceNumber: z.string(),
    Keys: z.object({ project: z.object({ S: z.string() }) }),
    NewImage: z.object({ version: z.object({ N: z.string() }) }).optional()
  })
})

/**
 * The changes of projects in a batch of a DynamoDB stream, in its order. The bureau's own log is no project's. Deletions are
 * passed over: the tracker deletes nothing, an operator's restore might.
 * @throws ZodError when a record is of another form, so that the batch is retried and ends in its queue, never lost.
 */
export const recordsOf = (event: DynamoDBStreamEvent): readonly ChangeRecord[] =>
  event.Records.flatMap(record => {
    const { SequenceNumber, Keys, NewImage } = recordSchema.parse(record).dynamodb
    return NewImage && Keys.project.S !== bureauLogName
      ? [{ project: Keys.project.S, version: Number(NewImage.version.N), sequenceNumber: SequenceNumber }]
      : []
  })

/** The partial batch response that has these records delivered again. */
export const failedRecords = (records: readonly ChangeRecord[]): DynamoDBBatchResponse => ({
  batchItemFailures: records.map(({ sequenceNumber }) => ({ itemIdentifier: sequenceNumber }))
})

/**
 * A handler of a stream. Records of one project are worked through in their order, and after a failure its later ones
 * wait; other projects go on. With `per-project` a batch costs one piece of work per project, for work that reads the
 * whole project anyway.
 */
export const streamHandler =
  (telemetry: Telemetry, work: (record: ChangeRecord) => Promise<void>, each: 'per-record' | 'per-project') =>
  async (event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> => {
    const byProject = Map.groupBy(recordsOf(event), ({ project }) => project)
    const failed: ChangeRecord[] = []
    for (const [project, records] of byProject) {
      const pieces = each === 'per-project' ? records.slice(-1) : records
      for (const record of pieces) {
        try {
          await work(record)
        } catch (error) {
          telemetry.error('a change could not be handled', error, { project, version: record.version })
          failed.push(...records.filter(other => each === 'per-project' || other.version >= record.version))
          break
        }
      }
    }
    telemetry.count('changesFailed', failed.length)
    telemetry.flush()
    return failedRecords(failed)
  }
