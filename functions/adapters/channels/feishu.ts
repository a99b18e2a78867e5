import { createHmac } from 'node:crypto'
import { jsonBytesOf } from '../../core/cut-text.ts'
import type { CodeMeaning, Platform } from './robot.ts'

/**
 * Custom bots of Feishu (飞书自定义机器人), with the security settings it offers. Limits and codes as its open platform
 * documents them (自定义机器人使用指南).
 * @param url address with the key.
 * @param secret signs every message where the bot asks for it.
 */
export const feishu = (url: URL, secret: string | undefined): Platform => ({
  limits: [
    { count: 5, seconds: 1 },
    { count: 100, seconds: 60 }
  ],
  avoidMinutes: [0, 30],
  // 20 KB are the whole body; its frame, the signature and whom it mentions are short.
  longestText: 19_400,
  sizeOf: text => jsonBytesOf(plain(text)),
  codeField: 'code',
  meaningOf: code => meanings[code],
  requestOf: (text, { recipient }, address, now) => ({
    url,
    body: {
      ...(secret !== undefined && signatureFields(secret, Math.floor(Date.parse(now) / 1000))),
      msg_type: 'text',
      content: { text: `${plain(text)}${address === undefined ? '' : `\n${mention(address, recipient)}`}` }
    }
  })
})

/** HMAC-SHA256 with `timestamp\nsecret` as key over nothing, in base64; the timestamp in seconds. */
export const feishuSignature = (secret: string, timestamp: number): string =>
  createHmac('sha256', `${timestamp}\n${secret}`).digest('base64')

const signatureFields = (secret: string, timestamp: number) => ({
  timestamp: String(timestamp),
  sign: feishuSignature(secret, timestamp)
})

/** Text in which nobody can call the whole group by writing a tag into a report. */
const plain = (text: string): string => text.replaceAll('<', '＜')

const mention = (userId: string, name: string): string =>
  `<at user_id="${userId.replaceAll(/[^\w-]/g, '')}">${plain(name)}</at>`

const meanings: Readonly<Record<number, CodeMeaning>> = {
  11232: {
    type: 'retry',
    afterSeconds: 60,
    closesChannel: true,
    reason: { zh: '发送过于频繁(每秒 5 条、每分钟 100 条)', en: 'too frequent (5 a second, 100 a minute)' }
  },
  19021: {
    type: 'retry',
    afterSeconds: 30,
    reason: {
      zh: '签名不符或时间相差过大,将用新的时间重试;密钥不对则一直如此',
      en: 'the signature does not match or its time is off; tried again with a new time, in vain if the secret is wrong'
    }
  },
  9499: { type: 'refused', reason: { zh: '请求格式不对', en: 'the request is malformed' } },
  19001: { type: 'refused', reason: { zh: '机器人的 key 不对', en: 'the key of the bot is wrong' } },
  19002: { type: 'refused', reason: { zh: '参数不对', en: 'a parameter is wrong' } },
  19022: { type: 'refused', reason: { zh: 'IP 地址不在白名单', en: 'the IP address is not on the list of the bot' } },
  19024: { type: 'refused', reason: { zh: '消息里没有关键词', en: 'the message lacks the keyword' } }
}
