/** List prices of a region, in its currency, without any free tier. */
export interface Prices {
  readonly currency: 'USD'
  readonly region: string
  /** When and from what the prices were taken. */
  readonly source: string
  /** DynamoDB on demand, per million request units. */
  readonly reads: number
  readonly writes: number
  /** DynamoDB, per GB and month: stored, and kept for recovery to any second of 35 days. */
  readonly stored: number
  readonly recovery: number
  /** HTTP API, per million requests. */
  readonly api: number
  /** Lambda on arm64: per million requests, and per GB-second. */
  readonly invocations: number
  readonly gbSeconds: number
  /** S3, per million. */
  readonly puts: number
  readonly gets: number
  /** CloudWatch: an alarm on one metric, a metric of one's own, a dashboard, a GB of logs taken in. */
  readonly alarm: number
  readonly metric: number
  readonly dashboard: number
  readonly logGb: number
  /** Secrets Manager, per secret. */
  readonly secret: number
  /** KMS, per key; it signs once a day. */
  readonly key: number
  /** CloudFront, per million HTTPS requests beyond the ten million that are free. */
  readonly pageViews: number
}

/** us-east-1. Other regions cost up to a third more; the regions of China have a list of their own, in CNY. */
export const prices: Prices = {
  currency: 'USD',
  region: 'us-east-1',
  source:
    'published lists as of 2025; DynamoDB (since its halving of November 2024) and Lambda looked up, the others not looked up again',
  reads: 0.125,
  writes: 0.625,
  stored: 0.25,
  recovery: 0.2,
  api: 1,
  invocations: 0.2,
  gbSeconds: 0.0000133334,
  puts: 5,
  gets: 0.4,
  alarm: 0.1,
  metric: 0.3,
  dashboard: 3,
  logGb: 0.5,
  secret: 0.4,
  key: 1,
  pageViews: 1
}
