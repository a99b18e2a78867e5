import * as z from 'zod'
import { dateSchema } from '../functions/schema/fields.ts'
import { policySchema } from '../functions/schema/policy.ts'

/** The partitions of AWS that the tracker is made for. */
export const partitions = ['aws', 'aws-cn'] as const

/** A partition: the commercial one, or that of the regions in mainland China. */
export type Partition = (typeof partitions)[number]

/** The context says something that cannot be deployed. Each line of the message names a place and says what to write. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

/** A field with the sentence that stands in for every complaint about it. */
const told = <Schema extends z.ZodType>(make: (params: { error: string }) => Schema, sentence: string): Schema =>
  make({ error: sentence })

const emailSentence = 'write e-mail addresses, such as ["operator@bureau.gov.cn"]; alarms go to them'
const topicsSentence = 'write the ARNs of topics of SNS that the channels publish to'
const secondsSentence = 'write a whole number of seconds'

const domain = z
  .string()
  .regex(
    /^(?!-)[a-z0-9-]+(\.[a-z0-9-]+)+$/,
    'write a domain name in lower case without https://, such as "jindu.example.cn"'
  )

const hostings = {
  cloudfront: z.strictObject({
    hosting: z.literal('cloudfront'),
    domain: domain.optional(),
    certificateArn: z
      .string()
      .regex(
        /^arn:[a-z-]+:acm:us-east-1:\d{12}:certificate\/[0-9a-f-]+$/,
        'write the ARN of a certificate in us-east-1, the only region CloudFront takes them from'
      )
      .optional()
  }),
  mirror: z.strictObject({ hosting: z.literal('mirror') }),
  'icp-domain': z.strictObject({
    hosting: z.literal('icp-domain'),
    domain,
    iamCertificateId: z
      .string()
      .regex(
        /^[A-Z0-9]{16,128}$/,
        'write the ServerCertificateId of a certificate in IAM: CloudFront in China takes none from ACM'
      )
  })
} as const

const siteSentence = {
  aws: 'write {"hosting": "cloudfront"} with domain and certificateArn where there is a domain, or {"hosting": "mirror"}',
  'aws-cn':
    'write {"hosting": "mirror"}, or {"hosting": "icp-domain"} with domain and iamCertificateId once the domain has its ICP number'
} as const

const thresholdsSchema = z.strictObject({
  /** Alarm: answers 5xx of the API in five minutes. */
  apiErrors: told(
    params => z.int(params).min(1, params),
    'write how many answers 5xx in five minutes are too many'
  ).default(1),
  /** Alarm: 95th percentile of the API's latency, three times five minutes in a row. */
  apiLatencyMilliseconds: told(params => z.int(params).min(100, params), 'write milliseconds, 100 or more').default(
    3000
  ),
  /** Alarm: how far a reader of a stream may be behind. */
  iteratorAgeSeconds: told(params => z.int(params).min(1, params), secondsSentence).default(300),
  /** Throttle of the API, over all callers. A bureau's whole office reports at less than one a second. */
  requestsPerSecond: told(params => z.int(params).min(1, params), 'write requests a second').default(50),
  burst: told(params => z.int(params).min(1, params), 'write a number of requests at once').default(100)
})

/** Days that CloudWatch Logs knows how to keep lines for. */
const retentionDays = [7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827] as const

