import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { memoryDeliveryLog } from '../../functions/adapters/delivery-log.memory.ts'
import { concluded, type Delivery, newDelivery, type SendOutcome, withAttempt } from '../../functions/core/delivery.ts'
import { outboxPage } from '../../functions/pages/outbox-page.ts'
import { type HttpServer, startHttpServer } from '../../lib/local/http-server.ts'
import { makeDirectory } from './tracker.ts'

const at = '2021-06-21T00:30:05.000Z'
const reason = { zh: '发送过于频繁(每分钟 20 条)', en: 'too frequent (20 a minute)' }

const delivered = (channel: string, outcome: SendOutcome, more: Partial<Delivery> = {}): Delivery => {
  const entry = {
    key: `${channel}/1`,
    channel,
    date: '2021-06-21',
    recipient: '张三',
    subject: '2021-06-21 项目日报:2 项',
    text: 'R1 | 区实验小学北校 | 主体封顶\nY1 | <b>枣庄二中</b> | 竣工',
    ...more
  }
  const open = withAttempt(newDelivery(entry, at), false, at)
  return concluded(open, 1, outcome, 1, at) ?? open
}

const deliveries = [
  delivered('wecom-planning', { type: 'retry', afterSeconds: 60, httpStatus: 200, code: '45009', reason }),
  delivered('log-file', { type: 'sent' }),
  delivered('mail', { type: 'unknown', code: 'ECONNECTION', reason }, { address: 'zhang@school.cn' }),
  delivered(
    'log-file',
    { type: 'sent' },
    { key: 'log-file/2', recipient: '李四', date: '2021-06-18', text: '系统运行正常' }
  )
]

describe('the page of the outbox', () => {
  test('is as in the golden file', async () => {
    await expect(outboxPage({ deliveries, isCut: true })).toMatchFileSnapshot('golden/outbox.html')
  })

  test('shows each message once, with all its deliveries, by day and person', () => {
    const page = outboxPage({ deliveries, isCut: false })
    expect(page.match(/<article>/g)).toHaveLength(2)
    expect(page.match(/<tr><th scope="row">/g)).toHaveLength(4)
    expect(page.indexOf('2021年6月21日')).toBeLessThan(page.indexOf('2021年6月18日'))
  })

  test('names the demonstration clock where there is one', () => {
    const page = outboxPage({ deliveries, isCut: false, clockStandsAt: '2021-06-21' })
    expect(page).toContain('演示时钟，日期固定为 <time datetime="2021-06-21">')
  })

  test('lets no text of a report become markup', () => {
    expect(outboxPage({ deliveries, isCut: false })).not.toContain('<b>枣庄二中')
  })
})

describe('the address of the outbox', () => {
  let server: HttpServer
  beforeAll(async () => {
    const ledger = memoryDeliveryLog()
    for (const delivery of deliveries) await ledger.save({ ...delivery, revision: 1 })
    const backend = {
      api: async () => undefined,
      site: makeDirectory(),
      photos: makeDirectory(),
      deliveries: ledger,
      report: () => {}
    }
    server = await startHttpServer(0, Promise.resolve(backend))
  })
  afterAll(() => server.stop())

  const ask = (path: string, method = 'GET', host?: string) =>
    new Promise<{ status: number | undefined; body: string; caching: string | undefined }>((resolve, reject) => {
      const { hostname, port } = new URL(server.url)
      const asked = request({ hostname, port, path, method, ...(host && { headers: { host } }) }, response => {
        let body = ''
        response.on('data', chunk => {
          body += chunk
        })
        response.on('end', () =>
          resolve({ status: response.statusCode, body, caching: response.headers['cache-control'] })
        )
      })
      asked.on('error', reject)
      asked.end()
    })

  test('answers on this machine, and keeps nothing in a cache', async () => {
    const { status, body, caching } = await ask('/outbox/')
    expect([status, caching]).toEqual([200, 'no-store'])
    expect(body).toContain('张三')
    expect(await ask('/outbox')).toMatchObject({ status: 200 })
    expect(await ask('/outbox/', 'HEAD')).toMatchObject({ status: 200, body: '' })
    expect(await ask('/outbox/', 'POST')).toMatchObject({ status: 405 })
  })

  test('answers no page that pointed its own name at this machine, and is no file of the site', async () => {
    expect(await ask('/outbox/', 'GET', 'evil.example')).toMatchObject({ status: 403 })
    expect((await ask('/outbox/index.html')).status).toBe(404)
    expect((await ask('/outboxes/')).status).toBe(404)
  })
})
