import { Duration } from 'aws-cdk-lib'
import { Rule, Schedule as RuleSchedule } from 'aws-cdk-lib/aws-events'
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets'
import { EventInvokeConfig } from 'aws-cdk-lib/aws-lambda'
import { Construct } from 'constructs'
import type { FailedEvents } from './failed-events.ts'
import { utcCron } from './schedules.ts'
import type { TrackerFunction } from './tracker-function.ts'

/** Properties of {@link DailySchedule}. */
export interface DailyScheduleProps {
  readonly runner: TrackerFunction
  /** `HH:MM` in Beijing. */
  readonly beijing: string
  readonly failed: FailedEvents
}

/** After this a run of the morning is no use any more: the next one does its work too. */
const latest = Duration.hours(6)

/**
 * Runs a function every day at a time of Beijing. A rule of EventBridge, because the scheduler is not surely there in
 * China. Both edges, from the rule to Lambda and from Lambda's queue to the function, end in the queue of failed events.
 */
export class DailySchedule extends Construct {
  constructor(scope: Construct, id: string, { runner, beijing, failed }: DailyScheduleProps) {
    super(scope, id)
    const { lambda } = runner
    const destination = failed.allowSend(lambda)
    new EventInvokeConfig(this, 'Retries', {
      function: lambda,
      retryAttempts: 2,
      maxEventAge: latest,
      onFailure: { bind: () => ({ destination }) }
    })
    new Rule(this, 'Rule', {
      description: `${runner.node.id} at ${beijing} in Beijing`,
      schedule: RuleSchedule.expression(utcCron(beijing)),
      targets: [new LambdaFunction(lambda, { deadLetterQueue: failed.queue, retryAttempts: 20, maxEventAge: latest })]
    })
  }
}
