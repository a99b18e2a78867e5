import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { eventsTextSchema } from '../../functions/schema/commit.ts'
import { decoding } from '../../functions/schema/decoding.ts'

const frozen = join(import.meta.dirname, '../fixtures/events/v1')
const texts = readdirSync(frozen)
  .filter(name => name.endsWith('.json') && !name.startsWith('whole-log'))
  .map(name => `[${readFileSync(join(frozen, name), 'utf8')}]`)
const broken = ['[{"type":"project-paused","reason":1}]', '[{"type":"unheard-of"}]', '[', '{}']

test('a young process reads the forms, an older one compiles them', () => {
  expect(decoding()).toEqual({ jitless: true })
  for (let decoded = 1; decoded < 1000; decoded += 1) decoding()
  expect(decoding()).toBeUndefined()
})

test('both find the same, in what decodes and in what does not', () => {
  for (const text of [...texts, ...broken]) {
    const [read, compiled] = [{ jitless: true }, undefined].map(how => eventsTextSchema.safeParse(text, how))
    expect(read?.success, text).toBe(texts.includes(text))
    expect(read?.data).toEqual(compiled?.data)
    expect(read?.error?.issues).toEqual(compiled?.error?.issues)
  }
})
