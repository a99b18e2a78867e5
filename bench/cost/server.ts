/** A server that runs all the time, as a project-management program of its own needs it; prices in USD, at us-east-1. */
export interface Server {
  readonly what: string
  readonly requirement: string
  readonly instance: string
  /** Per hour. */
  readonly price: number
  readonly sources: readonly string[]
  /** What it costs beside, and why it is left out. */
  readonly leftOut: string
}

/** The least that OpenProject asks for, and the smallest general instance that has it. */
export const openProjectServer: Server = {
  what: 'OpenProject',
  requirement: 'four cores, 4 GB of memory, 20 GB of disk, for up to 200 users',
  instance: 't3.xlarge (4 vCPU, 16 GB), on demand',
  price: 2 * 0.0832,
  sources: [
    'requirement: https://www.openproject.org/docs/installation-and-operations/system-requirements/ (text of the documentation in opf/openproject, looked up 2026-11-25)',
    'price: t3.large at 0.0832 USD an hour, https://go-cloud.io/?p=10607, looked up 2026-11-25; an xlarge is two of them'
  ],
  leftOut: 'its disk, back-up, load balancer and upkeep: no list price was found for the disk, and the rest is a choice'
}

/** What was found of the list of the Chinese regions, and what was not: no total in CNY without all of it. */
export const chinesePrices = {
  found: [
    'DynamoDB on demand, a million writes: 11.1538 CNY (https://www.amazonaws.cn/en/dynamodb/pricing/, page without a date, looked up 2026-11-25; whether the halving of November 2024 holds there was not found)',
    'CloudFront, a million HTTPS requests: 15 CNY (https://amazonaws.cn/en/cloudfront/pricing, the same)'
  ],
  missing: ['DynamoDB reads and storage', 'Lambda', 'HTTP API', 'S3', 'CloudWatch', 'Secrets Manager', 'EC2 and EBS']
} as const
