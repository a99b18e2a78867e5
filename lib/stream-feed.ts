import { Duration } from 'aws-cdk-lib'
import { EventSourceMapping, StartingPosition } from 'aws-cdk-lib/aws-lambda'
import { Construct } from 'constructs'
import type { FailedEvents } from './failed-events.ts'
import type { Trigger } from './functions.ts'
import type { TrackerFunction } from './tracker-function.ts'
import type { TrackerTable } from './tracker-table.ts'

/** Properties of {@link StreamFeed}. */
export interface StreamFeedProps {
  readonly table: TrackerTable
  readonly reader: TrackerFunction
  readonly trigger: Extract<Trigger, { readonly type: 'stream' }>
  readonly failed: FailedEvents
}

/**
 * Retries before an event goes to the queue. Lambda waits longer before each, so that ten bridge an outage of a receiver
 * of minutes; a record that can never be handled holds up its shard no longer than that.
 */
const retries = 10

/** A record older than this is given up: half of what the stream keeps, so that nothing falls off its end unnoticed. */
const oldestRecord = Duration.hours(12)

/** The change feed of a table into a function: only the records that failed come again, and in the end alone. */
export class StreamFeed extends Construct {
  constructor(scope: Construct, id: string, { table, reader, trigger, failed }: StreamFeedProps) {
    super(scope, id)
    const { lambda } = reader
    const destination = failed.allowSend(lambda)
    const mapping = new EventSourceMapping(this, 'Mapping', {
      target: lambda,
      eventSourceArn: table.allowStream(lambda),
      // What was written while the mapping was made anew is not passed over; handling twice does no harm.
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: trigger.batchSize,
      ...(trigger.windowSeconds > 0 && { maxBatchingWindow: Duration.seconds(trigger.windowSeconds) }),
      reportBatchItemFailures: true,
      bisectBatchOnError: true,
      retryAttempts: retries,
      maxRecordAge: oldestRecord,
      onFailure: { bind: () => ({ destination }) }
    })
    // Lambda looks whether the role may read the stream when the mapping is made.
    if (lambda.role) mapping.node.addDependency(lambda.role)
  }
}
