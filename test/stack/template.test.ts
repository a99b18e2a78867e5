import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { runInNewContext } from 'node:vm'
import { describe, expect, test } from 'vitest'
import { routes } from '../../functions/http/routes.ts'
import { notFoundPage } from '../../functions/pages/not-found-page.ts'
import { pageHeaders } from '../../functions/pages/page-headers.ts'
import { repositoryRoot } from '../../lib/bundling.ts'
import { type FunctionName, functionNames, functionOf } from '../../lib/functions.ts'
import { LostVisitors, lostVisitorsSource } from '../../lib/lost-visitors.ts'
import { schedules, utcCron } from '../../lib/schedules.ts'
import { folderIndex } from '../../lib/status-site.ts'
import { type TableDefinition, tables } from '../../lib/tables.ts'
import { full, functionOfTemplate, least, type Synthesised, synthesise } from './synth.ts'

const templates = {
  aws: synthesise('aws', least.aws),
  'aws with everything set': synthesise('aws', full.aws),
  'aws-cn as a mirror': synthesise('aws-cn', least['aws-cn']),
  'aws-cn with an ICP domain': synthesise('aws-cn', full['aws-cn'])
}
const each = Object.entries(templates)
const china = [templates['aws-cn as a mirror'], templates['aws-cn with an ICP domain']]

/** Resource types that both regions of aws-cn have; anything new has to be looked up before it is added here. */
const inChina = [
  'AWS::ApiGatewayV2::Api',
  'AWS::ApiGatewayV2::Authorizer',
  'AWS::ApiGatewayV2::Integration',
  'AWS::ApiGatewayV2::Route',
  'AWS::ApiGatewayV2::Stage',
  'AWS::CloudFront::CloudFrontOriginAccessIdentity',
  'AWS::CloudFront::Distribution',
  'AWS::CloudFront::ResponseHeadersPolicy',
  'AWS::CloudWatch::Alarm',
  'AWS::CloudWatch::Dashboard',
  'AWS::DynamoDB::Table',
  'AWS::Events::Rule',
  'AWS::IAM::Policy',
  'AWS::IAM::Role',
  'AWS::KMS::Key',
  'AWS::Lambda::EventInvokeConfig',
  'AWS::Lambda::EventSourceMapping',
  'AWS::Lambda::Function',
  'AWS::Lambda::Permission',
  'AWS::Logs::LogGroup',
  'AWS::S3::Bucket',
  'AWS::S3::BucketPolicy',
  'AWS::SNS::Subscription',
  'AWS::SNS::Topic',
  'AWS::SNS::TopicPolicy',
  'AWS::SQS::Queue',
  'AWS::SQS::QueuePolicy'
]

const typesOf = ({ resources }: Synthesised) => [...new Set(Object.values(resources).map(({ Type }) => Type))].sort()

test('aws-cn gets no type of resource that it lacks', () => {
  for (const template of china) expect(inChina).toEqual(expect.arrayContaining(typesOf(template)))
})

test('a template names no partition', () => {
  expect(templates.aws.text).not.toContain('arn:aws')
  for (const template of china) expect(template.text).not.toContain('arn:aws')
})

test('nothing is in aws-cn with tracing, a function’s own address or a user pool', () => {
  for (const { text } of china) expect(text).not.toMatch(/TracingConfig|XRay|AWS::Lambda::Url|AWS::Cognito|AWS::SES/)
})

