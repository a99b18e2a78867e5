import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { App } from 'aws-cdk-lib'
import * as z from 'zod'
import type { Bundle } from '../../lib/bundling.ts'
import { functionNames } from '../../lib/functions.ts'
import { trackerApp } from '../../lib/tracker-app.ts'

/** A configuration of one partition as cdk.json would hold it. */
export type Given = Readonly<Record<string, unknown>>

/** The least that can be deployed. */
export const least = {
  aws: { stage: 'test', region: 'ap-east-1', recipients: ['duty@bureau.test'], site: { hosting: 'cloudfront' } },
  'aws-cn': { stage: 'test', region: 'cn-northwest-1', recipients: ['duty@bureau.test'], site: { hosting: 'mirror' } }
} as const

/** Everything that can be set, where it makes a difference. */
export const full = {
  aws: {
    ...least.aws,
    authorisation: 'iam',
    channels: { secretName: 'tracker/channels', topics: ['arn:aws:sns:ap-east-1:123456789012:notices'] },
    policy: { redSlipWorkingDays: 20 },
    fixedDate: '2021-06-21',
    site: {
      hosting: 'cloudfront',
      domain: 'jindu.example.org',
      certificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/0f0e2a4c-8a55-4c5e-9b1e-0d1c2b3a4f5e'
    }
  },
  'aws-cn': {
    ...least['aws-cn'],
    authorisation: 'iam',
    channels: { secretName: 'tracker/channels' },
    runtime: 'nodejs22.x',
    architecture: 'x86_64',
    reserveConcurrency: false,
    site: { hosting: 'icp-domain', domain: 'jindu.example.cn', iamCertificateId: 'ASCAEXAMPLE123456789' }
  }
} as const

const resourceSchema = z.looseObject({
  Type: z.string(),
  Properties: z.record(z.string(), z.any()).default({}),
  DeletionPolicy: z.string().optional()
})
const templateSchema = z.looseObject({ Resources: z.record(z.string(), resourceSchema) })

/** A resource of a template. */
export type Resource = z.output<typeof resourceSchema>

/** A template, with its text and its resources by type. */
export interface Synthesised {
  readonly text: string
  readonly resources: Readonly<Record<string, Resource>>
  readonly ofType: (type: string) => readonly (Resource & { readonly id: string })[]
}

const directory = mkdtempSync(join(tmpdir(), 'tracker-stack-'))
process.on('exit', () => rmSync(directory, { recursive: true, force: true }))

/** Bundles that have only their place: what is in them makes no difference to a template. */
const placeholders = (): readonly Bundle[] =>
  functionNames.map(name => {
    const folder = join(directory, 'bundles', name)
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'index.cjs'), `exports.handler = async () => '${name}'\n`)
    return { name, file: join(folder, 'index.cjs'), bytes: 0, imports: [] }
  })

/** The app before it is synthesised. */
export const appOf = (tracker: unknown): App =>
  trackerApp({ bundles: placeholders(), context: { tracker }, outdir: mkdtempSync(join(directory, 'out-')) })

/** Synthesises one partition, without the rules: those have a test of their own. */
export const synthesise = (partition: 'aws' | 'aws-cn', given: Given): Synthesised => {
  const before = process.env.CDK_VALIDATION
  process.env.CDK_VALIDATION = 'false'
  try {
    const stack = appOf({ [partition]: given })
      .synth()
      .getStackArtifact(`tracker-${partition}`)
    const text = readFileSync(stack.templateFullPath, 'utf8')
    const { Resources: resources } = templateSchema.parse(JSON.parse(text))
    return {
      text,
      resources,
      ofType: type =>
        Object.entries(resources).flatMap(([id, resource]) => (resource.Type === type ? [{ id, ...resource }] : []))
    }
  } finally {
    if (before === undefined) delete process.env.CDK_VALIDATION
    else process.env.CDK_VALIDATION = before
  }
}

/** The function of a template that a name of `functions.ts` became. */
export const functionOfTemplate = ({ ofType }: Synthesised, name: string) => {
  const found = ofType('AWS::Lambda::Function').find(
    ({ Properties }) => Properties.Description === `Capital project tracker: ${name}`
  )
  if (!found) throw new Error(`the template has no function ${name}`)
  return found
}
