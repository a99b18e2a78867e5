import { readFile } from 'node:fs/promises'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { channelOf } from '../../functions/adapters/channels/configured.ts'
import { dingtalkSignature } from '../../functions/adapters/channels/dingtalk.ts'
import { feishuSignature } from '../../functions/adapters/channels/feishu.ts'
import type { Channel, Message } from '../../functions/core/ports.ts'
import { deliver, retryDelivery } from '../../functions/flows/deliver.ts'
import { channelsSchemaOf } from '../../functions/schema/channels.ts'
import { channelContract } from '../contract/channel.contract.ts'
import { outsideData } from '../core/outside-data.ts'
import { runRetries as runQueue } from '../flows/run-retries.ts'
import { startWorld, type World } from '../flows/world.ts'
import { runs } from '../properties/runs.ts'
import { hmac, type RobotSettings } from './platform-rules.ts'
import { type PlatformName, type RobotStandIn, startRobot } from './stand-in.ts'

const key = '693a91f6-7a0b-4bc4-97a0-0ec2f1fa5aaa'
const secret = 'SEC4c1d6a7f'
const message: Message = { recipient: '张三', subject: '红色预警', text: 'R1 | 区实验小学北校 | 滞后17个工作日' }
const date = '2021-06-01'
const names: readonly PlatformName[] = ['wecom', 'dingtalk', 'feishu']
/** So far apart that no rate is in the way, and at the same minute. */
const anHour = 3_600_000
const securedNames = ['dingtalk', 'feishu'] as const

let now: number
let world: World
const robots: RobotStandIn[] = []
beforeEach(() => {
  now = Date.parse('2021-06-01T00:31:00.000Z')
  world = startWorld()
})
afterEach(async () => {
  for (const robot of robots.splice(0)) await robot.stop()
})

const robotOf = async (name: PlatformName, settings: Partial<RobotSettings> = {}): Promise<RobotStandIn> => {
  const robot = await startRobot(name, { key, now: () => now, ...settings })
  robots.push(robot)
  return robot
}

const channelTo = (name: PlatformName, robot: RobotStandIn, more: object = {}): Channel => {
  const [config] = channelsSchemaOf('machine').parse(JSON.stringify([{ type: name, name, key: robot.url, ...more }]))
  if (!config) throw new Error('no channel')
  const clock = { now: () => new Date(now).toISOString() }
  return channelOf(config, { clock, realTime: clock })
}

const depsFor = (channel: Channel) => ({
  ...world,
  channels: async () => [channel],
  realTime: { now: () => new Date(now).toISOString() }
})

const later = (seconds: number) => {
  now += seconds * 1000
}

const runRetries = (deps: ReturnType<typeof depsFor>): Promise<number> =>
  runQueue(world.retriesStored, later, key => retryDelivery(key, deps))

for (const name of names)
  channelContract(name, async () => {
    // Every look at the clock is two seconds later than the last, so that no rate is in the way.
    const running = () => {
      now += 2000
      return now
    }
    const robot = await robotOf(name, { key: 'very-private', now: running })
    return { channel: channelTo(name, robot), shown: async () => robot.accepted, breakReceiver: robot.stop }
  })

describe.each(names)('%s', name => {
  test('takes a notice, and says so by the code in its body', async () => {
    const robot = await robotOf(name)
    const channel = channelTo(name, robot)
    expect(await channel.send('k', message, '13800001111')).toEqual({ type: 'sent', httpStatus: 200, code: '0' })
    expect(robot.accepted).toHaveLength(1)
    expect(robot.accepted[0]).toContain('红色预警\n致:张三\nR1 | 区实验小学北校 | 滞后17个工作日')
  })

  test('takes a message of any length and any characters in parts, and shows all of it', async () => {
    const robot = await robotOf(name)
    const channel = channelTo(name, robot)
    const line = fc.string({ unit: 'grapheme', maxLength: 400 }).map(text => text.replaceAll('\n', ' '))
    const text = fc.array(line, { minLength: 1, maxLength: 120 }).map(lines => lines.join('\n'))
    await fc.assert(
      fc.asyncProperty(text, async content => {
        const before = robot.accepted.length
        const parts = channel.partsOf({ ...message, text: content })
        for (const [i, part] of parts.entries()) {
          now += anHour
          expect(await channel.send('k', part)).toMatchObject({ type: 'sent' })
          expect(part.subject).toBe(parts.length > 1 ? `红色预警(${i + 1}/${parts.length})` : '红色预警')
        }
        const shown = robot.accepted.slice(before).map(one => one.split('\n').slice(2).join('\n'))
        const visible = name === 'feishu' ? content.replaceAll('<', '＜') : content
        expect(shown.join('').replaceAll('\n', '')).toBe(visible.replaceAll('\n', ''))
      }),
      { numRuns: runs(60) }
    )
  })

  test('is sent fifty notices at once within its rate, and gets every one once', async () => {
    now = Date.parse('2021-06-01T00:29:58.000Z')
    const robot = await robotOf(name)
    const deps = depsFor(channelTo(name, robot))
    for (let i = 0; i < 50; i += 1) await deliver({ ...message, recipient: `第${i}人` }, date, deps)
    await runRetries(deps)
    expect(new Set(robot.accepted).size).toBe(50)
    expect(robot.codes).toEqual(Array(50).fill(0))
  })

  test.each([
    ['hang-up', 'unknown'],
    [{ status: 502, body: '<html>Bad Gateway</html>' }, 'unknown'],
    [{ status: 200, body: 'OK' }, 'unknown'],
    [{ status: 404, body: '' }, 'failed'],
    [{ status: 429, body: '' }, 'sent']
  ] as const)('answers %j: the notice is %s, and it was tried no more than that allows', async (answer, status) => {
    const robot = await robotOf(name)
    robot.answerNext(answer)
    const deps = depsFor(channelTo(name, robot))
    await deliver(message, date, deps)
    await runRetries(deps)
    await deliver(message, date, deps)
    expect(world.ledger()).toMatchObject([{ status }])
    expect(robot.accepted).toHaveLength(status === 'sent' ? 1 : 0)
    expect(JSON.stringify([world.ledger(), world.lost])).not.toContain(key)
  })

  test('is not reached: the notice waits, nothing is lost', async () => {
    const robot = await robotOf(name)
    const channel = channelTo(name, robot)
    await robot.stop()
    expect(await channel.send('k', message)).toMatchObject({ type: 'retry', code: 'ECONNREFUSED' })
  })
})

