import { beforeEach, describe, expect, test } from 'vitest'
import { concluded, type Delivery, newDelivery, postponed, withAttempt } from '../../functions/core/delivery.ts'
import type { DeliveryLog } from '../../functions/core/ports.ts'

const at = '2021-06-21T00:30:00.000Z'
const minute = (number: number) => `2021-06-21T00:${30 + number}:00.000Z`

const entry = (key: string) => ({
  key,
  channel: 'wecom',
  date: '2021-06-21',
  recipient: '责任股室',
  subject: '滞后',
  text: '主体封顶滞后17个工作日'
})

const opened = (key: string, now = at): Delivery => withAttempt(newDelivery(entry(key), now), false, now)

/** What every ledger of deliveries does. `put` writes an item as an older version left it. */
export const deliveryLogContract = (
  name: string,
  make: () => Promise<{ log: DeliveryLog; put: (item: Record<string, string | number>) => Promise<void> }>
): void => {
  describe(`delivery log: ${name}`, () => {
    let log: DeliveryLog
    let put: (item: Record<string, string | number>) => Promise<void>
    beforeEach(async () => {
      ;({ log, put } = await make())
    })

    test('gives back what was saved, with every attempt', async () => {
      expect(await log.find('k')).toBeUndefined()
      const first = opened('k')
      expect(await log.save(first)).toBe('saved')
      expect(await log.find('k')).toEqual(first)
      const refusal = {
        type: 'refused',
        httpStatus: 200,
        code: '93000',
        reason: { zh: '钥匙不对', en: 'bad key' }
      } as const
      const failed = concluded(first, 1, refusal, 1, minute(1))
      expect(failed && (await log.save(failed))).toBe('saved')
      expect(await log.find('k')).toEqual(failed)
      expect(failed?.leaseUntil).toBeUndefined()
    })

    test('lets one of two writers through', async () => {
      const writers = Array.from({ length: 5 }, () => log.save(opened('k')))
      expect((await Promise.all(writers)).sort()).toEqual(['outdated', 'outdated', 'outdated', 'outdated', 'saved'])
      const known = opened('k')
      const [one, two] = [minute(1), minute(2)].map(now => concluded(known, 1, { type: 'sent' }, 1, now))
      expect(one && (await log.save(one))).toBe('saved')
      expect(two && (await log.save(two))).toBe('outdated')
      expect((await log.find('k'))?.at).toBe(minute(1))
    })

    test('reads a record of the first version, and writes over it', async () => {
      const { key, recipient, subject, text } = entry('log-file/abc')
      await put({ key, recipient, subject, text, status: 'queued', attempts: 1, at, expiresAt: 1 })
      const known = await log.find(key)
      expect(known).toEqual({
        ...entry(key),
        channel: 'log-file',
        revision: 0,
        status: 'queued',
        attempts: 1,
        at,
        partsSent: 0,
        history: []
      })
      expect(known && (await log.save(withAttempt(known, true, minute(1))))).toBe('saved')
      expect(await log.find(key)).toMatchObject({ revision: 1, attempts: 2 })
    })

    test('lists the last change first, by status, page by page', async () => {
      for (const [i, key] of ['a', 'b', 'c', 'd'].entries()) await log.save(opened(key, minute(i)))
      for (const key of ['b', 'd']) {
        const known = await log.find(key)
        const sent = known && concluded(known, 1, { type: 'sent' }, 1, minute(9))
        if (sent) await log.save(sent)
      }
      // Flows of receivers stand in the same table, and are no deliveries.
      await put({ key: 'flow/x', revision: 1, expiresAt: 1 })
      const keysOf = async (...of: Parameters<DeliveryLog['list']>) =>
        (await log.list(...of)).deliveries.map(({ key }) => key)
      expect(await keysOf({}, 10)).toEqual(['b', 'd', 'c', 'a'])
      expect(await keysOf({ status: 'queued' }, 10)).toEqual(['c', 'a'])
      expect(await keysOf({ status: 'unknown' }, 10)).toEqual([])
      const first = await log.list({}, 2)
      expect(first.deliveries.map(({ key }) => key)).toEqual(['b', 'd'])
      const second = await log.list({}, 2, first.cursor)
      expect(second.deliveries.map(({ key }) => key)).toEqual(['c', 'a'])
      expect(second.cursor).toBeUndefined()
      await expect(log.list({}, 2, 'nonsense')).rejects.toMatchObject({ name: 'BadCursorError' })
    })

    test('names what should have been looked at by now, and nothing that is settled or still has time', async () => {
      await log.save(opened('open', minute(0)))
      await log.save(postponed(newDelivery(entry('waiting'), at), minute(5), at))
      await log.save(opened('settled', minute(0)))
      const known = await log.find('settled')
      const sent = known && concluded(known, 1, { type: 'sent' }, 1, minute(0))
      if (sent) await log.save(sent)
      await put({ key: 'flow/x', revision: 1, expiresAt: 1 })
      const overdue = async (before: string) => (await Array.fromAsync(log.overdue(before))).sort()
      expect(await overdue(minute(1))).toEqual([])
      expect(await overdue(minute(2))).toEqual(['open'])
      expect(await overdue(minute(6))).toEqual(['open', 'waiting'])
    })
  })
}
