import * as z from 'zod'
import { countWithin, hmac, jsonOf, type PlatformRules } from './platform-rules.ts'

const atSchema = z
  .strictObject({
    atMobiles: z.array(z.string()).optional(),
    atUserIds: z.array(z.string()).optional(),
    isAtAll: z.boolean().optional()
  })
  .optional()

const messageSchema = z.discriminatedUnion('msgtype', [
  z.strictObject({ msgtype: z.literal('text'), text: z.strictObject({ content: z.string().min(1) }), at: atSchema }),
  z.strictObject({
    msgtype: z.literal('markdown'),
    markdown: z.strictObject({ title: z.string().min(1), text: z.string().min(1) }),
    at: atSchema
  }),
  z.strictObject({
    msgtype: z.literal('link'),
    link: z.strictObject({ title: z.string(), text: z.string(), messageUrl: z.string(), picUrl: z.string().optional() })
  })
])

const contentOf = (message: z.output<typeof messageSchema>): string => {
  switch (message.msgtype) {
    case 'text':
      return message.text.content
    case 'markdown':
      return `${message.markdown.title}\n${message.markdown.text}`
    case 'link':
      return `${message.link.title}\n${message.link.text}`
  }
}

const hour = 3_600_000

/**
 * 自定义机器人接入 and 安全设置: a token in the address, a signature of the milliseconds and the secret that is an hour old at
 * most, a keyword, 20,000 bytes, 20 messages a minute and then none for ten.
 */
export const dingtalkRules: PlatformRules = {
  path: key => `/robot/send?access_token=${key}`,
  faultOf: async ({ url, body }, { key, secret, keyword, now }, acceptedAt) => {
    if (url.pathname !== '/robot/send' || url.searchParams.get('access_token') !== key)
      return { code: 300005, message: 'token is not exist' }
    if (secret !== undefined) {
      const timestamp = url.searchParams.get('timestamp') ?? ''
      if (/^\d{13}$/.test(timestamp) && Math.abs(Number(timestamp) - now()) > hour)
        return { code: 310000, message: 'description:timestamp is invalid;solution:请检查 timestamp' }
      if (url.searchParams.get('sign') !== (await hmac(secret, `${timestamp}\n${secret}`)))
        return {
          code: 310000,
          message: 'description:机器人发送签名不匹配;solution:请确认签名和生成签名的时间戳必须都放在调用的网址中'
        }
    }
    if (Buffer.byteLength(body) > 20_000) return { code: 460101, message: 'message too long' }
    const message = messageSchema.safeParse(jsonOf(body)).data
    if (!message) return { code: 40035, message: '缺少参数 json' }
    if (keyword !== undefined && !contentOf(message).includes(keyword))
      return { code: 310000, message: 'description:关键词不匹配;solution:请检查关键词' }
    if (countWithin(60, acceptedAt, now()) >= 20) return { code: 130101, message: 'send too fast' }
    return undefined
  },
  answerOf: fault => ({ errcode: fault?.code ?? 0, errmsg: fault?.message ?? 'ok' }),
  textOf: body => contentOf(messageSchema.parse(jsonOf(body)))
}
