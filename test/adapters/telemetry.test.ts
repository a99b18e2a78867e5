import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { lambdaTelemetry, memoryTelemetry } from '../../functions/adapters/telemetry.ts'

const written: string[] = []
beforeEach(() => {
  written.length = 0
  // Powertools writes through a console of its own, past the one of the test.
  for (const stream of [process.stdout, process.stderr])
    vi.spyOn(stream, 'write').mockImplementation(text => written.push(String(text)) > 0)
})
afterEach(() => vi.restoreAllMocks())

test('a line is structured and holds no secret, however deep', () => {
  const telemetry = lambdaTelemetry('api')
  const token = `cpt_${'0'.repeat(12)}_${'a'.repeat(40)}`
  telemetry.info('report accepted', {
    project: 'p',
    headers: { Authorization: `Bearer ${token}`, accept: '*/*' },
    path: `/v1/x?${token}`,
    manager: { name: '张三' }
  })
  telemetry.error(
    'webhook failed',
    new Error(`no answer, secret whsec_${'A'.repeat(32)}`, { cause: new Error('reset') })
  )
  const text = written.join('')
  expect(text).toContain('"project":"p"')
  expect(text).toContain('"message":"webhook failed"')
  expect(text).toContain('reset')
  for (const secret of ['a'.repeat(40), '张三', 'A'.repeat(32)]) expect(text).not.toContain(secret)
})

test.each([
  'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=very-private',
  'https://oapi.dingtalk.com/robot/send?access_token=very-private&timestamp=1&sign=very%2Bprivate',
  'https://open.feishu.cn/open-apis/bot/v2/hook/very-private'
])('the key of a robot is in no line: %s', address => {
  const telemetry = lambdaTelemetry('send-notices')
  telemetry.error(`no answer from ${address}`, new Error(`fetch of ${address} failed`), { address })
  expect(written.join('')).toContain('[hidden]')
  expect(written.join('')).not.toMatch(/very.{1,3}private/)
})

test('numbers are written when they are flushed', () => {
  const telemetry = lambdaTelemetry('api')
  telemetry.count('ReportsAccepted', 2)
  expect(written.join('')).toBe('')
  telemetry.flush()
  expect(written.join('')).toContain('"ReportsAccepted":2')
})

test('the twin in memory keeps lines and sums', () => {
  const telemetry = memoryTelemetry()
  telemetry.warn('late', { project: 'p' })
  telemetry.count('Late')
  telemetry.count('Late', 2)
  expect(telemetry.lines).toEqual([{ level: 'warn', message: 'late', details: { project: 'p' } }])
  expect(telemetry.counts.get('Late')).toBe(3)
})
