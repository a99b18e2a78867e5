import { Duration } from 'aws-cdk-lib'
import { type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam'
import { EventSourceMapping } from 'aws-cdk-lib/aws-lambda'
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs'
import { Construct } from 'constructs'
import type { FailedEvents } from './failed-events.ts'
import type { Trigger } from './functions.ts'
import { queueActions } from './permissions.ts'
import type { TrackerFunction } from './tracker-function.ts'

/** Properties of {@link RetryQueue.feed}. */
export interface RetryFeedProps {
  readonly reader: TrackerFunction
  readonly trigger: Extract<Trigger, { readonly type: 'queue' }>
}

/** Times that a message is handed out before it counts as failed; each is a fault of ours, not of a receiver. */
const mostReceives = 5

/**
 * Keys of deliveries that are to be looked at again, each held back until then. What a receiver turned away is put back
 * as a new message, so what comes several times is what our own side could not handle; it ends among the failed events.
 */
export class RetryQueue extends Construct {
  readonly queue: Queue

  /** @param timeoutSeconds of the function that reads it. */
  constructor(scope: Construct, id: string, timeoutSeconds: number, failed: FailedEvents) {
    super(scope, id)
    this.queue = new Queue(this, 'Queue', {
      // Six times as long as the reader may run, as Lambda wants it; a message is not handed out twice meanwhile.
      visibilityTimeout: Duration.seconds(6 * timeoutSeconds),
      retentionPeriod: Duration.days(4),
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      deadLetterQueue: { queue: failed.queue, maxReceiveCount: mostReceives }
    })
  }

  /** Lets a function put deliveries in, and tells it where. */
  bind(sender: TrackerFunction): void {
    sender.set('RETRY_QUEUE', this.queue.queueUrl)
    this.allow(sender.lambda, ['sqs:SendMessage'])
  }

  /** Brings the messages to their reader; only those that failed come again. */
  feed({ reader, trigger }: RetryFeedProps): void {
    this.allow(reader.lambda, queueActions)
    const mapping = new EventSourceMapping(reader, 'Retries', {
      target: reader.lambda,
      eventSourceArn: this.queue.queueArn,
      batchSize: trigger.batchSize,
      reportBatchItemFailures: true
    })
    // Lambda looks whether the role may read the queue when the mapping is made.
    if (reader.lambda.role) mapping.node.addDependency(reader.lambda.role)
  }

  private allow(grantee: IGrantable, actions: readonly string[]): void {
    grantee.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({ actions: [...actions], resources: [this.queue.queueArn] })
    )
  }
}
