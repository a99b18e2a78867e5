import { createServer } from 'node:http'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { trackerProgram } from '../../lib/command-line/program.ts'

const keys: unknown[] = []
/** A network that breaks when the report has arrived. */
const broken = createServer((request, response) => {
  if (request.method === 'GET') {
    const projects = [
      { id: 'school', name: '示例小学', version: 1, light: 'green', lastReportOn: null, milestones: [] }
    ]
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ today: '2021-06-21', projects }))
    return
  }
  keys.push(request.headers['idempotency-key'])
  request.socket.destroy()
})
let url: string

beforeAll(async () => {
  await new Promise<void>(resolve => broken.listen(0, '127.0.0.1', resolve))
  const address = broken.address()
  url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
})
afterAll(() => {
  broken.close()
})

it('a report that got no answer tells the key that repeats it safely', async () => {
  const report = () =>
    trackerProgram().parseAsync(['report', '--no-change', '--url', url, '--token', 'cpt_x'], { from: 'user' })
  await expect(report()).rejects.toThrow(/没有收到应答,不知是否已记录 \/ no answer came/)
  await expect(report()).rejects.toThrow(new RegExp(`--key (?!${keys[0]})[0-9a-f-]{36}$`))
  expect(new Set(keys).size).toBe(2)
})
