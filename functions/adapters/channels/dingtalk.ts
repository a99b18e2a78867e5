import { createHmac } from 'node:crypto'
import { jsonBytesOf } from '../../core/cut-text.ts'
import type { CodeMeaning, Platform } from './robot.ts'

/**
 * Custom robots of DingTalk (钉钉自定义机器人), with the security settings it offers: signature, keyword, or both. Limits and
 * codes as its open platform documents them (自定义机器人接入, 服务端错误码).
 * @param url address with the access token.
 * @param secret `SEC…`; signs every message where the robot asks for it.
 */
export const dingtalk = (url: URL, secret: string | undefined): Platform => ({
  limits: [{ count: 20, seconds: 60 }],
  // 20,000 bytes are the whole body; its frame and whom it mentions are short.
  longestText: 19_400,
  sizeOf: jsonBytesOf,
  codeField: 'errcode',
  meaningOf: (code, message) => (code === securityCode ? securityMeaning(message) : meanings[code]),
  // The gateway before the robots throttles without a code of the robots.
  waitWithoutCode: 60,
  requestOf: (content, _part, address, now) => ({
    url: secret === undefined ? url : signedUrl(url, secret, Date.parse(now)),
    body: {
      msgtype: 'text',
      text: { content },
      ...(address !== undefined && { at: { [/^\d{6,}$/.test(address) ? 'atMobiles' : 'atUserIds']: [address] } })
    }
  })
})

/** HMAC-SHA256 with the secret as key over `timestamp\nsecret`, in base64; the timestamp in milliseconds. */
export const dingtalkSignature = (secret: string, timestamp: number): string =>
  createHmac('sha256', secret).update(`${timestamp}\n${secret}`).digest('base64')

const signedUrl = (url: URL, secret: string, timestamp: number): URL => {
  const signed = new URL(url)
  signed.searchParams.set('timestamp', String(timestamp))
  signed.searchParams.set('sign', dingtalkSignature(secret, timestamp))
  return signed
}

const securityCode = 310_000

/**
 * One code for every security setting; only the description says which (the solution after it speaks of the time also
 * where the secret is wrong). The next try is signed with a new time.
 */
const securityMeaning = (message: string): CodeMeaning =>
  /timestamp|时间|过期|expired/i.test(message.replace(/solution:.*/s, ''))
    ? {
        type: 'retry',
        afterSeconds: 30,
        reason: {
          zh: '签名的时间不对,将用新的时间重试',
          en: 'the time of the signature is off; tried again with a new one'
        }
      }
    : {
        type: 'refused',
        reason: {
          zh: '安全设置不符:关键词、签名密钥或 IP 地址',
          en: 'a security setting is not met: keyword, secret or IP address'
        }
      }

// After the limit DingTalk takes nothing for ten minutes.
const blockedSeconds = 600

const meanings: Readonly<Record<number, CodeMeaning>> = {
  [-1]: { type: 'retry', afterSeconds: 30, reason: { zh: '钉钉系统繁忙', en: 'DingTalk is busy' } },
  130101: {
    type: 'retry',
    afterSeconds: blockedSeconds,
    closesChannel: true,
    reason: { zh: '发送过快(每分钟 20 条),限流十分钟', en: 'too fast (20 a minute); blocked for ten minutes' }
  },
  410100: {
    type: 'retry',
    afterSeconds: blockedSeconds,
    closesChannel: true,
    reason: { zh: '发送过快而被限流', en: 'too fast, and throttled' }
  },
  300001: { type: 'refused', reason: { zh: 'token 不存在', en: 'there is no such token' } },
  300005: { type: 'refused', reason: { zh: 'token 不存在', en: 'there is no such token' } },
  400013: { type: 'refused', reason: { zh: '群已解散', en: 'the group is dissolved' } },
  400101: { type: 'refused', reason: { zh: 'access_token 不存在', en: 'there is no such access token' } },
  400102: { type: 'refused', reason: { zh: '机器人已停用', en: 'the robot is disabled' } },
  400105: { type: 'refused', reason: { zh: '不支持的消息类型', en: 'the type of message is not supported' } },
  400106: { type: 'refused', reason: { zh: '机器人不存在', en: 'there is no such robot' } },
  40035: { type: 'refused', reason: { zh: '缺少参数', en: 'a parameter is missing' } },
  43004: { type: 'refused', reason: { zh: '请求头不对', en: 'a header is wrong' } },
  430101: { type: 'refused', reason: { zh: '含有不安全的链接', en: 'it holds an unsafe link' } },
  430102: { type: 'refused', reason: { zh: '含有不合适的文字', en: 'it holds improper text' } },
  430103: { type: 'refused', reason: { zh: '含有不合适的图片', en: 'it holds an improper image' } },
  430104: { type: 'refused', reason: { zh: '含有不合适的内容', en: 'it holds improper content' } },
  460101: { type: 'refused', reason: { zh: '消息过长', en: 'the message is too long' } }
}
