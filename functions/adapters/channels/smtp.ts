import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { createTransport } from 'nodemailer'
import * as z from 'zod'
import type { SendOutcome } from '../../core/delivery.ts'
import type { Channel } from '../../core/ports.ts'
import type { Text } from '../../core/text.ts'

/** A mail server that takes messages for others, and in whose name. */
export interface SmtpOptions {
  readonly name: string
  readonly host: string
  /** 465 talks TLS from the start; any other has to change over to it before anything is said. */
  readonly port: number
  readonly user?: string | undefined
  readonly password?: string | undefined
  /** Address of the sender. */
  readonly from: string
}

/**
 * A channel that sends mail by SMTP, one message to one address: the way in mainland China, where AWS has no SES. The
 * `Message-ID` is made of the key, but no server is bound to drop a second copy, so what may have gone out is not sent
 * again. A server on this very machine is talked to without TLS.
 */
export const smtpChannel = ({ name, host, port, user, password, from }: SmtpOptions): Channel => {
  const isOnMachine = host === 'localhost' || host === '127.0.0.1'
  const transport = createTransport({
    host,
    port,
    secure: port === implicitTls,
    requireTLS: !isOnMachine,
    ignoreTLS: isOnMachine,
    ...(user !== undefined && { auth: { user, pass: password ?? '' } }),
    connectionTimeout: 5000,
    greetingTimeout: 5000,
    // Within the lease of an attempt (core/delivery.ts), whatever the server does.
    socketTimeout: 15_000
  })
  return {
    name,
    dropsCopies: false,
    partsOf: message => [message],
    send: async (key, { recipient, subject, text }, address) => {
      if (address === undefined) return { type: 'refused', reason: noAddress }
      let begun = false
      const content = Readable.from(
        (function* () {
          begun = true
          yield text
        })()
      )
      try {
        const { response } = await transport.sendMail({
          from,
          to: { name: recipient, address },
          subject,
          text: content,
          textEncoding: 'base64',
          messageId: `<${createHash('sha256').update(key).digest('hex').slice(0, 32)}@${from.slice(from.indexOf('@') + 1)}>`,
          headers: { 'Auto-Submitted': 'auto-generated' },
          disableFileAccess: true,
          disableUrlAccess: true
        })
        return { type: 'sent', code: response.slice(0, 3) }
      } catch (error) {
        return outcomeOf(error, begun)
      }
    }
  }
}

const implicitTls = 465

/** Servers that put off unknown senders want to be asked again after some minutes (RFC 6647). */
const greylistSeconds = 300

const failureSchema = z.looseObject({ code: z.string().optional(), responseCode: z.int().optional() })

/** A reply of the server decides (RFC 5321 §4.2.1); without one, whether any of the message had been handed over. */
const outcomeOf = (error: unknown, begun: boolean): SendOutcome => {
  const { code, responseCode } = failureSchema.safeParse(error).data ?? {}
  if (responseCode !== undefined && responseCode >= 400)
    return responseCode < 500
      ? { type: 'retry', afterSeconds: greylistSeconds, code: String(responseCode), reason: putOff }
      : { type: 'refused', code: String(responseCode), reason: turnedDown }
  if (code === 'EAUTH' || code === 'EENVELOPE') return { type: 'refused', code, reason: turnedDown }
  return begun
    ? { type: 'unknown', code, reason: noReply }
    : { type: 'retry', afterSeconds: 60, code, reason: notReached }
}

const noAddress: Text = { zh: '收件人没有邮箱地址', en: 'the recipient has no e-mail address' }
const putOff: Text = { zh: '邮件服务器请稍后再投', en: 'the mail server asks to try again later' }
const turnedDown: Text = {
  zh: '邮件服务器拒收:请核对账号与收件地址',
  en: 'the mail server turned it down: check the account and the address'
}
const notReached: Text = {
  zh: '连不上邮件服务器,邮件没有发出',
  en: 'the mail server could not be reached; nothing was sent'
}
const noReply: Text = {
  zh: '投递中途断开,不知道是否送达',
  en: 'the connection broke while it was sent; nobody can tell whether it arrived'
}
