import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as z from 'zod'
import { startRobot } from '../robots/stand-in.ts'
import { eventually, makeDirectory, noticeKeys, type RunningTracker, startTracker } from './tracker.ts'

/** A Sunday: no digest of the morning comes among the messages that are counted. */
const words = ['--empty', '--today', '2021-06-20']

const planOf = (id: string) => ({
  id,
  name: `试验 ${id}`,
  category: 'building',
  responsibleUnit: '规划建设科',
  manager: { name: '张三' },
  start: '2021-06-10',
  milestones: [
    {
      id: 'M1',
      name: '主体封顶',
      phase: 'construction',
      duration: 60,
      calendar: 'daily',
      baseline: { start: '2021-06-10', finish: '2021-08-08' }
    }
  ]
})

/** A project with a new red: one message to its manager and one to its unit. */
const raiseRed = async (tracker: RunningTracker, id: string) => {
  await tracker.call(`/v1/projects/${id}`, { method: 'PUT', body: planOf(id) })
  const late = { milestoneId: 'M1', percentComplete: 20, forecastFinish: '2021-10-30', delay: { code: 'CONTRACTOR' } }
  const response = await tracker.call(`/v1/projects/${id}/reports`, { body: { reports: [late] } })
  expect(response.status).toBe(201)
}

const deliveriesSchema = z.object({
  deliveries: z.array(z.object({ channel: z.string(), status: z.string(), attempts: z.number() }))
})

const deliveriesOf = async (tracker: RunningTracker, channel: string) => {
  const response = await tracker.call('/v1/deliveries', { role: 'leader' })
  const { deliveries } = deliveriesSchema.parse(await response.json())
  return deliveries.filter(delivery => delivery.channel === channel)
}

/** A webhook's receiver, which turns away whatever comes while it is closed. */
const received: string[] = []
let isOpen = false
const receiver = createServer(async (request, response) => {
  for await (const _ of request);
  if (isOpen) received.push(String(request.headers['webhook-id']))
  response.writeHead(isOpen ? 204 : 503, { 'retry-after': '1' }).end()
})
beforeAll(() => new Promise<void>(resolve => receiver.listen(0, '127.0.0.1', resolve)))
afterAll(() => receiver.close())

test('what a receiver turned away outlives a kill -9 and arrives once, and the outbox shows all of it', async () => {
  const directory = makeDirectory()
  const { port } = receiver.address() as AddressInfo
  const robot = await startRobot('wecom', { key: 'demo', now: Date.now })
  robot.answerNext({ body: { errcode: 93000, errmsg: 'invalid webhook url' } })
  const channels = [
    { type: 'webhook', name: 'bureau', url: `http://127.0.0.1:${port}/hook`, secret: 'whsec_c2VjcmV0c2VjcmV0c2VjcmV0' },
    { type: 'wecom', name: 'planning', key: robot.url }
  ]
  const environment = { CHANNELS: JSON.stringify(channels) }
  const first = await startTracker(directory, words, environment)
  await raiseRed(first, 'a')
  await eventually('two deliveries that wait', async () => {
    const waiting = await deliveriesOf(first, 'bureau')
    const told = await deliveriesOf(first, 'planning')
    return (
      [...waiting, ...told].length === 4 &&
      waiting.every(({ status, attempts }) => status === 'queued' && attempts >= 1) &&
      told.every(({ status }) => status !== 'queued')
    )
  })
  await first.kill()
  isOpen = true
  const second = await startTracker(directory, words, environment)
  await eventually('both at the receiver', async () => received.length >= 2)
  await eventually('both in the ledger', async () =>
    (await deliveriesOf(second, 'bureau')).every(({ status }) => status === 'sent')
  )
  expect(new Set(received).size).toBe(2)
  expect(received).toHaveLength(2)
  expect(noticeKeys(directory)).toHaveLength(2)
  // The robot refused the first message by its code, and took the second.
  expect((await deliveriesOf(second, 'planning')).map(({ status }) => status).sort()).toEqual(['failed', 'sent'])
  expect(robot.accepted).toHaveLength(1)
  const page = await (await fetch(`${second.url}/outbox/`)).text()
  for (const words of ['张三', '规划建设科', '红色预警', 'bureau', 'planning', '93000', '未送达', '已送达'])
    expect(page).toContain(words)
  expect(await second.stop()).toBe(0)
  await robot.stop()
})
