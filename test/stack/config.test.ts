import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { ConfigError, readConfigs } from '../../lib/config.ts'
import { full, least } from './synth.ts'

const complaintOf = (context: unknown): string => {
  try {
    readConfigs(context)
  } catch (error) {
    if (error instanceof ConfigError) return error.message
    throw error
  }
  return 'no complaint'
}

const complaintOfAws = (more: object) => complaintOf({ aws: { ...least.aws, ...more } })

describe('the configuration', () => {
  test('needs a stage, a region, somebody to tell, and a site; the rest has defaults', () => {
    const [config] = readConfigs({ aws: least.aws })
    expect(config).toMatchObject({
      partition: 'aws',
      runtime: 'nodejs24.x',
      architecture: 'arm64',
      authorisation: 'token',
      reserveConcurrency: true,
      thresholds: { apiErrors: 1, iteratorAgeSeconds: 300 }
    })
  })

  test('of both partitions, with everything set', () => {
    expect(readConfigs(full).map(({ partition }) => partition)).toEqual(['aws', 'aws-cn'])
  })

  test('comes as text from the command line of the CDK', () => {
    expect(readConfigs(JSON.stringify(least))).toEqual(readConfigs(least))
  })

  test('in cdk.json can be deployed', () => {
    const { context } = JSON.parse(readFileSync(new URL('../../cdk.json', import.meta.url), 'utf8'))
    expect(readConfigs(context.tracker)).toHaveLength(2)
  })
})

describe('a mistake is told as a sentence that says what to write', () => {
  test.each<[string, unknown, string]>([
    ['nothing', undefined, 'tracker: write {"aws": {…}}, {"aws-cn": {…}} or both into the context of cdk.json'],
    ['no JSON', '{', 'tracker: write JSON, as in cdk.json'],
    ['another partition', { 'aws-us-gov': least.aws }, 'tracker: write {"aws": {…}}'],
    ['no stage', { aws: { ...least.aws, stage: undefined } }, 'tracker.aws.stage: write a name for the stage'],
    [
      'China abroad',
      { aws: { ...least.aws, region: 'cn-north-1' } },
      'tracker.aws.region: write a region outside China'
    ],
    [
      'abroad in China',
      { 'aws-cn': { ...least['aws-cn'], region: 'ap-east-1' } },
      'tracker.aws-cn.region: write cn-north-1 or cn-northwest-1'
    ],
    [
      'CloudFront in China',
      { 'aws-cn': { ...least['aws-cn'], site: { hosting: 'cloudfront' } } },
      'write {"hosting": "mirror"}, or {"hosting": "icp-domain"}'
    ]
  ])('%s', (_what, context, sentence) => {
    expect(complaintOf(context)).toContain(sentence)
  })

  test.each<[string, object, string]>([
    ['a stage with capitals', { stage: 'Prod' }, 'tracker.aws.stage: write 1 to 16 small letters'],
    ['an old runtime', { runtime: 'nodejs20.x' }, 'tracker.aws.runtime: write nodejs24.x'],
    ['a runtime of another language', { runtime: 'python3.13' }, 'tracker.aws.runtime: write nodejs24.x'],
    ['nobody to tell', { recipients: [] }, 'tracker.aws.recipients: write e-mail addresses'],
    ['no address', { recipients: ['the director'] }, 'tracker.aws.recipients.0: write e-mail addresses'],
    [
      'a placeholder in earnest',
      { stage: 'prod', recipients: ['operator@example.com'] },
      'operator@example.com is a placeholder'
    ],
    ['a secret in the open', { channels: { secretName: 'tracker/channels', secret: 'x' } }, 'there is no secret'],
    ['no secret', { channels: 'https://hooks.test/1' }, 'tracker.aws.channels: write {"secretName": "…"}'],
    ['no topic', { channels: { secretName: 'a', topics: ['notices'] } }, 'write the ARNs of topics of SNS'],
    ['another way in', { authorisation: 'cognito' }, 'tracker.aws.authorisation: write token or iam'],
    ['an unknown threshold of the rules', { policy: { redSlip: 3 } }, 'tracker.aws.policy'],
    ['yellow above red', { policy: { yellowSlipWorkingDays: 40 } }, 'must be above the yellow one'],
    ['a date that is none', { fixedDate: '2021-02-30' }, 'tracker.aws.fixedDate: write a date'],
    [
      'a domain without certificate',
      { site: { hosting: 'cloudfront', domain: 'a.example.org' } },
      'tracker.aws.site: write domain and certificateArn together'
    ],
    [
      'an address for a domain',
      { site: { hosting: 'cloudfront', domain: 'https://a.example.org/' } },
      'tracker.aws.site.domain: write a domain name'
    ],
    [
      'days that CloudWatch does not know',
      { logRetentionDays: 100 },
      'tracker.aws.logRetentionDays: write one of 7, 14'
    ],
    ['a threshold as text', { thresholds: { apiErrors: 'some' } }, 'tracker.aws.thresholds.apiErrors: write how many'],
    ['a word that nothing reads', { recipient: 'x' }, 'tracker.aws: there is no recipient']
  ])('%s', (_what, more, sentence) => {
    expect(complaintOfAws(more)).toContain(sentence)
  })

  test('all of them at once', () => {
    expect(complaintOfAws({ stage: 'Prod', runtime: 'x', recipients: [] }).split('\n')).toHaveLength(3)
  })
})
