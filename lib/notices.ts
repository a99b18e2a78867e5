import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions'
import { PolicyStatement } from 'aws-cdk-lib/aws-iam'
import { Secret } from 'aws-cdk-lib/aws-secretsmanager'
import { Topic } from 'aws-cdk-lib/aws-sns'
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions'
import { Construct } from 'constructs'
import type { TrackerConfig } from './config.ts'
import type { TrackerFunction } from './tracker-function.ts'

/**
 * Who is told of what: the operators of alarms, by e-mail; everybody else of projects, over the channels of the sending
 * functions.
 */
export class Notices extends Construct {
  readonly operators: Topic
  /** What an alarm does. */
  readonly tellOperators: SnsAction

  constructor(scope: Construct, id: string, { recipients, stage }: TrackerConfig) {
    super(scope, id)
    // CloudWatch may not publish to a topic under the key that AWS manages, and one of ours for a line of text would cost
    // more than the rest of the tracker; what goes through it names an alarm and no person.
    this.operators = new Topic(this, 'Operators', {
      displayName: `Capital project tracker ${stage}`,
      enforceSSL: true
    })
    for (const address of recipients) this.operators.addSubscription(new EmailSubscription(address))
    this.tellOperators = new SnsAction(this.operators)
  }
}

/**
 * Tells a function where the list of channels is, and lets it read that secret and publish to the topics in it. It is read
 * while the function runs: neither template nor configuration holds a key, and a new value needs no deployment.
 */
export const bindChannels = (sender: TrackerFunction, { channels }: TrackerConfig): void => {
  if (!channels) return
  const secret = Secret.fromSecretNameV2(sender, 'Channels', channels.secretName)
  sender.set('CHANNELS_SECRET', channels.secretName)
  sender.lambda.addToRolePolicy(
    // The name of a secret is followed by six characters in its ARN.
    new PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources: [`${secret.secretArn}-??????`] })
  )
  if (channels.topics.length > 0)
    sender.lambda.addToRolePolicy(new PolicyStatement({ actions: ['sns:Publish'], resources: [...channels.topics] }))
}
