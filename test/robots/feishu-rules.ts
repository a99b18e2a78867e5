import * as z from 'zod'
import { countWithin, hmac, jsonOf, type PlatformRules } from './platform-rules.ts'

const signature = { timestamp: z.string().optional(), sign: z.string().optional() }

const postLine = z.array(
  z.discriminatedUnion('tag', [
    z.strictObject({ tag: z.literal('text'), text: z.string() }),
    z.strictObject({ tag: z.literal('a'), text: z.string(), href: z.string() }),
    z.strictObject({ tag: z.literal('at'), user_id: z.string() })
  ])
)

const messageSchema = z.discriminatedUnion('msg_type', [
  z.strictObject({ ...signature, msg_type: z.literal('text'), content: z.strictObject({ text: z.string().min(1) }) }),
  z.strictObject({
    ...signature,
    msg_type: z.literal('post'),
    content: z.strictObject({
      post: z.record(z.string(), z.strictObject({ title: z.string(), content: z.array(postLine) }))
    })
  })
])

const contentOf = (message: z.output<typeof messageSchema>): string =>
  message.msg_type === 'text' ? message.content.text : JSON.stringify(message.content.post)

const hour = 3600

/**
 * 自定义机器人使用指南: the key in the address, a signature of the seconds and the secret that is an hour old at most, a keyword,
 * 20 KB, five messages a second and a hundred a minute; overrun at the full and the half hour, of which it advises against.
 */
export const feishuRules: PlatformRules = {
  path: key => `/open-apis/bot/v2/hook/${key}`,
  faultOf: async ({ url, body }, { key, secret, keyword, now }, acceptedAt) => {
    if (url.pathname !== `/open-apis/bot/v2/hook/${key}`)
      return { code: 19001, message: 'param invalid: incoming webhook access token invalid' }
    if (Buffer.byteLength(body) > 20 * 1024) return { code: 9499, message: 'Bad Request' }
    const message = messageSchema.safeParse(jsonOf(body)).data
    if (!message) return { code: 9499, message: 'Bad Request' }
    if (secret !== undefined) {
      const { timestamp = '', sign } = message
      const isFresh = /^\d{10}$/.test(timestamp) && Math.abs(Number(timestamp) - now() / 1000) <= hour
      if (!isFresh || sign !== (await hmac(`${timestamp}\n${secret}`, '')))
        return { code: 19021, message: 'sign match fail or timestamp is not within one hour from current time' }
    }
    if (keyword !== undefined && !contentOf(message).includes(keyword))
      return { code: 19024, message: 'Key Words Not Found' }
    const isRush = [0, 30].includes(new Date(now()).getUTCMinutes())
    if (isRush || countWithin(1, acceptedAt, now()) >= 5 || countWithin(60, acceptedAt, now()) >= 100)
      return { code: 11232, message: 'frequency limited' }
    return undefined
  },
  answerOf: fault =>
    fault
      ? { code: fault.code, data: {}, msg: fault.message }
      : { StatusCode: 0, StatusMessage: 'success', code: 0, data: {}, msg: 'success' },
  textOf: body => contentOf(messageSchema.parse(jsonOf(body)))
}