/** DOMAIN §7 and the documentation of the platforms: what each code comes to, and after how many seconds it is tried again. */
const codes: readonly (readonly [PlatformName, number, string, 'failed' | number])[] = [
  ['wecom', -1, 'system busy', 30],
  ['wecom', 45009, 'api freq out of limit', 60],
  ['wecom', 45033, 'api concurrent out of limit', 10],
  ['wecom', 93000, 'invalid webhook url', 'failed'],
  ['wecom', 93004, 'robot disabled', 'failed'],
  ['wecom', 93008, 'not in group', 'failed'],
  ['wecom', 40058, 'content exceed max length', 'failed'],
  ['wecom', 40008, 'invalid message type', 'failed'],
  ['wecom', 44004, 'empty content', 'failed'],
  ['wecom', 45002, 'content size out of limit', 'failed'],
  ['wecom', 12345, 'a code of tomorrow', 'failed'],
  ['dingtalk', -1, '系统繁忙', 30],
  ['dingtalk', 130101, 'send too fast', 600],
  ['dingtalk', 410100, '发送速度太快而限流', 600],
  ['dingtalk', 310000, 'description:timestamp is invalid;solution:-', 30],
  ['dingtalk', 310000, 'description:机器人发送签名过期;solution:-', 30],
  ['dingtalk', 310000, '关键词不匹配', 'failed'],
  ['dingtalk', 310000, '机器人发送签名不匹配', 'failed'],
  ['dingtalk', 300001, 'token is not exist', 'failed'],
  ['dingtalk', 300005, 'token is not exist', 'failed'],
  ['dingtalk', 400013, '群已被解散', 'failed'],
  ['dingtalk', 400101, 'access_token不存在', 'failed'],
  ['dingtalk', 400102, '机器人已停用', 'failed'],
  ['dingtalk', 400105, '不支持的消息类型', 'failed'],
  ['dingtalk', 400106, '机器人不存在', 'failed'],
  ['dingtalk', 430101, '含有不安全的外链', 'failed'],
  ['dingtalk', 430102, '含有不合适的文本', 'failed'],
  ['dingtalk', 430103, '含有不合适的图片', 'failed'],
  ['dingtalk', 430104, '含有不合适的内容', 'failed'],
  ['dingtalk', 460101, 'message too long', 'failed'],
  ['dingtalk', 40035, '缺少参数 json', 'failed'],
  ['dingtalk', 43004, '无效的HTTP HEADER Content-Type', 'failed'],
  ['feishu', 11232, 'frequency limited', 60],
  ['feishu', 19021, 'sign match fail or timestamp is not within one hour', 30],
  ['feishu', 19024, 'Key Words Not Found', 'failed'],
  ['feishu', 19022, 'Ip Not Allowed', 'failed'],
  ['feishu', 19001, 'access token invalid', 'failed'],
  ['feishu', 19002, 'params error', 'failed'],
  ['feishu', 9499, 'Bad Request', 'failed']
]

