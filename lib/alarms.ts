import { Duration } from 'aws-cdk-lib'
import {
  Alarm,
  type AlarmProps,
  ComparisonOperator,
  type IAlarm,
  type IMetric,
  MathExpression,
  Metric,
  Stats,
  TreatMissingData
} from 'aws-cdk-lib/aws-cloudwatch'
import type { Queue } from 'aws-cdk-lib/aws-sqs'
import { Construct } from 'constructs'
import { shippedNotices } from '../data/calendars.ts'
import type { Api } from './api.ts'
import type { TrackerConfig } from './config.ts'
import { type FailedEvents, keptFor } from './failed-events.ts'
import type { FunctionName } from './functions.ts'
import type { Notices } from './notices.ts'
import type { RetryQueue } from './retry-queue.ts'
import type { TrackerFunction } from './tracker-function.ts'

/** Properties of {@link Alarms}. */
export interface AlarmsProps {
  readonly config: TrackerConfig
  readonly api: Api
  readonly functions: ReadonlyMap<FunctionName, TrackerFunction>
  readonly failed: ReadonlyMap<FunctionName, FailedEvents>
  readonly retries: readonly RetryQueue[]
  readonly notices: Notices
}

const often = Duration.minutes(5)

/** A number that the functions write into their logs by the embedded format (`adapters/telemetry.ts`). */
export const countOf = (service: FunctionName, metricName: string, statistic = Stats.SUM, period = often): Metric =>
  new Metric({
    namespace: 'CapitalProjectTracker',
    metricName,
    dimensionsMap: { service },
    statistic,
    period
  })

/** The last year whose holidays the tracker has a notice of. */
export const lastNoticeYear: number = Math.max(...shippedNotices.map(({ year }) => year))

/** Everything that people are woken for; `docs/runbook.md` has a paragraph for each, under its id. */
export class Alarms extends Construct {
  readonly all: IAlarm[] = []
  private readonly props: AlarmsProps

  constructor(scope: Construct, id: string, props: AlarmsProps) {
    super(scope, id)
    this.props = props
    this.watchApi()
    for (const [name, fn] of props.functions) this.watchFunction(name, fn)
    for (const [name, queue] of props.failed) this.watchQueue(name, queue)
    for (const { queue } of props.retries) this.watchRetries(queue)
    this.watchDeliveries()
    this.watchSnapshots()
    this.watchReview()
    this.watchCheckpoints()
    this.watchHolidays()
  }

  private watchApi(): void {
    const { stage } = this.props.api
    const { apiErrors, apiLatencyMilliseconds } = this.props.config.thresholds
    this.raise(
      'http-errors',
      'The API answers 5xx.',
      stage.metricServerError({ statistic: Stats.SUM, period: often }),
      {
        threshold: apiErrors
      }
    )
    this.raise('http-slow', 'The API is slow.', stage.metricLatency({ statistic: 'p95', period: often }), {
      threshold: apiLatencyMilliseconds,
      evaluationPeriods: 3
    })
  }

  private watchFunction(name: FunctionName, { lambda, definition, reserved }: TrackerFunction): void {
    this.raise(`${name}-errors`, `${name} fails.`, lambda.metricErrors({ period: often }))
    // Of one copy alone the second reader of a stream is turned away every day, and comes again: no news.
    if (reserved === undefined)
      this.raise(`${name}-throttled`, `${name} is not let run.`, lambda.metricThrottles({ period: often }))
    if (definition.triggers.some(({ type }) => type === 'stream'))
      this.raise(
        `${name}-behind`,
        `${name} lags behind its stream.`,
        lambda.metric('IteratorAge', { statistic: Stats.MAXIMUM, period: often }),
        { threshold: this.props.config.thresholds.iteratorAgeSeconds * 1000, evaluationPeriods: 2 }
      )
  }

  private watchQueue(name: FunctionName, { queue }: FailedEvents): void {
    this.raise(
      `${name}-failed-events`,
      `Events that ${name} could not handle wait in its queue.`,
      queue.metricApproximateNumberOfMessagesVisible({ statistic: Stats.MAXIMUM, period: often })
    )
    this.raise(
      `${name}-failed-events-old`,
      `Events that ${name} could not handle will be lost in four days.`,
      queue.metricApproximateAgeOfOldestMessage({ statistic: Stats.MAXIMUM, period: often }),
      { threshold: keptFor.minus(Duration.days(4)).toSeconds() }
    )
  }