const configSchema = (partition: Partition) =>
  z
    .strictObject({
      /** Part of the stack's name: several trackers fit into one account. */
      stage: z
        .string('write a name for the stage, such as "prod"')
        .regex(/^[a-z][a-z0-9-]{0,15}$/, 'write 1 to 16 small letters, digits and hyphens, such as "prod"'),
      region: z
        .string('write the region to deploy to')
        .regex(
          partition === 'aws-cn' ? /^cn-north(west)?-1$/ : /^(?!cn-)[a-z]{2}(-[a-z]+)+-\d$/,
          partition === 'aws-cn'
            ? 'write cn-north-1 or cn-northwest-1'
            : 'write a region outside China, such as ap-east-1'
        ),
      /** Runs the functions; China may have it later. */
      runtime: z
        .string()
        .regex(/^nodejs(2[2-9]|[3-9]\d)\.x$/, 'write nodejs24.x, or nodejs22.x where a region has nothing newer')
        .default('nodejs24.x'),
      architecture: z.enum(['arm64', 'x86_64'], 'write arm64, or x86_64 where a region has no arm64').default('arm64'),
      /** Who lets callers in: the tracker by its tokens, or IAM by signatures (the one way in China without an ICP number). */
      authorisation: z.enum(['token', 'iam'], 'write token or iam').default('token'),
      /** Who is told of alarms. */
      recipients: z.array(z.email(emailSentence), emailSentence).min(1, emailSentence),
      /** The channels by which people are told: a secret with the list of `functions/schema/channels.ts`, none without it. */
      channels: z
        .strictObject(
          {
            secretName: z.string().regex(/^[\w/+=.@-]{1,512}$/, 'write the name of the secret, never its value'),
            /** Topics of SNS that the list may name. */
            topics: z
              .array(
                z.string().regex(/^arn:[a-z-]+:sns:[a-z0-9-]+:\d{12}:[\w-]{1,256}$/, topicsSentence),
                topicsSentence
              )
              .default([])
          },
          'write {"secretName": "…"}: the name of a secret in Secrets Manager, never its value'
        )
        .optional(),
      /** Thresholds of the rules that differ from the defaults. */
      policy: z.record(z.string(), z.unknown()).optional(),
      /** A demonstration stands on this date. */
      fixedDate: z
        .string()
        .refine(
          text => dateSchema.safeParse(text).success,
          'write a date, such as 2021-06-21, or leave it out for the real clock'
        )
        .optional(),
      site: z.discriminatedUnion(
        'hosting',
        partition === 'aws' ? [hostings.cloudfront, hostings.mirror] : [hostings.mirror, hostings['icp-domain']],
        siteSentence[partition]
      ),
      thresholds: z.prefault(thresholdsSchema, {}),
      logRetentionDays: z.literal([...retentionDays], `write one of ${retentionDays.join(', ')}`).default(180),
      /**
       * Keeps a part of the account's concurrency for functions of which one is enough. A new account may have ten in
       * all, of which none can be reserved.
       */
      reserveConcurrency: z.boolean('write true or false').default(true)
    })
    .check(context => {
      const { policy, recipients, stage, site } = context.value
      const complain = (path: readonly string[], message: string) =>
        context.issues.push({ code: 'custom', message, path: [...path], input: context.value })
      const decoded = policySchema.safeParse(policy ?? {})
      const wrong = decoded.error?.issues[0]
      if (wrong)
        complain(
          ['policy', ...wrong.path.map(String)],
          `write a threshold of functions/core/policy.ts (${wrong.message})`
        )
      const placeholder = recipients.find(address => address.endsWith('@example.com'))
      if (stage === 'prod' && placeholder) complain(['recipients'], `${placeholder} is a placeholder; ${emailSentence}`)
      if (site.hosting === 'cloudfront' && (site.domain === undefined) !== (site.certificateArn === undefined))
        complain(['site'], 'write domain and certificateArn together, or neither')
    })

/** What one deployment of the tracker is to be, decoded. */
export type TrackerConfig = z.output<ReturnType<typeof configSchema>> & { readonly partition: Partition }

/**
 * Reads the deployments from the context key `tracker`: an object with a configuration for one partition or for both.
 * The command line of the CDK gives it as text.
 * @throws ConfigError with a sentence for every mistake.
 */
export const readConfigs = (context: unknown): readonly TrackerConfig[] => {
  const given = typeof context === 'string' ? parsed(context) : context
  const outline = z
    .strictObject({ aws: z.unknown().optional(), 'aws-cn': z.unknown().optional() })
    .safeParse(given ?? {})
  if (!outline.success || Object.keys(outline.data).length === 0)
    throw new ConfigError('tracker: write {"aws": {…}}, {"aws-cn": {…}} or both into the context of cdk.json')
  const read = partitions
    .filter(partition => outline.data[partition] !== undefined)
    .map(partition => ({ partition, decoded: configSchema(partition).safeParse(outline.data[partition]) }))
  const sentences = read.flatMap(({ partition, decoded }) =>
    (decoded.error?.issues ?? []).map(issue => sentenceOf(partition, issue))
  )
  if (sentences.length > 0) throw new ConfigError(sentences.join('\n'))
  return read.flatMap(({ partition, decoded }) => (decoded.success ? [{ ...decoded.data, partition }] : []))
}

const sentenceOf = (partition: Partition, issue: z.core.$ZodIssue): string => {
  const place = ['tracker', partition, ...issue.path].join('.')
  return issue.code === 'unrecognized_keys'
    ? `${place}: there is no ${issue.keys.join(', ')}; docs/deploy.md lists what there is`
    : `${place}: ${issue.message}`
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new ConfigError(`tracker: write JSON, as in cdk.json (${error instanceof Error ? error.message : error})`)
  }
}
