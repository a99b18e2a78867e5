import { beforeEach, describe, expect, test } from 'vitest'
import type { Channel, Message } from '../../functions/core/ports.ts'

/** A channel under test, with what its receiver keeps when it drops second copies. */
export interface ChannelUnderTest {
  readonly channel: Channel
  readonly received: () => Promise<ReadonlyMap<string, Message>>
}

const message = (text: string): Message => ({ recipient: '张三', subject: '提醒', text })

/** What every channel does. */
export const channelContract = (name: string, make: () => Promise<ChannelUnderTest>): void => {
  describe(`channel: ${name}`, () => {
    let under: ChannelUnderTest
    beforeEach(async () => {
      under = await make()
    })

    test('delivers what it is given', async () => {
      expect(await under.channel.send('k1', message('主体封顶\n"滞后"17个工作日'))).toMatchObject({ type: 'sent' })
      expect(await under.channel.send('k2', message('b'))).toMatchObject({ type: 'sent' })
      expect(await under.received()).toEqual(
        new Map([
          ['k1', message('主体封顶\n"滞后"17个工作日')],
          ['k2', message('b')]
        ])
      )
    })

    test('lets the receiver keep the first copy of a key, also of many at once', async () => {
      await under.channel.send('k', message('first'))
      await Promise.all(Array.from({ length: 10 }, (_, i) => under.channel.send('k', message(`${i}`))))
      expect(await under.received()).toEqual(new Map([['k', message('first')]]))
    })
  })
}
