import { createHash } from 'node:crypto'
import * as z from 'zod'
import { bytesOf, cutText } from '../../core/cut-text.ts'
import type { SendOutcome } from '../../core/delivery.ts'
import type { RateLimit } from '../../core/pace.ts'
import type { Channel, Clock, Message } from '../../core/ports.ts'
import type { Text } from '../../core/text.ts'
import { jsonTextOf } from '../../schema/fields.ts'
import { type Posted, postTo } from './post.ts'

/** What a code in the body of an answer calls for. */
export type CodeMeaning =
  | { readonly type: 'retry'; readonly afterSeconds: number; readonly closesChannel?: true; readonly reason: Text }
  | { readonly type: 'refused'; readonly reason: Text }

/** How one platform takes messages, from its documentation (DOMAIN §7). */
export interface Platform {
  readonly limits: readonly RateLimit[]
  readonly avoidMinutes?: readonly number[]
  /** Most of a text, in the unit of `sizeOf`. */
  readonly longestText: number
  readonly sizeOf: (text: string) => number
  /** The request for a text, signed for that instant. */
  readonly requestOf: (text: string, part: Message, address: string | undefined, now: string) => RobotRequest
  /** The field of the body that holds the code; 0 is success. */
  readonly codeField: 'errcode' | 'code'
  /** What a code means; the message tells apart what the platform puts under one code. */
  readonly meaningOf: (code: number, message: string) => CodeMeaning | undefined
  /** Seconds to wait after an answer without any code, where such an answer means that nothing was taken. */
  readonly waitWithoutCode?: number
}

/** One call of a robot. */
export interface RobotRequest {
  readonly url: URL
  readonly body: unknown
}

/** A robot of a group. */
export interface RobotOptions {
  readonly name: string
  /** Its address, which is its key. */
  readonly url: URL
  /** A word that the platform wants in every message. */
  readonly keyword?: string | undefined
  readonly platform: Platform
  /** The clock of the machine. */
  readonly realTime: Clock
}

/**
 * A channel into a group chat. The platforms answer HTTP 200 also when they refuse, so only the code in the body counts.
 * They do not drop a second copy: what may have arrived is not sent again.
 */
export const robotChannel = ({ name, url, keyword, platform, realTime }: RobotOptions): Channel => ({
  name,
  dropsCopies: false,
  pace: { id: paceIdOf(url), limits: platform.limits, avoidMinutes: platform.avoidMinutes ?? [] },
  partsOf: message => partsOf(message, keyword, platform),
  send: async (_key, part, address) => {
    const request = platform.requestOf(textOf(part, keyword), part, address, realTime.now())
    return outcomeOf(await postTo(request.url, JSON.stringify(request.body)), platform)
  }
})

/** Two channels with one robot share its pace; the id gives its key away to nobody. */
const paceIdOf = (url: URL): string => createHash('sha256').update(url.href).digest('hex').slice(0, 32)

/** A message as a group reads it: what it is about, whom it is for, and the lines. */
const textOf = ({ subject, recipient, text }: Message, keyword: string | undefined): string => {
  const whole = `${subject}\n致:${recipient}\n${text}`
  return keyword === undefined || whole.includes(keyword) ? whole : `【${keyword}】${whole}`
}

const longestSubject = 300

const partsOf = (message: Message, keyword: string | undefined, platform: Platform): readonly Message[] => {
  const [subject = '', ...cutOff] = cutText(message.subject, longestSubject, bytesOf)
  const whole = { ...message, subject: cutOff.length > 0 ? `${subject}…` : subject }
  if (platform.sizeOf(textOf(whole, keyword)) <= platform.longestText) return [whole]
  for (let digits = 1; ; digits += 1) {
    const widest = numbered(whole, '9'.repeat(digits), '9'.repeat(digits))
    const frame = platform.sizeOf(textOf({ ...widest, text: '' }, undefined)) + keywordSize(keyword, platform)
    const pieces = cutText(message.text, platform.longestText - frame, platform.sizeOf)
    if (String(pieces.length).length <= digits)
      return pieces.map((text, i) => ({ ...numbered(whole, i + 1, pieces.length), text }))
  }
}

/** A part whose own lines lack the keyword has it put in front. */
const keywordSize = (keyword: string | undefined, { sizeOf }: Platform): number =>
  keyword === undefined ? 0 : sizeOf(`【${keyword}】`)

const numbered = (message: Message, part: number | string, parts: number | string): Message => ({
  ...message,
  subject: `${message.subject}(${part}/${parts})`
})

const secondsUntilBack = 60

const outcomeOf = (posted: Posted, platform: Platform): SendOutcome => {
  switch (posted.type) {
    case 'unsent':
      return { type: 'retry', afterSeconds: secondsUntilBack, code: posted.code, reason: notReached }
    case 'lost':
      return { type: 'unknown', code: posted.code, reason: noAnswer }
    case 'answered':
      return outcomeOfAnswer(posted, platform)
  }
}

const answerSchema = jsonTextOf(
  z.looseObject({ errmsg: z.string().optional(), msg: z.string().optional(), wait: z.number().optional() })
)

const outcomeOfAnswer = (posted: Posted & { type: 'answered' }, platform: Platform): SendOutcome => {
  const { httpStatus, body, retryAfterSeconds } = posted
  const answer = answerSchema.safeParse(body).data
  const code = z.int().safeParse(answer?.[platform.codeField]).data
  if (answer && code !== undefined) {
    if (code === 0) return { type: 'sent', httpStatus, code: '0' }
    const meaning = platform.meaningOf(code, answer.errmsg ?? answer.msg ?? '') ?? undocumented
    return { ...meaning, httpStatus, code: String(code) }
  }
  if (httpStatus === 429)
    return {
      type: 'retry',
      afterSeconds: retryAfterSeconds ?? secondsUntilBack,
      closesChannel: true,
      httpStatus,
      reason: tooFast
    }
  if (httpStatus >= 400 && httpStatus < 500) return { type: 'refused', httpStatus, reason: notFound }
  if (answer && httpStatus < 300 && platform.waitWithoutCode !== undefined) {
    const wait = Math.max(platform.waitWithoutCode, answer.wait ?? 0)
    return { type: 'unknown', retryAfterSeconds: wait, httpStatus, reason: gateway }
  }
  return { type: 'unknown', httpStatus, reason: unreadable }
}

const notReached: Text = { zh: '连不上平台,消息没有发出', en: 'the platform could not be reached; nothing was sent' }
const noAnswer: Text = {
  zh: '发出后没有收到平台的应答,不知道是否送达',
  en: 'no answer came back; nobody can tell whether it arrived'
}
const tooFast: Text = { zh: '发送过于频繁', en: 'too many messages in a short time' }
const notFound: Text = { zh: '地址不对,平台没有接收', en: 'the address is wrong; the platform took nothing' }
const gateway: Text = {
  zh: '应答里没有错误码,多半是网关限流,稍后再试',
  en: 'the answer has no code, as when the gateway throttles; it is tried again later'
}
const unreadable: Text = {
  zh: '应答里没有错误码,不知道是否送达',
  en: 'the answer has no code; nobody can tell whether it arrived'
}
const undocumented: CodeMeaning = {
  type: 'refused',
  reason: {
    zh: '平台拒绝了消息,错误码没有文档说明',
    en: 'the platform refused the message with a code it does not document'
  }
}
