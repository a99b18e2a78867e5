import type { Item, PriceList } from './prices.ts'

const serviceOf = {
  reads: 'DynamoDB',
  writes: 'DynamoDB',
  stored: 'DynamoDB',
  recovery: 'DynamoDB',
  invocations: 'Lambda',
  gbSeconds: 'Lambda',
  api: 'HTTP API',
  puts: 'S3',
  gets: 'S3',
  objects: 'S3',
  alarm: 'CloudWatch',
  metric: 'CloudWatch',
  dashboard: 'CloudWatch',
  logs: 'CloudWatch',
  secret: 'Secrets Manager',
  key: 'KMS',
  requests: 'CloudFront',
  transfer: 'CloudFront'
} as const satisfies Record<Item, string>

/** What a month costs, in the currency of a list. */
export interface Bill {
  readonly byService: Readonly<Record<string, number>>
  readonly total: number
  /** Of the total, what rests on prices that were not found and are bounds. */
  readonly assumed: number
}

/** Prices what was used. */
export const billOf = (usage: Readonly<Record<Item, number>>, { prices, free }: PriceList): Bill => {
  const byService: Record<string, number> = {}
  let [total, assumed] = [0, 0]
  for (const item of Object.keys(prices) as Item[]) {
    const given = item === 'requests' || item === 'transfer' ? free[item] : 0
    const cost = Math.max(0, usage[item] - given) * prices[item].amount
    byService[serviceOf[item]] = (byService[serviceOf[item]] ?? 0) + cost
    total += cost
    if (prices[item].assumed) assumed += cost
  }
  return { byService, total, assumed }
}