test.each(codes)('%s answers %i (%s) with HTTP 200: %s', async (name, code, text, outcome) => {
  const robot = await robotOf(name)
  robot.answerNext({ body: name === 'feishu' ? { code, msg: text } : { errcode: code, errmsg: text } })
  const deps = depsFor(channelTo(name, robot))
  const began = now
  await deliver(message, date, deps)
  await runRetries(deps)
  const [delivery] = world.ledger()
  expect(delivery?.history[0]).toMatchObject({ httpStatus: 200, code: String(code) })
  expect(delivery?.history[0]?.reason?.zh).toMatch(/\p{Script=Han}/u)
  if (outcome === 'failed') expect([delivery?.status, delivery?.attempts, robot.accepted]).toEqual(['failed', 1, []])
  else {
    expect([delivery?.status, delivery?.attempts, robot.accepted.length]).toEqual(['sent', 2, 1])
    expect(Date.parse(delivery?.history[1]?.at ?? '') - began).toBe(outcome * 1000)
  }
})

test('a throttle of the gateway of DingTalk, which has no code at all, is unknown until a later try', async () => {
  const robot = await robotOf('dingtalk')
  robot.answerNext({ body: { status: 1111, punish: 'deny', wait: 90, source: 'x5', uuid: 'a' } })
  const deps = depsFor(channelTo('dingtalk', robot))
  await deliver(message, date, deps)
  expect(world.ledger()).toMatchObject([{ status: 'unknown', dueAt: '2021-06-01T00:32:30.000Z' }])
  await runRetries(deps)
  expect(world.ledger()).toMatchObject([{ status: 'sent' }])
  expect(robot.accepted).toHaveLength(1)
})

describe.each(securedNames)('the security settings of %s', name => {
  test('are met: signature, its time, and the keyword', async () => {
    const robot = await robotOf(name, { secret, keyword: '督办' })
    const channel = channelTo(name, robot, { secret, keyword: '督办' })
    expect(await channel.send('k', message)).toMatchObject({ type: 'sent' })
    expect(await channel.send('k', { ...message, text: '督办单第 7 号' })).toMatchObject({ type: 'sent' })
    expect(robot.accepted.map(text => text.split('督办').length - 1)).toEqual([1, 1])
    // Every part, not only the one in which the word happens to stand.
    for (const part of channel.partsOf({ ...message, text: '督办\n'.concat('很长的一行\n'.repeat(5000)) })) {
      now += anHour
      expect(await channel.send('k', part)).toMatchObject({ type: 'sent' })
    }
  })

  test('are told apart when they are not met', async () => {
    const robot = await robotOf(name, { secret, keyword: '督办' })
    const outcomes = [{}, { secret: 'wrong' }, { secret }].map(more => channelTo(name, robot, more).send('k', message))
    const types = (await Promise.all(outcomes)).map(({ type, code }) => `${type} ${code}`)
    expect(types).toEqual(
      name === 'dingtalk'
        ? ['refused 310000', 'refused 310000', 'refused 310000']
        : ['retry 19021', 'retry 19021', 'refused 19024']
    )
    expect(robot.accepted).toEqual([])
  })

  test('get a new time with every try, however long it waited', async () => {
    const robot = await robotOf(name, { secret })
    robot.answerNext({ body: name === 'feishu' ? { code: 11232 } : { errcode: 130101 } })
    const deps = depsFor(channelTo(name, robot, { secret }))
    await deliver(message, date, deps)
    // The queue comes two hours late.
    now += 7_200_000
    await runRetries(deps)
    expect(robot.codes).toEqual([0])
  })
})

describe('signatures', () => {
  test('of Feishu: the known answer', () => {
    expect(feishuSignature('demo', 1599360473)).toBe('l1N0gAcBjdwBvGm1xMjOF0XSyaLRpR7tuO5dHfhAYc8=')
  })

  test('of DingTalk: the key signs time and key, as another implementation does', async () => {
    expect(dingtalkSignature(secret, 1622507460000)).toBe(await hmac(secret, `1622507460000\n${secret}`))
  })
})

test('a tag in somebody’s report calls nobody: only the recipient is mentioned', async () => {
  const robot = await robotOf('feishu')
  const text = '<at user_id="all">everyone</at>'
  await channelTo('feishu', robot).send('k', { ...message, text }, 'ou_18eac8')
  expect(robot.accepted[0]?.match(/<at [^>]*>/g)).toEqual(['<at user_id="ou_18eac8">'])
})

test('the official samples pass the stand-ins', async () => {
  const path = outsideData('robots/official_samples.json')
  if (path === undefined) return
  const samples: Record<PlatformName, Record<string, unknown>> = JSON.parse(await readFile(path, 'utf8'))
  let passed = 0
  for (const name of names) {
    const robot = await robotOf(name)
    for (const [which, body] of Object.entries(samples[name])) {
      if (typeof body === 'string' || Array.isArray(body)) continue
      const answer = await fetch(robot.url, { method: 'POST', body: JSON.stringify(body) })
      expect(await answer.json(), `${name} ${which}`).toMatchObject({ [name === 'feishu' ? 'code' : 'errcode']: 0 })
      passed += 1
    }
  }
  expect(passed).toBe(8)
})
