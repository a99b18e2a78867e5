import * as z from 'zod'
import { deliveryStatusSchema } from '../schema/delivery.ts'
import { cursorSchema, limitSchema, noBody, type Route, route } from './route.ts'

/** What became of the messages that people were sent. */
export const deliveryRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/v1/deliveries',
    operationId: 'listDeliveries',
    audience: 'leader',
    summary: { zh: '通知的送达情况,最近变动在前', en: 'Deliveries of notices, the last change first' },
    query: z.strictObject({ status: deliveryStatusSchema.optional(), limit: limitSchema, cursor: cursorSchema }),
    body: noBody,
    success: { status: 200, description: 'One page; cursor leads to the next', reply: 'deliveries' },
    handle: async ({ query: { status, limit, cursor } }, { deliveries }) => {
      const page = await deliveries.list({ status }, limit, cursor)
      return {
        status: 200,
        body: {
          deliveries: page.deliveries.map(({ revision: _ours, leaseUntil: _too, ...delivery }) => delivery),
          ...(page.cursor ? { cursor: page.cursor } : {})
        }
      }
    }
  })
]
