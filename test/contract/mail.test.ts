import { once } from 'node:events'
import type { AddressInfo, Server } from 'node:net'
import { PublishCommand, SNSClient, SNSServiceException } from '@aws-sdk/client-sns'
import { mockClient } from 'aws-sdk-client-mock'
import { SMTPServer } from 'smtp-server'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { smtpChannel } from '../../functions/adapters/channels/smtp.ts'
import { snsChannel } from '../../functions/adapters/channels/sns.ts'
import type { Message } from '../../functions/core/ports.ts'
import { channelContract } from './channel.contract.ts'

const message: Message = {
  recipient: '张三',
  subject: '红色预警:区实验小学北校',
  text: 'R1 | 主体封顶\n滞后17个工作日'
}

/** At which step a mail server does what, beside taking the mail. */
interface Script {
  readonly onRcptTo?: Error
  readonly onData?: Error | 'hang-up'
}

/** The text of a mail, as its recipient reads it. */
const bodyOf = (raw: string): string =>
  Buffer.from(raw.slice(raw.indexOf('\r\n\r\n')), 'base64')
    .toString('utf8')
    .replaceAll('\r\n', '\n')
    .trimEnd()

describe('mail by SMTP', () => {
  const servers: SMTPServer[] = []
  afterEach(() => {
    for (const server of servers.splice(0)) server.close()
  })

  const startServer = async ({ onRcptTo, onData }: Script = {}) => {
    const received: { readonly to: readonly string[]; readonly raw: string }[] = []
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      onAuth: ({ username, password }, _session, done) =>
        done(username === 'jindu' && password === 'right' ? null : new Error('Invalid login'), { user: username }),
      onRcptTo: (_address, _session, done) => done(onRcptTo),
      onData: (stream, session, done) => {
        let raw = ''
        stream.on('data', (chunk: Buffer) => {
          raw += chunk
        })
        stream.on('end', () => {
          if (onData === 'hang-up') {
            for (const connection of server.connections) connection.close()
            return
          }
          if (!onData) received.push({ to: session.envelope.rcptTo.map(({ address }) => address), raw })
          done(onData)
        })
      }
    })
    servers.push(server)
    const listener: Server = server.listen(0, '127.0.0.1')
    await once(listener, 'listening')
    const { port } = listener.address() as AddressInfo
    return { port, received }
  }

  const channelAt = (port: number, more: { readonly user?: string; readonly password?: string } = {}) =>
    smtpChannel({ name: 'mail', host: '127.0.0.1', port, from: 'jindu@bureau.gov.cn', ...more })

  channelContract('SMTP', async () => {
    const { port, received } = await startServer()
    return {
      channel: channelAt(port, { user: 'jindu', password: 'right' }),
      address: 'zhang@school.cn',
      shown: async () => received.map(({ raw }) => bodyOf(raw)),
      breakReceiver: async () => servers.splice(0)[0]?.close()
    }
  })

  test('arrives at the address of the recipient, whole and readable', async () => {
    const { port, received } = await startServer()
    expect(await channelAt(port).send('mail/abc', message, 'zhang@school.cn')).toEqual({ type: 'sent', code: '250' })
    const [{ to, raw } = { to: [], raw: '' }] = received
    expect(to).toEqual(['zhang@school.cn'])
    expect(bodyOf(raw)).toBe(message.text)
    const [head = ''] = raw.split('\r\n\r\n')
    expect(head).toMatch(/^Auto-Submitted: auto-generated$/m)
    expect(head).toMatch(/^Message-ID: <[0-9a-f]{32}@bureau\.gov\.cn>$/m)
    expect(head).toMatch(/^Content-Type: text\/plain; charset=utf-8$/m)
  })

  test('a line of a report cannot add a header or a recipient', async () => {
    const { port, received } = await startServer()
    const subject = '红色\r\nBcc: everybody@school.cn'
    await channelAt(port).send('k', { ...message, subject, recipient: '"x" <y@z.cn>, 李四' }, 'zhang@school.cn')
    expect(received[0]?.to).toEqual(['zhang@school.cn'])
    expect(received[0]?.raw).not.toMatch(/^Bcc:/m)
  })

  const refusal = (responseCode: number) => Object.assign(new Error('no'), { responseCode })

  test.each([
    ['puts off an unknown sender', { onRcptTo: refusal(450) }, 'retry', '450'],
    ['does not know the recipient', { onRcptTo: refusal(550) }, 'refused', '550'],
    ['is full', { onData: refusal(452) }, 'retry', '452'],
    ['takes it for spam', { onData: refusal(554) }, 'refused', '554'],
    ['hangs up after the message, before its answer', { onData: 'hang-up' }, 'unknown', 'ECONNECTION']
  ] as const)('a server that %s: %s', async (_what, script, type, code) => {
    const { port, received } = await startServer(script)
    expect(await channelAt(port).send('k', message, 'zhang@school.cn')).toMatchObject({ type, code })
    expect(received).toEqual([])
  })

  test('signs in, and a wrong password is for somebody to mend', async () => {
    const { port, received } = await startServer()
    const right = channelAt(port, { user: 'jindu', password: 'right' })
    expect(await right.send('k', message, 'zhang@school.cn')).toMatchObject({ type: 'sent' })
    const wrong = await channelAt(port, { user: 'jindu', password: 'hunter2' }).send('k', message, 'zhang@school.cn')
    expect(wrong).toMatchObject({ type: 'refused' })
    expect(JSON.stringify(wrong)).not.toContain('hunter2')
    expect(received).toHaveLength(1)
  })

  test('no server, no address', async () => {
    const { port } = await startServer()
    servers.splice(0)[0]?.close()
    expect(await channelAt(port).send('k', message, 'zhang@school.cn')).toMatchObject({ type: 'retry' })
    expect(await channelAt(port).send('k', message)).toMatchObject({ type: 'refused' })
  })
})

