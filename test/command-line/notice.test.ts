import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type RobotStandIn, startRobot } from '../robots/stand-in.ts'

const root = join(import.meta.dirname, '..', '..')
let robot: RobotStandIn
beforeAll(async () => {
  robot = await startRobot('dingtalk', { key: 'very-private', secret: 'SEC1', now: Date.now })
})
afterAll(() => robot.stop())

const run = async (words: readonly string[], channels: unknown) => {
  const child = spawn(process.execPath, [join(root, 'bin', 'tracker.ts'), 'notice', 'test', ...words], {
    cwd: root,
    env: { ...process.env, CHANNELS: typeof channels === 'string' ? channels : JSON.stringify(channels) }
  })
  let [stdout, stderr] = ['', '']
  child.stdout.on('data', chunk => {
    stdout += chunk
  })
  child.stderr.on('data', chunk => {
    stderr += chunk
  })
  const [code] = await once(child, 'close')
  expect(stdout + stderr).not.toContain('very-private')
  return { code, stdout, stderr }
}

const group = (more: object = {}): readonly object[] => [
  { type: 'dingtalk', name: 'group', key: robot.url, secret: 'SEC1', ...more }
]

test('sends one message and says that it arrived', async () => {
  const { code, stdout } = await run(['group', '--address', '13800001111'], group())
  expect([code, stdout]).toEqual([0, 'HTTP 200, code 0\n已送达:接收方确认收下。\nsent: the receiver has taken it.\n'])
  expect(robot.accepted).toHaveLength(1)
  const { code: again, stdout: json } = await run(['group', '--json'], group())
  expect([again, JSON.parse(json)]).toEqual([0, { channel: 'group', type: 'sent', httpStatus: 200, code: '0' }])
})

test('explains a refusal in both languages, by the code behind HTTP 200', async () => {
  const { code, stdout, stderr } = await run(['group'], group({ secret: 'wrong' }))
  expect(code).toBe(1)
  expect(stdout).toContain('HTTP 200, code 310000')
  expect(stdout).toMatch(/未送达:安全设置不符.*\nrefused: a security setting is not met/)
  expect(stderr).toBe('group 没有送达 / group: refused\n')
  const { stdout: json } = await run(['group', '--json'], group({ secret: 'wrong' }))
  expect(JSON.parse(json)).toMatchObject({ channel: 'group', type: 'refused', code: '310000' })
})

test.each<[string, readonly string[], () => unknown, number, string]>([
  ['no channel of that name', ['another'], () => group(), 2, 'only group'],
  ['no channel at all', ['group'], () => [], 2, '没有配置渠道'],
  ['no name', [], () => group(), 2, 'missing required argument'],
  [
    'an address that is no robot’s',
    ['group'],
    () => group({ key: 'https://evil.example/robot/send' }),
    2,
    'CHANNELS is wrong at 0.key: 填机器人的 webhook 地址'
  ],
  [
    'no JSON',
    ['group'],
    () => '[{',
    2,
    '环境变量有误,见 docs/deploy.md / a setting is wrong: CHANNELS is wrong: is no JSON'
  ]
])('%s', async (_what, words, channels, code, message) => {
  const answer = await run(words, channels())
  expect([answer.code, answer.stdout]).toEqual([code, ''])
  expect(answer.stderr).toContain(message)
})