  /** A retry is held back for a quarter of an hour at most; what is much older waits for a reader that does not come. */
  private watchRetries(queue: Queue): void {
    this.raise(
      'retries-behind',
      'Deliveries wait to be tried again, and nobody tries.',
      queue.metricApproximateAgeOfOldestMessage({ statistic: Stats.MAXIMUM, period: often }),
      { threshold: Duration.minutes(45).toSeconds() }
    )
  }

  private watchDeliveries(): void {
    this.raise(
      'deliveries-failed',
      'Notices or digests did not reach somebody.',
      new MathExpression({
        label: 'deliveries failed',
        expression:
          'FILL(notices, 0) + FILL(digests, 0) + FILL(lostAtOnce, 0) + FILL(lostOfDay, 0) + FILL(lostLater, 0)',
        usingMetrics: {
          notices: countOf('send-notices', 'changesFailed'),
          digests: countOf('send-digests', 'digestsFailed'),
          lostAtOnce: countOf('send-notices', 'deliveriesLost'),
          lostOfDay: countOf('send-digests', 'deliveriesLost'),
          lostLater: countOf('retry-deliveries', 'deliveriesLost')
        },
        period: often
      })
    )
  }

  private watchSnapshots(): void {
    this.raise(
      'snapshots-unreadable',
      'A project is missing from lists and digests: its snapshot cannot be read.',
      new MathExpression({
        label: 'snapshots unreadable',
        expression: 'FILL(pages, 0) + FILL(digests, 0) + FILL(api, 0)',
        usingMetrics: {
          pages: countOf('publish-status', 'snapshotsUnreadable'),
          digests: countOf('send-digests', 'snapshotsUnreadable'),
          api: countOf('api', 'snapshotsUnreadable')
        },
        period: often
      })
    )
  }

  /** The dead man's switch. It looks at the number a review writes at its end, so a review that never ends counts as none. */
  private watchReview(): void {
    this.missing(
      'review-missing',
      `No review for ${aDayAndAScrap} hours: colours and flags may be those of yesterday.`,
      countOf('review-schedules', 'projectsReviewed', Stats.SAMPLE_COUNT, Duration.hours(1))
    )
  }

  /** The same of checkpoints: a log that nobody signs any more can be rewritten unseen. */
  private watchCheckpoints(): void {
    this.missing(
      'checkpoint-missing',
      `No checkpoint for ${aDayAndAScrap} hours: what is written now is not signed yet.`,
      countOf('sign-checkpoint', 'checkpointsSigned', Stats.SAMPLE_COUNT, Duration.hours(1))
    )
  }

  /** Something that happens every morning has not. */
  private missing(id: string, description: string, metric: Metric): void {
    this.raise(id, description, metric, {
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      evaluationPeriods: aDayAndAScrap,
      datapointsToAlarm: aDayAndAScrap,
      treatMissingData: TreatMissingData.BREACHING
    })
  }

  /**
   * The notices are part of what is deployed, so the last year is known here; the alarm looks at the calendar alone, on the
   * days of any number that comes daily.
   */
  private watchHolidays(): void {
    this.raise(
      'holidays-missing',
      `The tracker has no holiday notice for ${lastNoticeYear + 1}: working days of that year are provisional.`,
      new MathExpression({
        label: 'no notice',
        expression: `IF(YEAR(reviews) * 12 + MONTH(reviews) >= ${lastNoticeYear * 12 + november}, 1, 0)`,
        usingMetrics: {
          reviews: countOf('review-schedules', 'projectsReviewed', Stats.SAMPLE_COUNT, Duration.days(1))
        },
        period: Duration.days(1)
      }),
      { treatMissingData: TreatMissingData.IGNORE }
    )
  }

  private raise(id: string, alarmDescription: string, metric: IMetric, more: Partial<AlarmProps> = {}): void {
    const alarm = new Alarm(this, id, {
      alarmName: `tracker-${this.props.config.stage}-${id}`,
      alarmDescription: `${alarmDescription} → docs/runbook.md#${id}`,
      metric,
      threshold: 1,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
      ...more
    })
    alarm.addAlarmAction(this.props.notices.tellOperators)
    alarm.addOkAction(this.props.notices.tellOperators)
    this.all.push(alarm)
  }
}

const november = 11
/** Hours. */
const aDayAndAScrap = 26
