import { Logger } from '@aws-lambda-powertools/logger'
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics'
import { lazily } from '../core/lazily.ts'

/** Facts that go with a line of the log. */
export type Details = Readonly<Record<string, unknown>>

/** What a function tells those who run it. */
export interface Telemetry {
  readonly info: (message: string, details?: Details) => void
  readonly warn: (message: string, details?: Details) => void
  /** Something failed; `fault` is what was thrown. */
  readonly error: (message: string, fault: unknown, details?: Details) => void
  /** Adds to a number that alarms watch. */
  readonly count: (name: string, value?: number) => void
  /** Writes the numbers out, at the end of an invocation. */
  readonly flush: () => void
}

/** Names of the fields whose values never get into a log: secrets, and what identifies a person. */
const secretField = /token|secret|authorization|password|cookie|contact|phone|manager|recipient/i

/** Structured lines and embedded metrics on standard output, as CloudWatch reads them. */
export const lambdaTelemetry = (service: string): Telemetry => {
  // Made when there is something to tell: a cold start of the API has nothing.
  const logger = lazily(() => new Logger({ serviceName: service, jsonReplacerFn: withoutSecrets }))
  const metrics = lazily(() => new Metrics({ namespace: 'CapitalProjectTracker', serviceName: service }))
  return {
    info: (message, details = {}) => logger().info(message, { details }),
    warn: (message, details = {}) => logger().warn(message, { details }),
    error: (message, fault, details = {}) => logger().error(message, { details, error: errorOf(fault) }),
    count: (name, value = 1) => metrics().addMetric(name, MetricUnit.Count, value),
    // An empty publication is a warning to the library: most messages of a stream have nothing to count.
    flush: () => {
      if (metrics().hasStoredMetrics()) metrics().publishStoredMetrics()
    }
  }
}

/** Tells of a snapshot that cannot be read: its project is missing from lists until `tracker rebuild` has run. */
export const unreadableSnapshot =
  (telemetry: Telemetry) =>
  (error: unknown): void => {
    telemetry.error('a snapshot cannot be read', error)
    telemetry.count('snapshotsUnreadable')
    telemetry.flush()
  }

/** A line as {@link memoryTelemetry} keeps it. */
export interface TelemetryLine {
  readonly level: 'info' | 'warn' | 'error'
  readonly message: string
  readonly details: Details
  readonly fault?: unknown
}

/** Telemetry in memory, for tests. */
export const memoryTelemetry = (): Telemetry & {
  readonly lines: readonly TelemetryLine[]
  readonly counts: ReadonlyMap<string, number>
} => {
  const lines: TelemetryLine[] = []
  const counts = new Map<string, number>()
  return {
    lines,
    counts,
    info: (message, details = {}) => void lines.push({ level: 'info', message, details }),
    warn: (message, details = {}) => void lines.push({ level: 'warn', message, details }),
    error: (message, fault, details = {}) => void lines.push({ level: 'error', message, details, fault }),
    count: (name, value = 1) => void counts.set(name, (counts.get(name) ?? 0) + value),
    flush: () => {}
  }
}

const withoutSecrets = (key: string, value: unknown): unknown => {
  if (secretField.test(key)) return '[hidden]'
  return typeof value === 'string'
    ? value
        .replaceAll(tokenText, 'cp$1_[hidden]')
        .replaceAll(webhookSecret, 'whsec_[hidden]')
        .replaceAll(robotKey, '$1[hidden]')
    : value
}

/** Tokens, and sessions of the internal pages. */
const tokenText = /cp([ts])_[0-9a-f]{12}_[0-9a-f]+/g
/** The key in the address of a robot, and what a request is signed with. */
const robotKey = /([?&](?:key|access_token|sign)=|\/bot\/v2\/hook\/)[^&\s"']+/g
const webhookSecret = /whsec_[A-Za-z0-9+/=]+/g

const errorOf = (fault: unknown): Error => (fault instanceof Error ? fault : new Error(String(fault)))
