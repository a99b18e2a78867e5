import { describe, expect, test } from 'vitest'
import { type ChannelSource, channelsSchemaOf } from '../../functions/schema/channels.ts'

const key = '693a91f6-7a0b-4bc4-97a0-0ec2f1fa5aaa'
const secret = 'whsec_c2VjcmV0c2VjcmV0c2VjcmV0'

const decode = (channel: object, source: ChannelSource = 'secret') =>
  channelsSchemaOf(source).safeParse(JSON.stringify([{ name: 'one', ...channel }]))

const addressOf = (channel: object, source: ChannelSource = 'secret'): string | undefined => {
  const [decoded] = decode(channel, source).data ?? []
  if (!decoded) return undefined
  return 'key' in decoded ? decoded.key.href : 'url' in decoded ? decoded.url.href : undefined
}

describe('a robot', () => {
  test.each([
    ['wecom', `https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=${key}`],
    ['dingtalk', `https://oapi.dingtalk.com/robot/send?access_token=${key}`],
    ['feishu', `https://open.feishu.cn/open-apis/bot/v2/hook/${key}`],
    ['feishu', `https://open.larksuite.com/open-apis/bot/v2/hook/${key}`]
  ])('of %s is told by its address or by the key in it', (type, address) => {
    expect(addressOf({ type, key: address })).toBe(address)
    if (!address.includes('larksuite')) expect(addressOf({ type, key })).toBe(address)
  })

  test.each([
    ['wecom', `http://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=${key}`],
    ['wecom', `https://qyapi.weixin.qq.com.evil.cn/cgi-bin/webhook/send?key=${key}`],
    ['wecom', `https://evil.cn/cgi-bin/webhook/send?key=${key}`],
    ['wecom', `https://qyapi.weixin.qq.com:8443/cgi-bin/webhook/send?key=${key}`],
    ['wecom', `https://a:b@qyapi.weixin.qq.com/cgi-bin/webhook/send?key=${key}`],
    ['wecom', 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send'],
    ['wecom', `https://qyapi.weixin.qq.com/cgi-bin/message/send?key=${key}`],
    ['wecom', `https://oapi.dingtalk.com/robot/send?access_token=${key}`],
    ['dingtalk', `https://169.254.169.254/robot/send?access_token=${key}`],
    ['dingtalk', `http://127.0.0.1:9/robot/send?access_token=${key}`],
    ['feishu', 'https://open.feishu.cn/open-apis/bot/v2/hook/'],
    ['feishu', `https://open.feishu.cn/open-apis/bot/v2/hook/${key}/../../x`],
    ['feishu', 'key with spaces'],
    ['feishu', '']
  ])('of %s is not called at %s', (type, address) => {
    expect(addressOf({ type, key: address })).toBeUndefined()
  })

  test('may be a stand-in on this machine, in a configuration of this machine alone', () => {
    const address = `http://127.0.0.1:9/robot/send?access_token=${key}`
    expect(addressOf({ type: 'dingtalk', key: address }, 'machine')).toBe(address)
    expect(addressOf({ type: 'dingtalk', key: address }, 'secret')).toBeUndefined()
    expect(addressOf({ type: 'dingtalk', key: address.replace('127.0.0.1', '10.0.0.1') }, 'machine')).toBeUndefined()
  })
})

describe('a webhook', () => {
  test.each([
    ['https://hooks.bureau.gov.cn/notices', true, true],
    ['http://127.0.0.1:8080/', true, false],
    ['http://localhost/', true, false],
    ['http://[::1]:1/', true, false],
    ['http://hooks.bureau.gov.cn/', false, false],
    ['http://127.0.0.1.evil.cn/', false, false],
    ['https://user:word@hooks.bureau.gov.cn/', false, false],
    ['https://10.1.2.3/', false, false],
    ['https://172.20.0.1/', false, false],
    ['https://192.168.1.1/', false, false],
    ['https://169.254.169.254/latest/meta-data/', false, false],
    ['https://100.100.100.200/', false, false],
    ['https://0x7f.1/', true, false],
    ['https://2130706433/', true, false],
    ['https://[fd00::1]/', false, false],
    ['https://metadata.internal/', false, false],
    ['https://intranet/', false, false],
    ['ftp://hooks.bureau.gov.cn/', false, false],
    ['nowhere', false, false]
  ])('at %s: %s on this machine, %s in a secret', (url, onMachine, inSecret) => {
    const channel = { type: 'webhook', url, secret }
    expect([decode(channel, 'machine').success, decode(channel).success]).toEqual([onMachine, inSecret])
  })
})

describe('a webhook in the network of the bureau', () => {
  test.each([
    ['https://10.1.2.3/', true],
    ['https://[fd00::1]/', true],
    ['https://intranet/', true],
    ['https://oa.bureau.gov.cn/', true],
    ['https://169.254.169.254/', false],
    ['https://[fd00:ec2::254]/', false],
    ['https://127.0.0.1/', false],
    ['https://8.8.8.8/', false],
    ['http://10.1.2.3/', false]
  ])('may be at %s: %s', (url, may) => {
    expect(decode({ type: 'webhook', url, secret, network: 'internal' }).success).toBe(may)
  })
})

describe('a mistake is told by its place and in both languages, without its value', () => {
  test.each<[string, object, string]>([
    ['type', { type: 'pigeon' }, '0.type'],
    ['name', { type: 'wecom', name: 'Gruppe 1', key }, '0.name'],
    ['reserved name', { type: 'wecom', name: 'log-file', key }, '0.name'],
    ['key', { type: 'wecom', key: 'hunter 2' }, '0.key'],
    ['unknown field', { type: 'wecom', key, secret: 'hunter2' }, '0'],
    ['webhook without a secret', { type: 'webhook', url: 'https://hooks.bureau.gov.cn/' }, '0.secret'],
    [
      'webhook with a bad secret',
      { type: 'webhook', url: 'https://hooks.bureau.gov.cn/', secret: 'hunter2' },
      '0.secret'
    ],
    ['topic', { type: 'sns', topicArn: 'hunter2' }, '0.topicArn'],
    ['mail host', { type: 'smtp', host: '10.0.0.1', from: 'a@b.cn' }, '0.host'],
    ['mail sender', { type: 'smtp', host: 'smtp.b.cn', from: 'hunter2' }, '0.from']
  ])('%s', (_what, channel, place) => {
    const [issue] = decode(channel).error?.issues ?? []
    expect(issue?.path.join('.')).toBe(place)
    expect(issue?.message).not.toContain('hunter')
    if (place !== '0') expect(issue?.message).toMatch(/\p{Script=Han}.* \/ .*[a-z]/u)
  })

  test('two channels of one name', () => {
    const twice = JSON.stringify([1, 2].map(() => ({ type: 'wecom', name: 'one', key })))
    expect(channelsSchemaOf('secret').safeParse(twice).error?.issues[0]?.path).toEqual([1, 'name'])
  })

  test('no JSON, no list', () => {
    for (const text of ['', '{', '{}', 'null', '"wecom"'])
      expect(channelsSchemaOf('secret').safeParse(text).success, text).toBe(false)
  })
})