describe('a topic of SNS', () => {
  const sns = mockClient(SNSClient)
  beforeEach(() => sns.reset())
  const topicArn = 'arn:aws-cn:sns:cn-north-1:123456789012:notices'
  const channel = snsChannel({ name: 'topic', topicArn, client: new SNSClient({ region: 'cn-north-1' }) })

  test('is published to, with attributes that a subscription can filter by', async () => {
    sns.on(PublishCommand).resolves({ MessageId: '1' })
    const subject = `第一行\n${'长'.repeat(200)}`
    expect(await channel.send('k', { ...message, subject }, 'zhang@school.cn')).toEqual({ type: 'sent' })
    const { Subject = '', ...input } = sns.commandCalls(PublishCommand)[0]?.args[0].input ?? {}
    expect(input).toEqual({
      TopicArn: topicArn,
      Message: `致:张三\n\n${message.text}`,
      MessageAttributes: {
        recipient: { DataType: 'String', StringValue: '张三' },
        address: { DataType: 'String', StringValue: 'zhang@school.cn' }
      }
    })
    expect([...Subject].length).toBeLessThan(100)
    expect(Subject).not.toContain('\n')
  })

  channelContract('SNS', async () => {
    sns.on(PublishCommand).resolves({ MessageId: '1' })
    return {
      channel,
      shown: async () => sns.commandCalls(PublishCommand).map(({ args }) => args[0].input.Message ?? ''),
      breakReceiver: async () =>
        void sns.on(PublishCommand).rejects(Object.assign(new Error('x'), { code: 'ECONNRESET' }))
    }
  })

  const fault = (name: string, httpStatusCode: number) =>
    new SNSServiceException({ name, $fault: 'client', $metadata: { httpStatusCode } })

  test.each([
    [fault('ThrottledException', 429), 'retry'],
    [fault('NotFoundException', 404), 'refused'],
    [fault('AuthorizationErrorException', 403), 'refused'],
    [fault('InternalErrorException', 500), 'unknown'],
    [new Error('Region is missing'), 'refused'],
    [Object.assign(new Error('x'), { code: 'ECONNREFUSED' }), 'retry'],
    [Object.assign(new Error('x'), { code: 'ECONNRESET' }), 'unknown'],
    [Object.assign(new Error('x'), { name: 'TimeoutError' }), 'unknown']
  ] as const)('answers %s: %s', async (error, type) => {
    sns.on(PublishCommand).rejects(error)
    expect(await channel.send('k', message)).toMatchObject({ type })
    expect(sns.commandCalls(PublishCommand)).toHaveLength(1)
  })
})
