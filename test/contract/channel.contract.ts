import { beforeEach, describe, expect, test } from 'vitest'
import type { Channel, Message } from '../../functions/core/ports.ts'

/** A channel under test, with what its receiver has. */
export interface ChannelUnderTest {
  readonly channel: Channel
  /** Where the recipient is, on a channel that needs it. */
  readonly address?: string
  /** Takes the receiver away; absent where nothing can. */
  readonly breakReceiver?: () => Promise<void>
  /** What the receiver shows, copies included, in the order of arrival. */
  readonly shown: () => Promise<readonly string[]>
}

const message = (text: string): Message => ({ recipient: '张三', subject: '提醒', text })

/** What every channel does. */
export const channelContract = (name: string, make: () => Promise<ChannelUnderTest>): void => {
  describe(`channel: ${name}`, () => {
    let under: ChannelUnderTest
    beforeEach(async () => {
      under = await make()
    })
    const send = (key: string, text: string) => under.channel.send(key, message(text), under.address)

    test('delivers what it is given, whole', async () => {
      expect(await send('k1', '主体封顶\n"滞后"17个工作日')).toMatchObject({ type: 'sent' })
      expect(await send('k2', 'b')).toMatchObject({ type: 'sent' })
      const [first, second, ...others] = await under.shown()
      expect(others).toEqual([])
      expect(first).toContain('主体封顶\n"滞后"17个工作日')
      expect(second).toMatch(/b$/)
    })

    test('says whether its receiver drops a second copy of a key, and is right', async () => {
      for (let i = 0; i < 3; i += 1) await send('k', 'the same')
      expect((await under.shown()).length).toBe(under.channel.dropsCopies ? 1 : 3)
    })

    test('sends many at once without losing or mixing any', async () => {
      await Promise.all(Array.from({ length: 10 }, (_, i) => send(`k${i}`, `message ${i} of ten`)))
      const shown = await under.shown()
      expect(shown).toHaveLength(10)
      for (let i = 0; i < 10; i += 1) expect(shown.filter(text => text.includes(`message ${i} of ten`))).toHaveLength(1)
    })

    test('cuts a long message into parts that hold all of it', async () => {
      const text = Array.from({ length: 400 }, (_, i) => `第 ${i} 行:滞后17个工作日`).join('\n')
      const parts = under.channel.partsOf(message(text))
      expect(parts.map(part => part.text).join('\n')).toBe(text)
      expect(new Set(parts.map(({ recipient }) => recipient))).toEqual(new Set(['张三']))
    })

    test('says what came of it when its receiver is not there, and throws nothing', async () => {
      if (!under.breakReceiver) return
      await under.breakReceiver()
      const outcome = await send('k', 'x')
      expect(['retry', 'unknown']).toContain(outcome.type)
      expect(JSON.stringify(outcome)).not.toMatch(/very-private|whsec_/)
      expect('reason' in outcome && outcome.reason.zh).toMatch(/\p{Script=Han}/u)
      expect('reason' in outcome && outcome.reason.en).toMatch(/^[\x20-\x7e]+$/)
    })
  })
}
