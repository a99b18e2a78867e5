import { Validations } from 'aws-cdk-lib'
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb'
import { CfnQueue } from 'aws-cdk-lib/aws-sqs'
import { describe, expect, test } from 'vitest'
import { appOf, full, least } from './synth.ts'

describe('cdk-nag and the validator of templates', () => {
  test.each([
    ['the least that can be deployed', least],
    ['everything set', full],
    ['a mirror in aws', { aws: { ...least.aws, site: { hosting: 'mirror' } } }]
  ])('have nothing to say against %s', (_what, tracker) => {
    expect(() => appOf(tracker).synth()).not.toThrow()
  })

  test('a broken rule of cdk-nag ends the synthesis', () => {
    const app = appOf({ 'aws-cn': least['aws-cn'] })
    const stack = app.node.findChild('tracker-aws-cn')
    new Table(stack, 'Careless', { partitionKey: { name: 'id', type: AttributeType.STRING } })
    expect(() => app.synth()).toThrow()
  })

  test('a property that no resource has ends the synthesis', () => {
    const app = appOf({ 'aws-cn': least['aws-cn'] })
    const queue = new CfnQueue(app.node.findChild('tracker-aws-cn'), 'Misspelt')
    Validations.of(queue).acknowledge(
      ...['SQS3', 'SQS4'].map(rule => ({ id: `AwsSolutions-${rule}`, reason: 'the validator is what is tested' }))
    )
    queue.addPropertyOverride('VisibilityTimeOut', 'soon')
    expect(() => app.synth()).toThrow()
  })
})

describe('every acknowledgement', () => {
  const app = appOf(full)
  const acknowledged = app.node
    .findAll()
    .flatMap(construct =>
      construct.node.metadata
        .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
        .flatMap(({ data }) =>
          Object.entries<string>(data).map(([id, reason]) => ({ path: construct.node.path, id, reason }))
        )
    )

  test('stands at the construct it is about, never at the stack or the app', () => {
    expect(acknowledged.length).toBeGreaterThan(0)
    for (const { path } of acknowledged) expect(path.split('/').length, path).toBeGreaterThan(1)
  })

  test('has a reason that is a sentence', () => {
    for (const { id, reason } of acknowledged) expect(reason, id).toMatch(/^\p{Lu}.{30,}\.$/u)
  })
})
