import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test, vi } from 'vitest'
import type * as Env from '../../functions/adapters/env.ts'
import { repositoryRoot } from '../../lib/bundling.ts'
import { environmentOf, type FunctionName, functionNames, functionOf, tablesOf } from '../../lib/functions.ts'
import { tables } from '../../lib/tables.ts'
import { full, functionOfTemplate, least, synthesise } from './synth.ts'

const asked = vi.hoisted(() => ({ names: [] as readonly string[] }))

vi.mock('../../functions/adapters/env.ts', async original => {
  const real = await original<typeof Env>()
  const readEnvironment: typeof real.readEnvironment = (names, source) => {
    asked.names = names
    return real.readEnvironment(names, source)
  }
  return { ...real, readEnvironment }
})

/** Only one machine has these: an embedded engine, folders and files, channels in the open. */
const localOnly = [
  'DYNAMODB_ENDPOINT',
  'NOTICE_FILE',
  'CHANNELS',
  'SITE_DIR',
  'PHOTO_DIR',
  'CHECKPOINT_DIR',
  'CHECKPOINT_KEY_FILE'
]

const template = synthesise('aws', full.aws)
const sparse = synthesise('aws-cn', least['aws-cn'])

const variablesOf = (from: typeof template, name: FunctionName): readonly string[] =>
  Object.keys(functionOfTemplate(from, name).Properties.Environment?.Variables ?? {}).sort()

const before = { ...process.env }
afterAll(() => {
  process.env = before
})

/** What a function asks for when it is loaded, as Lambda loads it. */
const readBy = async (name: FunctionName): Promise<readonly string[]> => {
  for (const { variable } of Object.values(tables)) process.env[variable] = 'a-table'
  process.env.SITE_BUCKET = 'a-bucket'
  process.env.FORM_DIR = '/var/task'
  process.env.CHECKPOINT_BUCKET = 'another-bucket'
  process.env.CHECKPOINT_KEY = 'a-key'
  asked.names = []
  await import(join(repositoryRoot, functionOf(name).entry))
  return [...asked.names].sort()
}

describe.each(functionNames)('the environment of %s', name => {
  const declared = [...environmentOf(functionOf(name))].sort()

  test('is what the function reads', async () => {
    expect(await readBy(name)).toEqual(declared)
  })

  test('is set in full by a template with everything configured', () => {
    expect(variablesOf(template, name)).toEqual(declared.filter(variable => !localOnly.includes(variable)))
  })

  test('names in any template the tables, the buckets, the form, the queue and the key, without which the function would not start', () => {
    const needed = [
      ...tablesOf(functionOf(name)).map(table => tables[table].variable),
      ...(['SITE_BUCKET', 'FORM_DIR', 'RETRY_QUEUE', 'CHECKPOINT_BUCKET', 'CHECKPOINT_KEY'] as const).filter(setting =>
        functionOf(name).settings.includes(setting)
      )
    ]
    expect(variablesOf(sparse, name)).toEqual(needed.sort())
  })
})

test('a table’s variable holds the name of that very table', () => {
  for (const name of functionNames)
    for (const table of tablesOf(functionOf(name))) {
      const { variable, partitionKey, sortKey } = tables[table] as {
        variable: string
        partitionKey: { name: string }
        sortKey?: { name: string }
      }
      const { Ref } = functionOfTemplate(template, name).Properties.Environment.Variables[variable]
      const keys = template.resources[Ref]?.Properties.KeySchema.map(
        (key: { AttributeName: string }) => key.AttributeName
      )
      expect(keys, `${name} ${variable}`).toEqual([partitionKey.name, ...(sortKey ? [sortKey.name] : [])])
    }
})

test('no secret is in a template, only where it is', () => {
  const { CHANNELS_SECRET } = functionOfTemplate(template, 'send-notices').Properties.Environment.Variables
  expect(CHANNELS_SECRET).toBe(full.aws.channels.secretName)
  expect(template.text).not.toMatch(/whsec_|resolve:secretsmanager/)
})

test('functions read the environment through adapters/env.ts alone', () => {
  const sources = readdirSync(join(repositoryRoot, 'functions'), { recursive: true, encoding: 'utf8' })
    .filter(path => path.endsWith('.ts'))
    .filter(path => readFileSync(join(repositoryRoot, 'functions', path), 'utf8').includes('process.env'))
  expect(sources).toEqual([join('adapters', 'env.ts')])
})