describe.each(each)('%s', (_name, template) => {
  const tableOf = (definition: TableDefinition) => {
    const wanted = [definition.partitionKey, ...(definition.sortKey ? [definition.sortKey] : [])]
    const streamed = definition.stream !== undefined
    const found = template
      .ofType('AWS::DynamoDB::Table')
      .filter(
        ({ Properties: { KeySchema, StreamSpecification } }) =>
          KeySchema.map(({ AttributeName }: { AttributeName: string }) => AttributeName).join() ===
            wanted.map(({ name }) => name).join() && (StreamSpecification !== undefined) === streamed
      )
    expect(found).toHaveLength(1)
    return found[0]!
  }

  test.each(Object.entries<TableDefinition>(tables))('has the table %s as it is declared', (_table, definition) => {
    const { Properties } = tableOf(definition)
    const { partitionKey, sortKey, stream, timeToLive } = definition
    expect(Properties.AttributeDefinitions).toEqual(
      [partitionKey, ...(sortKey ? [sortKey] : [])].map(({ name, type }) => ({
        AttributeName: name,
        AttributeType: type
      }))
    )
    expect(Properties.StreamSpecification?.StreamViewType).toBe(stream)
    expect(Properties.TimeToLiveSpecification?.AttributeName).toBe(timeToLive)
    expect(Properties.GlobalSecondaryIndexes).toBeUndefined()
    expect(Properties.BillingMode).toBe('PAY_PER_REQUEST')
  })

  test('keeps the log, the tokens and the deliveries whatever happens to the stack, and every second of 35 days', () => {
    for (const table of [tables.log, tables.access, tables.delivery]) {
      const { Properties, DeletionPolicy } = tableOf(table)
      expect(DeletionPolicy).toBe('Retain')
      expect(Properties.DeletionProtectionEnabled).toBe(true)
      expect(Properties.PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled).toBe(true)
    }
  })

  test('encrypts at rest everywhere', () => {
    for (const { Properties } of template.ofType('AWS::DynamoDB::Table'))
      expect(Properties.SSESpecification?.SSEEnabled ?? true).toBe(true)
    for (const { Properties } of template.ofType('AWS::SQS::Queue')) expect(Properties.SqsManagedSseEnabled).toBe(true)
    for (const { Properties } of template.ofType('AWS::S3::Bucket'))
      expect(Properties.BucketEncryption.ServerSideEncryptionConfiguration).toHaveLength(1)
  })

  test('has a bucket for each of pages, checkpoints and, but for a mirror, photographs, which are private, versioned and kept, and talk TLS alone', () => {
    const buckets = template.ofType('AWS::S3::Bucket')
    expect(buckets).toHaveLength(template.ofType('AWS::CloudFront::Distribution').length === 0 ? 2 : 3)
    for (const { Properties, DeletionPolicy } of buckets) {
      expect(Object.values(Properties.PublicAccessBlockConfiguration)).toEqual([true, true, true, true])
      expect(Properties.VersioningConfiguration.Status).toBe('Enabled')
      expect(Properties.WebsiteConfiguration).toBeUndefined()
      expect(DeletionPolicy).toBe('Retain')
    }
    const policies = template.ofType('AWS::S3::BucketPolicy')
    expect(policies).toHaveLength(buckets.length)
    for (const policy of policies) expect(JSON.stringify(policy)).toContain('"aws:SecureTransport":"false"')
  })

  test('locks what is in the bucket of checkpoints for ten years, and signs them with a key that stays', () => {
    const locked = template.ofType('AWS::S3::Bucket').filter(({ Properties }) => Properties.ObjectLockEnabled)
    expect(locked.map(({ Properties }) => Properties.ObjectLockConfiguration.Rule.DefaultRetention)).toEqual([
      { Days: 3650, Mode: 'GOVERNANCE' }
    ])
    const [key, ...others] = template.ofType('AWS::KMS::Key')
    expect(others).toEqual([])
    expect(key?.Properties).toMatchObject({ KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' })
    expect(key?.DeletionPolicy).toBe('Retain')
  })

  test('allows everybody nothing', () => {
    for (const type of ['AWS::S3::BucketPolicy', 'AWS::SQS::QueuePolicy', 'AWS::SNS::TopicPolicy'])
      for (const { Properties } of template.ofType(type))
        for (const { Effect, Principal } of Properties.PolicyDocument.Statement)
          if (Effect === 'Allow') expect(JSON.stringify(Principal)).not.toContain('*')
  })

  test.each(functionNames)('runs %s with the memory, time and stack of its declaration', name => {
    const { Properties } = functionOfTemplate(template, name)
    const { memoryMb, timeoutSeconds } = functionOf(name)
    expect(Properties).toMatchObject({ MemorySize: memoryMb, Timeout: timeoutSeconds, Handler: 'index.handler' })
    const [log] = Object.values(Properties.LoggingConfig.LogGroup) as string[]
    expect(template.resources[log ?? '']?.Properties.RetentionInDays).toBe(180)
  })

  test('feeds every stream as it is declared: failed records alone again, a bounded number of times, then into a queue', () => {
    const mappings = template
      .ofType('AWS::Lambda::EventSourceMapping')
      .map(({ Properties }) => Properties)
      .filter(({ StartingPosition }) => StartingPosition !== undefined)
    const declared = functionNames.flatMap(name =>
      functionOf(name).triggers.flatMap(trigger => (trigger.type === 'stream' ? [{ name, ...trigger }] : []))
    )
    expect(mappings).toHaveLength(declared.length)
    for (const { name, table, batchSize, windowSeconds } of declared) {
      const reader = functionOfTemplate(template, name).id
      const mapping = mappings.find(({ FunctionName }) => FunctionName.Ref === reader)
      expect(mapping).toMatchObject({
        EventSourceArn: { 'Fn::GetAtt': [tableOf(tables[table]).id, 'StreamArn'] },
        BatchSize: batchSize,
        BisectBatchOnFunctionError: true,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        MaximumRetryAttempts: 10,
        MaximumRecordAgeInSeconds: 43_200,
        StartingPosition: 'TRIM_HORIZON'
      })
      expect(mapping?.MaximumBatchingWindowInSeconds ?? 0).toBe(windowSeconds)
      expectQueue(mapping?.DestinationConfig.OnFailure.Destination)
    }
  })

  test('brings retries back one by one, and keeps aside what fails five times', () => {
    const { id, Properties: reader } = functionOfTemplate(template, 'retry-deliveries')
    const [queue, ...others] = template.ofType('AWS::SQS::Queue').filter(({ Properties }) => Properties.RedrivePolicy)
    expect(others).toEqual([])
    expect(queue?.Properties.RedrivePolicy.maxReceiveCount).toBe(5)
    expect(queue?.Properties.VisibilityTimeout).toBe(6 * reader.Timeout)
    expectQueue(queue?.Properties.RedrivePolicy.deadLetterTargetArn)
    const mapping = template
      .ofType('AWS::Lambda::EventSourceMapping')
      .find(({ Properties }) => Properties.FunctionName.Ref === id)
    expect(mapping?.Properties).toMatchObject({
      EventSourceArn: { 'Fn::GetAtt': [queue?.id, 'Arn'] },
      BatchSize: 10,
      FunctionResponseTypes: ['ReportBatchItemFailures']
    })
  })

  test('runs every schedule at its time in Beijing, with a queue on both edges', () => {
    const rules = template.ofType('AWS::Events::Rule').map(({ Properties }) => Properties)
    const invocations = template.ofType('AWS::Lambda::EventInvokeConfig').map(({ Properties }) => Properties)
    expect(rules).toHaveLength(schedules.length)
    for (const schedule of schedules) {
      const { id } = functionOfTemplate(template, schedule.function)
      const rule = rules.find(({ Targets }) => Targets[0].Arn['Fn::GetAtt'][0] === id)
      expect(rule).toMatchObject({ ScheduleExpression: utcCron(schedule.beijing), State: 'ENABLED' })
      expectQueue(rule?.Targets[0].DeadLetterConfig.Arn)
      const invocation = invocations.find(({ FunctionName }) => FunctionName.Ref === id)
      expect(invocation).toMatchObject({ MaximumRetryAttempts: 2, MaximumEventAgeInSeconds: 21_600 })
      expectQueue(invocation?.DestinationConfig.OnFailure.Destination)
    }
  })

  const expectQueue = (arn: unknown) => {
    const [id] = (arn as { 'Fn::GetAtt': string[] })['Fn::GetAtt']
    expect(template.resources[id ?? '']).toMatchObject({
      Type: 'AWS::SQS::Queue',
      Properties: { MessageRetentionPeriod: 1_209_600 }
    })
  }

  test('watches every queue, and tells somebody of every alarm', () => {
    const alarms = template.ofType('AWS::CloudWatch::Alarm')
    // Messages in the queue of retries are work, not failures; only old ones are.
    for (const { id, Properties: queue } of template.ofType('AWS::SQS::Queue'))
      for (const metric of queue.RedrivePolicy
        ? ['ApproximateAgeOfOldestMessage']
        : ['ApproximateNumberOfMessagesVisible', 'ApproximateAgeOfOldestMessage'])
        expect(
          alarms.filter(
            ({ Properties }) =>
              Properties.MetricName === metric && Properties.Dimensions[0].Value['Fn::GetAtt'][0] === id
          )
        ).toHaveLength(1)
    const [topic] = template.ofType('AWS::SNS::Topic')
    for (const { Properties } of alarms) expect(Properties.AlarmActions).toEqual([{ Ref: topic?.id }])
    expect(template.ofType('AWS::SNS::Subscription').map(({ Properties }) => Properties.Endpoint)).toEqual([
      'duty@bureau.test'
    ])
  })

  test('routes what the route table has, the rest of /v1/ for its 404 and 405, and the internal pages', () => {
    const keys = template.ofType('AWS::ApiGatewayV2::Route').map(({ Properties }) => Properties.RouteKey)
    const lost = template.text.includes('LostVisitors') ? [`ANY ${LostVisitors.prefix}/{proxy+}`] : []
    expect(keys.sort()).toEqual(
      [
        ...routes.map(({ method, path }) => `${method} ${path}`),
        'ANY /v1/{proxy+}',
        'ANY /internal',
        'ANY /internal/{proxy+}',
        ...lost
      ].sort()
    )
  })

  test('throttles the API and keeps a log of calls without headers', () => {
    const [stage] = template.ofType('AWS::ApiGatewayV2::Stage')
    expect(stage?.Properties.DefaultRouteSettings).toMatchObject({ ThrottlingBurstLimit: 100, ThrottlingRateLimit: 50 })
    expect(stage?.Properties.AccessLogSettings.Format).toContain('$context.requestId')
    expect(stage?.Properties.AccessLogSettings.Format).not.toMatch(/header|authorization|query/i)
  })
})

test('the runbook has a paragraph for every alarm, and no other', () => {
  const alarms = templates.aws.ofType('AWS::CloudWatch::Alarm').map(({ Properties }) => Properties.AlarmName)
  const runbook = readFileSync(join(repositoryRoot, 'docs', 'runbook.md'), 'utf8')
  const paragraphs = [...runbook.matchAll(/^### ([a-z-]+)$/gm)].map(([, id]) => `tracker-test-${id}`)
  expect(paragraphs.sort()).toEqual(alarms.sort())
})

describe('authorisation', () => {
  const openTo = (template: Synthesised) =>
    template
      .ofType('AWS::ApiGatewayV2::Route')
      .filter(({ Properties }) => (Properties.AuthorizationType ?? 'NONE') === 'NONE')
      .map(({ Properties }) => Properties.RouteKey)
      .sort()

  test('by tokens is the function’s work', () => {
    expect(openTo(templates.aws)).toHaveLength(routes.length + 4)
  })

  test('by IAM leaves open what is for anyone', () => {
    const open = routes.filter(({ audience }) => audience === 'anyone').map(({ method, path }) => `${method} ${path}`)
    expect(openTo(templates['aws with everything set'])).toEqual(
      [`ANY ${LostVisitors.prefix}/{proxy+}`, ...open].sort()
    )
    for (const { Properties } of templates['aws-cn with an ICP domain'].ofType('AWS::ApiGatewayV2::Route'))
      expect(['AWS_IAM', 'NONE', undefined]).toContain(Properties.AuthorizationType)
  })

  test('across origins is for the site’s own domain alone, and for nobody where it has none', () => {
    const cors = (template: Synthesised) => template.ofType('AWS::ApiGatewayV2::Api')[0]?.Properties.CorsConfiguration
    expect(cors(templates.aws)).toBeUndefined()
    expect(cors(templates['aws with everything set'])?.AllowOrigins).toEqual(['https://jindu.example.org'])
  })
})

describe('concurrency', () => {
  const reserved = (template: Synthesised) =>
    functionNames.filter(name => functionOfTemplate(template, name).Properties.ReservedConcurrentExecutions === 1)

  test('of what writes pages or does the day’s work is one', () => {
    expect(reserved(templates.aws)).toEqual([
      'publish-status',
      'review-schedules',
      'sign-checkpoint',
      'send-digests'
    ] satisfies FunctionName[])
  })

  test('is not reserved in an account that has none to spare', () => {
    expect(reserved(templates['aws-cn with an ICP domain'])).toEqual([])
  })
})

test('runtime and architecture come from the context', () => {
  expect(functionOfTemplate(templates.aws, 'api').Properties).toMatchObject({
    Runtime: 'nodejs24.x',
    Architectures: ['arm64']
  })
  expect(functionOfTemplate(templates['aws-cn with an ICP domain'], 'api').Properties).toMatchObject({
    Runtime: 'nodejs22.x',
    Architectures: ['x86_64']
  })
})

describe('the site', () => {
  const distributionOf = (template: Synthesised) =>
    template.ofType('AWS::CloudFront::Distribution')[0]?.Properties.DistributionConfig

  test('as a mirror is a bucket alone', () => {
    expect(typesOf(templates['aws-cn as a mirror']).filter(type => type.includes('CloudFront'))).toEqual([])
  })

  test('and the API share an origin; nothing of the API is cached, also no error', () => {
    const { CacheBehaviors, CustomErrorResponses } = distributionOf(templates.aws)
    expect(CacheBehaviors.map(({ PathPattern }: { PathPattern: string }) => PathPattern)).toEqual([
      'v1/*',
      'internal/*',
      'photos/*',
      'uploads/*'
    ])
    const { PathPattern: _own, ...internal } = CacheBehaviors[1]
    expect(CacheBehaviors[0]).toMatchObject({
      ...internal,
      PathPattern: 'v1/*',
      // Managed-CachingDisabled, Managed-AllViewerExceptHostHeader
      CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
      OriginRequestPolicyId: 'b689b0a8-53d0-40ab-baf2-68738e2966ac',
      ViewerProtocolPolicy: 'https-only'
    })
    expect(CacheBehaviors[0].AllowedMethods).toEqual(expect.arrayContaining(['POST', 'PUT', 'DELETE']))
    for (const response of CustomErrorResponses)
      expect(response).toEqual({ ErrorCode: response.ErrorCode, ErrorCachingMinTTL: 0 })
  })

  test('takes uploads as S3 has to see them, and shows photographs with the headers of pages', () => {
    const { CacheBehaviors, Origins } = distributionOf(templates.aws)
    const [, , photos, uploads] = CacheBehaviors
    const originOf = (id: string) => Origins.find(({ Id }: { Id: string }) => Id === id)
    expect(uploads).toMatchObject({
      CachePolicyId: CacheBehaviors[0].CachePolicyId,
      OriginRequestPolicyId: CacheBehaviors[0].OriginRequestPolicyId,
      ResponseHeadersPolicyId: distributionOf(templates.aws).DefaultCacheBehavior.ResponseHeadersPolicyId
    })
    // Signed by the API, not by the distribution: an access of its own would let everybody put anything there.
    expect(originOf(uploads.TargetOriginId).OriginAccessControlId).toBeUndefined()
    expect(originOf(photos.TargetOriginId).OriginAccessControlId).toBeDefined()
    expect(photos.AllowedMethods).toEqual(['GET', 'HEAD'])
    expect(photos.ResponseHeadersPolicyId).toEqual(uploads.ResponseHeadersPolicyId)
  })

  test('deletes uploads after a fortnight, and nothing else of the photographs', () => {
    const rules = templates.aws
      .ofType('AWS::S3::Bucket')
      .flatMap(({ Properties }) => Properties.LifecycleConfiguration?.Rules ?? [])
      .filter(({ ExpirationInDays }) => ExpirationInDays !== undefined)
    expect(rules).toMatchObject([{ Prefix: 'uploads/', ExpirationInDays: 14, Status: 'Enabled' }])
  })

  test('answers a missing page with its own, without touching the errors of the API', () => {
    const { OriginGroups, DefaultCacheBehavior, Origins } = distributionOf(templates.aws)
    const [group] = OriginGroups.Items
    expect(group.FailoverCriteria.StatusCodes.Items).toEqual([403, 404])
    expect(DefaultCacheBehavior.TargetOriginId).toBe(group.Id)
    const fallback = Origins.find(({ Id }: { Id: string }) => Id === group.Members.Items[1].OriginId)
    expect(fallback.OriginPath).toBe(LostVisitors.prefix)
  })

  test('sends the headers that the local site sends', () => {
    const [policy] = templates.aws.ofType('AWS::CloudFront::ResponseHeadersPolicy')
    const { SecurityHeadersConfig: security, CustomHeadersConfig: custom } =
      policy!.Properties.ResponseHeadersPolicyConfig
    const sent = {
      'content-security-policy': security.ContentSecurityPolicy.ContentSecurityPolicy,
      'referrer-policy': security.ReferrerPolicy.ReferrerPolicy,
      'x-content-type-options': security.ContentTypeOptions.Override ? 'nosniff' : '',
      ...Object.fromEntries(custom.Items.map(({ Header, Value }: { Header: string; Value: string }) => [Header, Value]))
    }
    expect(sent).toEqual(pageHeaders)
    expect(security.StrictTransportSecurity.AccessControlMaxAgeSec).toBe(31_536_000)
  })

  test('is the one reader of its bucket', () => {
    expect(distributionOf(templates.aws).Origins[0].OriginAccessControlId).toBeDefined()
    const [origin] = distributionOf(templates['aws-cn with an ICP domain']).Origins
    expect(origin.S3OriginConfig.OriginAccessIdentity).not.toBe('')
  })

  test('with a domain talks TLS 1.2 or later', () => {
    expect(distributionOf(templates['aws with everything set']).ViewerCertificate.MinimumProtocolVersion).toBe(
      'TLSv1.2_2021'
    )
    expect(distributionOf(templates['aws-cn with an ICP domain'])).toMatchObject({
      Aliases: ['jindu.example.cn'],
      ViewerCertificate: { IamCertificateId: 'ASCAEXAMPLE123456789', MinimumProtocolVersion: 'TLSv1.2_2021' }
    })
  })
})

describe('at the edge', () => {
  interface EdgeRequest {
    readonly uri: string
    readonly querystring?: Readonly<Record<string, { readonly value: string }>>
  }
  const handle = runInNewContext(`${folderIndex}; handler`) as (event: { request: EdgeRequest }) => {
    readonly uri?: string
    readonly statusCode?: number
    readonly headers?: { readonly location: { readonly value: string } }
  }
  const ask = (uri: string, querystring: EdgeRequest['querystring'] = {}) => handle({ request: { uri, querystring } })

  test.each([
    ['/', '/index.html'],
    ['/projects/erzhong-phase-2/', '/projects/erzhong-phase-2/index.html'],
    ['/data/projects.json', '/data/projects.json']
  ])('%s is %s', (uri, key) => {
    expect(ask(uri).uri).toBe(key)
  })

  test.each([
    ['/report', {}, '/report/'],
    ['/report', { project: { value: 'a' } }, '/report/?project=a'],
    ['//elsewhere.test', {}, '//elsewhere.test'],
    ['//elsewhere', {}, '/elsewhere/'],
    ['/\\elsewhere', {}, '/elsewhere/']
  ])('%s goes to this host alone', (uri, querystring, location) => {
    const { statusCode, headers, uri: kept } = ask(uri, querystring)
    if (kept !== undefined) return expect(kept).toBe(location)
    expect(statusCode).toBe(308)
    expect(headers?.location.value).toBe(location)
  })
})

describe('a lost visitor', () => {
  const module: { exports: { handler?: (event: object) => Promise<Record<string, never>> } } = { exports: {} }
  runInNewContext(lostVisitorsSource(), { exports: module.exports })
  const ask = (path: string) => module.exports.handler?.({ rawPath: `${LostVisitors.prefix}${path}` })

  test('gets the page of the site with 404', async () => {
    expect(await ask('/projects/none/index.html')).toMatchObject({
      statusCode: 404,
      headers: { 'content-type': 'text/html; charset=utf-8' },
      body: notFoundPage().body
    })
  })

  test.each([
    ['/projects/school/', '/projects/school/index.html'],
    ['/projects/school', '/projects/school/'],
    ['//elsewhere/', '/elsewhere/index.html'],
    ['/\\elsewhere/', '/elsewhere/index.html']
  ])('of %s is sent to %s, where nothing at the edge could', async (path, location) => {
    expect(await ask(path)).toMatchObject({ statusCode: 308, headers: { location } })
  })

  test('is answered by a source that fits into a template', () => {
    expect(Buffer.byteLength(lostVisitorsSource())).toBeLessThan(4096)
  })
})
