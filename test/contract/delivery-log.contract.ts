import { beforeEach, describe, expect, test } from 'vitest'
import type { ReadableDeliveryLog } from '../../functions/adapters/delivery-log.ts'

const message = { recipient: '责任股室', subject: '滞后', text: '主体封顶滞后17个工作日' }
const at = '2021-06-21T00:30:00.000Z'
const later = '2021-06-21T00:31:00.000Z'

/** What every ledger of deliveries does. */
export const deliveryLogContract = (name: string, make: () => Promise<ReadableDeliveryLog>): void => {
  describe(`delivery log: ${name}`, () => {
    let log: ReadableDeliveryLog
    beforeEach(async () => {
      log = await make()
    })

    test('records a claimed message as queued and keeps it 400 days', async () => {
      expect(await log.find('k')).toBeUndefined()
      expect(await log.claim('k', message, at)).toBe('claimed')
      const expiresAt = Date.parse('2022-07-26T00:30:00.000Z') / 1000
      expect(await log.find('k')).toEqual({ key: 'k', status: 'queued', attempts: 1, at, ...message, expiresAt })
    })

    test('lets a claim that a crash left queued be taken up again', async () => {
      await log.claim('k', message, at)
      expect(await log.claim('k', message, later)).toBe('claimed')
      expect(await log.find('k')).toMatchObject({ status: 'queued', attempts: 2, at: later })
    })

    test('never lets a sent message be claimed again', async () => {
      await log.claim('k', message, at)
      await log.sent('k', later)
      expect(await log.claim('k', message, later)).toBe('already-sent')
      expect(await log.find('k')).toMatchObject({ status: 'sent', attempts: 1, at: later })
      expect(await log.claim('other', message, at)).toBe('claimed')
    })

    test('lets a failed message be tried again, and forgets the failure once it is sent', async () => {
      await log.claim('k', message, at)
      await log.failed('k', later, 'HTTP 503')
      expect(await log.find('k')).toMatchObject({ status: 'failed', reason: 'HTTP 503', at: later })
      expect(await log.claim('k', message, later)).toBe('claimed')
      await log.sent('k', later)
      expect(await log.find('k')).toMatchObject({ status: 'sent', attempts: 2 })
      expect(await log.find('k')).not.toHaveProperty('reason')
    })

    test('does not let a late failure undo a success', async () => {
      await log.claim('k', message, at)
      await log.sent('k', at)
      await log.failed('k', later, 'timeout')
      expect(await log.find('k')).toMatchObject({ status: 'sent', at })
    })

    test('makes no record of an outcome without a claim', async () => {
      await log.sent('k', at)
      await log.failed('k', at, 'x')
      expect(await log.find('k')).toBeUndefined()
    })
  })
}
