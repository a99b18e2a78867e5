import { expect, test } from 'vitest'
import { EnvironmentError, readEnvironment } from '../../functions/adapters/env.ts'
import { defaultPolicy } from '../../functions/core/policy.ts'

test('gives what was asked for, decoded', () => {
  const source = { LOG_TABLE: 'log', POLICY: '{"redSlipWorkingDays":20}', FIXED_DATE: '', OTHER: 'x' }
  expect(readEnvironment(['LOG_TABLE', 'POLICY', 'FIXED_DATE'], source)).toEqual({
    LOG_TABLE: 'log',
    POLICY: { ...defaultPolicy, redSlipWorkingDays: 20 },
    FIXED_DATE: undefined
  })
  expect(readEnvironment(['POLICY'], {}).POLICY).toEqual(defaultPolicy)
})

test.each([
  [['LOG_TABLE'], {}, 'LOG_TABLE is missing'],
  [['LOG_TABLE'], { LOG_TABLE: '' }, 'LOG_TABLE is missing'],
  [['FIXED_DATE'], { FIXED_DATE: '2021-02-29' }, 'FIXED_DATE is wrong: is no date YYYY-MM-DD'],
  [['POLICY'], { POLICY: 'red' }, 'POLICY is wrong: is no JSON'],
  [
    ['POLICY'],
    { POLICY: '{"redSlipWorkingDays":1}' },
    'POLICY is wrong at redSlipWorkingDays: must be above the yellow one'
  ],
  [['DYNAMODB_ENDPOINT'], { DYNAMODB_ENDPOINT: 'here' }, 'DYNAMODB_ENDPOINT is wrong'],
  [['CHANNELS'], { CHANNELS: '[{' }, 'CHANNELS is wrong: is no JSON'],
  [['CHANNELS'], { CHANNELS: '[{"type":"pigeon","name":"a"}]' }, 'CHANNELS is wrong at 0.type: '],
  [
    ['CHANNELS'],
    { CHANNELS: '[{"type":"wecom","name":"a","key":"https://example.org/"}]' },
    'CHANNELS is wrong at 0.key: '
  ],
  [
    ['CHANNELS', 'CHANNELS_SECRET'],
    { CHANNELS: '[]', CHANNELS_SECRET: 'tracker/channels' },
    'only one of CHANNELS and CHANNELS_SECRET may be set'
  ],
  [['SITE_DIR', 'SITE_BUCKET'], {}, 'one of SITE_DIR and SITE_BUCKET must be set'],
  [['SITE_DIR', 'SITE_BUCKET'], { SITE_DIR: 'a', SITE_BUCKET: 'b' }, 'one of SITE_DIR and SITE_BUCKET must be set']
] as const)('%j of %j: %s', (names, source, message) => {
  expect(() => readEnvironment(names, source)).toThrow(EnvironmentError)
  expect(() => readEnvironment(names, source)).toThrow(message)
})

test('never shows the value of a variable', () => {
  const channel = { type: 'webhook', name: 'a', url: 'https://example.org/', secret: 'hunter2' }
  const read = () => readEnvironment(['CHANNELS'], { CHANNELS: JSON.stringify([channel]) })
  expect(read).toThrow('CHANNELS is wrong at 0.secret')
  expect(read).not.toThrow('hunter2')
})
