import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { noHash, type SealedText, sealCommit, verifySeal } from '../../functions/adapters/commit-seal.ts'
import { packedTextSchema, packText } from '../../functions/adapters/packed-text.ts'
import { runs } from '../properties/runs.ts'

const commit = {
  project: 'p',
  version: 7,
  events: [{ type: 'no-change-reported' as const, note: '无变化' }],
  by: { id: 't', role: 'reporter' as const },
  at: '2021-06-21T00:00:00.000Z',
  date: '2021-06-21'
}

test('the hash is what the documented text gives with any SHA-256', async () => {
  const text = `["${noHash}","p",7,"2021-06-21T00:00:00.000Z","2021-06-21","{\\"id\\":\\"t\\",\\"role\\":\\"reporter\\"}",null,null,"[{\\"type\\":\\"no-change-reported\\",\\"note\\":\\"无变化\\"}]"]`
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  expect(sealCommit(commit, noHash).hash).toBe(Buffer.from(digest).toString('hex'))
})

test('a change of any field breaks the seal', () => {
  const sealed = sealCommit({ ...commit, request: { key: 'a', hash: 'b' } }, noHash)
  expect(verifySeal(sealed)).toBe(true)
  const changes: readonly Partial<SealedText>[] = [
    { project: 'q' },
    { version: 8 },
    { at: '2021-06-21T00:00:00.001Z' },
    { date: '2021-06-22' },
    { by: `${sealed.by} ` },
    { events: `${sealed.events} ` },
    { request: undefined },
    { request: { key: 'a', hash: 'c' } },
    { request: { key: 'ab', hash: '' } },
    { previousHash: '1'.repeat(64) }
  ]
  for (const change of changes) expect(verifySeal({ ...sealed, ...change })).toBe(false)
})

test('no two commits have the same hash, whichever way their fields are cut', () => {
  const fields = fc.record({ project: fc.string(), at: fc.string(), date: fc.string() })
  const hashOf = (changed: object) => sealCommit({ ...commit, ...changed }, noHash).hash
  fc.assert(
    fc.property(fields, fields, (a, b) => (hashOf(a) === hashOf(b)) === (JSON.stringify(a) === JSON.stringify(b)))
  )
  expect(hashOf({ project: 'a","b', at: 'c' })).not.toBe(hashOf({ project: 'a', at: 'b","c' }))
})

test('a text of any length comes back from its packed form', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.nat(40_000), (text, times) => {
      const long = text.repeat(Math.ceil(times / (text.length + 1)))
      expect(packedTextSchema.parse(packText(long))).toBe(long)
    }),
    { numRuns: runs(50) }
  )
  expect(packText('短')).toBe('短')
  expect(packText('长'.repeat(20_000))).toBeInstanceOf(Uint8Array)
  expect(packedTextSchema.safeParse(new Uint8Array([1, 2, 3])).success).toBe(false)
})
