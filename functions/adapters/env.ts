import * as z from 'zod'
import { defaultPolicy } from '../core/policy.ts'
import { channelsSchemaOf } from '../schema/channels.ts'
import { dateSchema } from '../schema/fields.ts'
import { policyTextSchema } from '../schema/policy.ts'

/** A variable of the environment is missing or wrong. The message names it and never shows its value. */
export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError'
}

const text = z.string().min(1)
const address = z.url({ protocol: /^https?$/ })

/** Schemas are made for the variables that are asked for: none of the others weighs on a cold start. */
const variables = {
  LOG_TABLE: () => text,
  STATE_TABLE: () => text,
  DELIVERY_TABLE: () => text,
  ACCESS_TABLE: () => text,
  /** How callers of the API prove who they are. */
  AUTHORISATION: () => z.enum(['token', 'iam']).default('token'),
  /** Address of the embedded engine. */
  DYNAMODB_ENDPOINT: () => address.optional(),
  /** File that notices are appended to. */
  NOTICE_FILE: () => text.optional(),
  /** The channels of a tracker on one machine, as JSON. */
  CHANNELS: () => channelsSchemaOf('machine').optional(),
  /** Name of the secret that holds the same in the cloud. */
  CHANNELS_SECRET: () => text.optional(),
  /** Address of the queue that brings deliveries back. */
  RETRY_QUEUE: () => address.optional(),
  /** The site is in a folder or in a bucket. */
  SITE_DIR: () => text.optional(),
  SITE_BUCKET: () => text.optional(),
  /** Address of the site, for what leaves it: calendars and feeds. */
  SITE_URL: () => address.transform(url => new URL('./', url).href).optional(),
  /** Folder of the bundled programs of the form for reports. */
  FORM_DIR: () => text,
  /** On one machine checkpoints are in a folder and signed with a key in a file. */
  CHECKPOINT_DIR: () => text.optional(),
  CHECKPOINT_KEY_FILE: () => text.optional(),
  /** In the cloud they are in a bucket and signed by a key of KMS. */
  CHECKPOINT_BUCKET: () => text.optional(),
  CHECKPOINT_KEY: () => text.optional(),
  /** Photographs are in a folder or in a bucket; without either none are taken. */
  PHOTO_DIR: () => text.optional(),
  PHOTO_BUCKET: () => text.optional(),
  /** Civil date in Asia/Shanghai that a demonstration stands on. */
  FIXED_DATE: () => dateSchema.optional(),
  /** Thresholds that differ from the defaults, as JSON. */
  POLICY: () => policyTextSchema.default(defaultPolicy)
}

/** A variable that a function can ask for. */
export type VariableName = keyof typeof variables

/** The decoded variables that a function asked for. */
export type Environment<Name extends VariableName> = {
  readonly [Key in Name]: z.output<ReturnType<(typeof variables)[Key]>>
}

/**
 * Decodes the variables a function needs; an empty one counts as missing.
 * @throws EnvironmentError naming the first variable that is missing or wrong, or that does not go with another.
 */
export const readEnvironment = <Name extends VariableName>(
  names: readonly Name[],
  source: Readonly<Record<string, string | undefined>> = process.env
): Environment<Name> => {
  const given = (name: VariableName) => source[name] || undefined
  const values = names.map(name => [name, decode(name, given(name))] as const)
  const asked = new Set<VariableName>(names)
  if (asked.has('CHANNELS') && given('CHANNELS') && given('CHANNELS_SECRET'))
    throw new EnvironmentError('only one of CHANNELS and CHANNELS_SECRET may be set')
  if (asked.has('SITE_DIR') && asked.has('SITE_BUCKET') && !given('SITE_DIR') === !given('SITE_BUCKET'))
    throw new EnvironmentError('one of SITE_DIR and SITE_BUCKET must be set, and only one')
  return Object.fromEntries(values) as Environment<Name>
}

const decode = (name: VariableName, value: string | undefined): unknown => {
  const decoded = variables[name]().safeParse(value)
  if (decoded.success) return decoded.data
  if (value === undefined) throw new EnvironmentError(`${name} is missing`)
  const issue = decoded.error.issues[0]
  const place = issue?.path.length ? ` at ${issue.path.join('.')}` : ''
  throw new EnvironmentError(`${name} is wrong${place}: ${issue?.message ?? 'not valid'}`, { cause: decoded.error })
}
