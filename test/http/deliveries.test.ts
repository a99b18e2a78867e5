import { beforeAll, describe, expect, test } from 'vitest'
import { memoryDeliveryLog } from '../../functions/adapters/delivery-log.memory.ts'
import { concluded, newDelivery, type SendOutcome, withAttempt } from '../../functions/core/delivery.ts'
import type { DeliveryLog } from '../../functions/core/ports.ts'
import { startApi, type TestApi } from './client.ts'

const at = '2021-06-21T00:30:00.000Z'
const reason = { zh: '机器人的 key 不对', en: 'the key of the robot is wrong' }

const deliver = async (log: DeliveryLog, key: string, outcome: SendOutcome) => {
  const entry = { key, channel: 'wecom', date: '2021-06-21', recipient: '张三', subject: '红色预警', text: 'R1' }
  const open = withAttempt(newDelivery(entry, at), false, at)
  await log.save(open)
  const ended = concluded(open, 1, outcome, 1, at)
  if (ended) await log.save(ended)
}

describe('GET /v1/deliveries', () => {
  let api: TestApi
  beforeAll(async () => {
    const deliveries = memoryDeliveryLog()
    api = await startApi({ deliveries })
    await deliver(deliveries, 'wecom/1', { type: 'sent', httpStatus: 200, code: '0' })
    await deliver(deliveries, 'wecom/2', { type: 'refused', httpStatus: 200, code: '93000', reason })
    await deliver(deliveries, 'wecom/3', { type: 'unknown', code: 'TimeoutError', reason })
  })
  const ask = (query: string) => api.call('GET', `/v1/deliveries${query}`, { token: api.tokens.leader })

  test('shows every attempt with what the receiver said', async () => {
    const { status, body } = await ask('?status=failed')
    expect(status).toBe(200)
    expect(body).toEqual({
      deliveries: [
        {
          key: 'wecom/2',
          channel: 'wecom',
          date: '2021-06-21',
          recipient: '张三',
          subject: '红色预警',
          text: 'R1',
          status: 'failed',
          at,
          partsSent: 0,
          attempts: 1,
          history: [{ number: 1, part: 1, at, endedAt: at, outcome: 'refused', httpStatus: 200, code: '93000', reason }]
        }
      ]
    })
  })

  test('gives one page after the other, and every status unless one is named', async () => {
    const first = await ask('?limit=2')
    const second = await ask(`?limit=2&cursor=${first.body.cursor}`)
    const keys = [...first.body.deliveries, ...second.body.deliveries].map(({ key }: { key: string }) => key)
    expect(keys).toEqual(['wecom/1', 'wecom/2', 'wecom/3'])
    expect(second.body.cursor).toBeUndefined()
  })

  test.each([
    ['?status=lost', '?/status'],
    ['?limit=0', '?/limit'],
    ['?cursor=nonsense', '?/cursor'],
    ['?who=me', '?/who']
  ])('%s is not valid', async (query, pointer) => {
    const { status, body } = await ask(query)
    expect([status, body.errors[0].pointer]).toEqual([422, pointer])
  })
})
