import { SecretValue } from 'aws-cdk-lib'
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions'
import { Topic } from 'aws-cdk-lib/aws-sns'
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions'
import { Construct } from 'constructs'
import type { TrackerConfig } from './config.ts'
import type { TrackerFunction } from './tracker-function.ts'

/**
 * Who is told of what: the operators of alarms, by e-mail; everybody else of projects, by the webhook that the sending
 * functions post to.
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
 * Tells a function the webhook, if there is one. CloudFormation puts the values in at deployment, so that neither template
 * nor context holds them; the configuration of the function does, encrypted at rest.
 */
export const bindWebhook = (sender: TrackerFunction, { webhook }: TrackerConfig): void => {
  if (!webhook) return
  const field = (jsonField: string) =>
    SecretValue.secretsManager(webhook.secretName, {
      jsonField,
      ...(webhook.secretVersion !== undefined && { versionId: webhook.secretVersion })
    }).unsafeUnwrap()
  sender.set('WEBHOOK_URL', field('url'))
  sender.set('WEBHOOK_SECRET', field('secret'))
}
