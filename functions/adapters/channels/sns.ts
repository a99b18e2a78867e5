import { PublishCommand, SNSClient, SNSServiceException } from '@aws-sdk/client-sns'
import { bytesOf, cutText } from '../../core/cut-text.ts'
import type { SendOutcome } from '../../core/delivery.ts'
import type { Channel } from '../../core/ports.ts'
import type { Text } from '../../core/text.ts'
import { codeOf, isUnsent } from './post.ts'

/** A topic of SNS. */
export interface SnsOptions {
  readonly name: string
  readonly topicArn: string
  readonly client?: SNSClient
}

// SNS takes 256 KiB, attributes included.
const longestText = 250_000
const longestSubject = 99

/**
 * A channel that publishes to a topic of SNS, whose subscribers get it by e-mail. Every message has the attributes
 * `recipient` and, where there is one, `address`, so that a subscription can filter for its own. The client itself
 * repeats nothing: a topic does not drop copies.
 */
export const snsChannel = ({ name, topicArn, client = new SNSClient({ maxAttempts: 1 }) }: SnsOptions): Channel => ({
  name,
  dropsCopies: false,
  partsOf: message => cutText(message.text, longestText, bytesOf).map(text => ({ ...message, text })),
  send: async (_key, { recipient, subject, text }, address) => {
    try {
      await client.send(
        new PublishCommand({
          TopicArn: topicArn,
          Subject: [...subject.replaceAll(/\p{Cc}/gu, ' ')].slice(0, longestSubject).join(''),
          Message: `致:${recipient}\n\n${text}`,
          MessageAttributes: {
            recipient: { DataType: 'String', StringValue: recipient },
            ...(address !== undefined && { address: { DataType: 'String', StringValue: address } })
          }
        })
      )
      return { type: 'sent' }
    } catch (error) {
      return outcomeOf(error)
    }
  }
})

/** Only an error that SNS itself names, or one that comes before any call, surely means that nothing was published. */
const outcomeOf = (error: unknown): SendOutcome => {
  const code = error instanceof SNSServiceException ? error.name : codeOf(error)
  const httpStatus = error instanceof SNSServiceException ? error.$metadata.httpStatusCode : undefined
  if (/thrott|toomanyrequests/i.test(code))
    return { type: 'retry', afterSeconds: 60, closesChannel: true, code, httpStatus, reason: throttled }
  if (httpStatus !== undefined && httpStatus >= 400 && httpStatus < 500)
    return { type: 'refused', code, httpStatus, reason: turnedDown }
  if (code === 'Error' || code === 'CredentialsProviderError') return { type: 'refused', code, reason: notSetUp }
  return isUnsent(code)
    ? { type: 'retry', afterSeconds: 60, code, reason: notReached }
    : { type: 'unknown', code, httpStatus, reason: noAnswer }
}

const throttled: Text = { zh: 'SNS 限流', en: 'SNS throttles' }
const turnedDown: Text = {
  zh: 'SNS 拒绝:请核对主题 ARN 与权限',
  en: 'SNS turned it down: check the ARN of the topic and the permissions'
}
const notSetUp: Text = { zh: '没有 AWS 区域或凭证', en: 'there is no region or no credential of AWS' }
const notReached: Text = { zh: '连不上 SNS,消息没有发出', en: 'SNS could not be reached; nothing was sent' }
const noAnswer: Text = {
  zh: 'SNS 没有应答,不知道是否送达',
  en: 'SNS gave no answer; nobody can tell whether it arrived'
}
