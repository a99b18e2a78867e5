import { Duration, Validations } from 'aws-cdk-lib'
import { type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam'
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs'
import { Construct } from 'constructs'

/** How long an event that nobody could handle is kept: the longest that SQS can. */
export const keptFor = Duration.days(14)

/**
 * Where the events of one function go after their last retry, from every asynchronous edge that leads to it: its streams,
 * its schedule, Lambda's own queue. One a function, so that an alarm names what is broken.
 */
export class FailedEvents extends Construct {
  readonly queue: Queue

  constructor(scope: Construct, id: string) {
    super(scope, id)
    this.queue = new Queue(this, 'Queue', {
      retentionPeriod: keptFor,
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true
    })
    Validations.of(this.queue).acknowledge({
      id: 'AwsSolutions-SQS3',
      reason:
        'It is a dead-letter queue: Lambda destinations and an EventBridge rule write to it, nothing reads it by itself.'
    })
  }

  /** Lets a function's role hand over what it could not do: Lambda sends in its name. */
  allowSend(grantee: IGrantable): string {
    grantee.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [this.queue.queueArn] })
    )
    return this.queue.queueArn
  }
}
