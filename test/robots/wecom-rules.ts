import * as z from 'zod'
import { countWithin, jsonOf, type PlatformRules } from './platform-rules.ts'

const messageSchema = z.discriminatedUnion('msgtype', [
  z.strictObject({
    msgtype: z.literal('text'),
    text: z.strictObject({
      content: z.string(),
      mentioned_list: z.array(z.string()).optional(),
      mentioned_mobile_list: z.array(z.string().regex(/^(\d{11}|@all)$/)).optional()
    })
  }),
  z.strictObject({ msgtype: z.literal('markdown'), markdown: z.strictObject({ content: z.string() }) })
])

const contentOf = (message: z.output<typeof messageSchema>): string =>
  message.msgtype === 'text' ? message.text.content : message.markdown.content

const longest = { text: 2048, markdown: 4096 }

/** 群机器人配置说明: the key in the address, 2048 bytes of text or 4096 of markdown, 20 messages a minute. */
export const wecomRules: PlatformRules = {
  path: key => `/cgi-bin/webhook/send?key=${key}`,
  faultOf: async ({ url, body }, { key, now }, acceptedAt) => {
    if (url.pathname !== '/cgi-bin/webhook/send' || url.searchParams.get('key') !== key)
      return { code: 93000, message: 'invalid webhook url' }
    const message = messageSchema.safeParse(jsonOf(body)).data
    if (!message) return { code: 40008, message: 'invalid message type' }
    const content = contentOf(message)
    if (content === '') return { code: 44004, message: 'empty content' }
    if (Buffer.byteLength(content) > longest[message.msgtype])
      return { code: 40058, message: 'content exceed max length' }
    if (countWithin(60, acceptedAt, now()) >= 20) return { code: 45009, message: 'api freq out of limit' }
    return undefined
  },
  answerOf: fault => ({ errcode: fault?.code ?? 0, errmsg: fault?.message ?? 'ok' }),
  textOf: body => contentOf(messageSchema.parse(jsonOf(body)))
}
