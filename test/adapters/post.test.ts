import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { LookupFunction } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { postTo } from '../../functions/adapters/channels/post.ts'

/** A server of this machine that must not be reached, with what reached it. */
let inner: Server
let port: number
let reached: string[]
beforeEach(async () => {
  reached = []
  inner = createServer((request, response) => {
    reached.push(request.url ?? '')
    response.writeHead(request.url === '/away' ? 307 : 200, { location: '/elsewhere' }).end('ok')
  })
  inner.listen(0, '127.0.0.1')
  await once(inner, 'listening')
  const address = inner.address()
  port = typeof address === 'object' && address !== null ? address.port : 0
})
afterEach(() => {
  inner.closeAllConnections()
  inner.close()
})

/** A resolver that answers in turn. */
const resolver = (...answers: readonly (readonly string[])[]) => {
  let asked = 0
  const resolve: LookupFunction = (_name, _options, callback) => {
    const addresses = answers[Math.min(asked, answers.length - 1)] ?? []
    asked += 1
    callback(
      null,
      addresses.map(address => ({ address, family: address.includes(':') ? 6 : 4 }))
    )
  }
  return { resolve, asked: () => asked }
}

const forbidden = { type: 'unsent', code: 'FORBIDDEN_ADDRESS' }

describe('a message', () => {
  test.each([
    '127.0.0.1',
    '10.0.0.8',
    '192.168.1.1',
    '172.16.0.1',
    '169.254.169.254',
    '100.100.100.200',
    '0.0.0.0',
    '::1',
    '::ffff:127.0.0.1',
    'fe80::1',
    'fd00:ec2::254',
    'fc00::1'
  ])('does not go to a name that leads to %s', async address => {
    const { resolve } = resolver([address])
    expect(await postTo(new URL(`http://hooks.example.cn:${port}/`), '{}', { resolve })).toEqual(forbidden)
    expect(reached).toEqual([])
  })

  test('does not go to a name of which one of several addresses leads inwards', async () => {
    const { resolve } = resolver(['8.8.8.8', '127.0.0.1'])
    expect(await postTo(new URL(`http://hooks.example.cn:${port}/`), '{}', { resolve })).toEqual(forbidden)
  })

  test('goes to the very address that was looked at: a name that is rebound in between reaches nothing', async () => {
    // First what a check would see, then where the attacker wants the connection to go.
    const { resolve, asked } = resolver(['203.0.114.1'], ['127.0.0.1'])
    const url = new URL(`http://hooks.example.cn:${port}/`)
    await postTo(url, '{}', { resolve, timeoutMilliseconds: 200 })
    expect(asked()).toBe(1)
    expect(await postTo(url, '{}', { resolve })).toEqual(forbidden)
    expect(reached).toEqual([])
  })

  test.each([
    'http://2130706433/',
    'http://0x7f.1/',
    'http://017700000001/',
    'http://[::ffff:7f00:1]/',
    'http://169.254.169.254/latest/meta-data/',
    'http://[fd00:ec2::254]/latest/meta-data/'
  ])('to %s, an address in whatever writing, goes nowhere unless it names this machine', async text => {
    const url = new URL(text)
    url.port = String(port)
    expect(await postTo(url, '{}', { reach: 'public' })).toEqual(forbidden)
    expect(reached).toEqual([])
  })

  test('follows no redirection', async () => {
    expect(await postTo(new URL(`http://127.0.0.1:${port}/away`), '{}')).toMatchObject({ httpStatus: 307 })
    expect(reached).toEqual(['/away'])
  })

  test('to a host of the bureau goes into its network and nowhere else', async () => {
    const url = new URL(`http://oa.bureau.cn:${port}/`)
    for (const address of ['127.0.0.1', '169.254.169.254', '8.8.8.8'])
      expect(await postTo(url, '{}', { reach: 'internal', ...resolver([address]) })).toEqual(forbidden)
    const inside = { reach: 'internal' as const, timeoutMilliseconds: 200, ...resolver(['10.255.255.1']) }
    expect(await postTo(url, '{}', inside)).not.toEqual(forbidden)
  })
})
