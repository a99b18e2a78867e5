import { once } from 'node:events'
import { appendFile, mkdtemp, readFile, truncate, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Webhook } from 'standardwebhooks'
import { afterEach, describe, expect, test } from 'vitest'
import { logFileChannel } from '../../functions/adapters/channels/log-file.ts'
import { memoryChannel } from '../../functions/adapters/channels/memory.ts'
import { webhookChannel } from '../../functions/adapters/channels/webhook.ts'
import { systemClock } from '../../functions/adapters/clock.ts'
import type { Clock, Message } from '../../functions/core/ports.ts'
import { channelContract } from './channel.contract.ts'

const clock: Clock = { now: () => '2021-06-21T00:30:00.000Z' }
const secret = `whsec_${Buffer.from('a secret of at least 24 bytes').toString('base64')}`
const webhook = { name: 'webhook', secret, clock, realTime: systemClock }
const message = { recipient: '张三', subject: '提醒', text: 'x' }
const servers: Server[] = []

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

/** A receiver on this machine that verifies signatures. */
const receiver = async (status: number, delay = 0) => {
  const received = new Map<string, Message>()
  const headers: unknown[] = []
  const server = createServer(async (incoming, answer) => {
    let body = ''
    for await (const part of incoming) body += part
    headers.push(incoming.headers)
    const { data } = new Webhook(secret).verify(body, incoming.headers as Record<string, string>) as { data: Message }
    const id = String(incoming.headers['webhook-id'])
    if (!received.has(id)) received.set(id, data)
    setTimeout(
      () => answer.writeHead(status, status === 302 ? { location: 'http://127.0.0.1:1/' } : {}).end('no'),
      delay
    )
  })
  servers.push(server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const stop = async () => {
    server.closeAllConnections()
    server.close()
  }
  return { url: new URL(`http://127.0.0.1:${address.port}/hook/very-private`), received, headers, stop }
}

const newFile = async () => join(await mkdtemp(join(tmpdir(), 'notices-')), 'log', 'notices.jsonl')
const linesOf = async (path: string) =>
  (await readFile(path, 'utf8'))
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line))

const shownBy = ({ subject, text }: Message) => `${subject}\n${text}`

channelContract('memory', async () => {
  const channel = memoryChannel()
  return { channel, shown: async () => [...channel.received.values()].map(shownBy) }
})

channelContract('log file', async () => {
  const path = await newFile()
  return {
    channel: logFileChannel(path, clock),
    shown: async () => (await linesOf(path)).map(shownBy),
    // Where its folder should be there is a file.
    breakReceiver: () => writeFile(dirname(path), 'in the way')
  }
})

channelContract('webhook', async () => {
  const { url, received, stop } = await receiver(200)
  return {
    channel: webhookChannel({ ...webhook, url }),
    shown: async () => [...received.values()].map(shownBy),
    breakReceiver: stop
  }
})

describe('the log file', () => {
  test('writes one line a key, with the instant', async () => {
    const path = await newFile()
    const channel = logFileChannel(path, clock)
    await Promise.all(Array.from({ length: 10 }, (_, i) => channel.send(`k${i % 3}`, message)))
    const lines = await linesOf(path)
    expect(lines.map(({ key }) => key).sort()).toEqual(['k0', 'k1', 'k2'])
    expect(lines[0]).toEqual({ key: lines[0].key, at: clock.now(), ...message })
  })

  test('knows after a crash, and from another process, what is written', async () => {
    const path = await newFile()
    const [first, second] = [logFileChannel(path, clock), logFileChannel(path, clock)]
    await first.send('k1', message)
    await second.send('k2', message)
    await first.send('k2', message)
    await logFileChannel(path, clock).send('k1', message)
    expect((await linesOf(path)).map(({ key }) => key)).toEqual(['k1', 'k2'])
  })

  test('leaves a torn last line and writes its message again', async () => {
    const path = await newFile()
    await logFileChannel(path, clock).send('k1', message)
    await appendFile(path, '{"key":"k2","at":"20')
    const channel = logFileChannel(path, clock)
    await channel.send('k2', message)
    await channel.send('k1', message)
    const [first, torn, second, ...rest] = (await readFile(path, 'utf8')).split('\n')
    expect([first, second].map(line => JSON.parse(line ?? '').key)).toEqual(['k1', 'k2'])
    expect([torn, ...rest]).toEqual(['{"key":"k2","at":"20', ''])
  })

  test('does not repeat a last line that lacks only its line break', async () => {
    const path = await newFile()
    const channel = logFileChannel(path, clock)
    await channel.send('k1', message)
    await truncate(path, (await readFile(path)).length - 1)
    await channel.send('k1', message)
    await logFileChannel(path, clock).send('k1', message)
    await logFileChannel(path, clock).send('k2', message)
    expect((await linesOf(path)).map(({ key }) => key)).toEqual(['k1', 'k2'])
  })

  test('puts off what it could not write', async () => {
    const channel = logFileChannel('/dev/null/notices.jsonl', clock)
    expect(await channel.send('k', message)).toMatchObject({ type: 'retry', code: expect.stringMatching(/^E/) })
  })
})

describe('the webhook', () => {
  test('signs with the real time and identifies by the key', async () => {
    const { url, headers } = await receiver(204)
    await webhookChannel({ ...webhook, url }).send('k', message)
    expect(headers[0]).toMatchObject({ 'webhook-id': 'k', 'webhook-signature': expect.stringMatching(/^v1,/) })
  })

  test.each([
    [302, 'refused'],
    [400, 'refused'],
    [401, 'refused'],
    [410, 'refused'],
    [408, 'retry'],
    [429, 'retry'],
    [500, 'retry'],
    [503, 'retry']
  ] as const)('answered with %i the message is %s', async (status, type) => {
    const { url } = await receiver(status)
    const outcome = await webhookChannel({ ...webhook, url }).send('k', message)
    expect(outcome).toMatchObject({ type, httpStatus: status })
    expect(JSON.stringify(outcome)).not.toMatch(/very-private|whsec_/)
  })

  test('is tried again when no answer comes in time, since the receiver drops the copy', async () => {
    const { url } = await receiver(200, 2000)
    const channel = webhookChannel({ ...webhook, url, timeoutMilliseconds: 50 })
    expect(channel.dropsCopies).toBe(true)
    expect(await channel.send('k', message)).toMatchObject({ type: 'retry', code: 'TimeoutError' })
  })

  test('does not repeat a bad secret', () => {
    const url = new URL('https://example.org/')
    expect(() => webhookChannel({ ...webhook, url, secret: '' })).toThrow('no valid secret')
  })
})
