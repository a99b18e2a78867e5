import * as fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { foldFormat } from '../../functions/adapters/commit-item.ts'
import { noHash, sealCommit } from '../../functions/adapters/commit-seal.ts'
import type { StoredLog } from '../../functions/adapters/event-log.shared.ts'
import { verifyLog } from '../../functions/adapters/verify-log.ts'
import { fold, initialState } from '../../functions/core/evolve.ts'
import { appendMany, appendNext, collect, commitAfter, stateAfter } from './samples.ts'

/** A log under test, with a way round it to damage what it stores. */
export interface LogUnderTest {
  readonly log: StoredLog
  readonly overwrite: (item: Readonly<Record<string, unknown>>) => Promise<void>
  readonly remove: (project: string, version: number) => Promise<void>
}

/** What every event log does. */
export const eventLogContract = (name: string, make: () => Promise<LogUnderTest>): void => {
  describe(`event log: ${name}`, () => {
    let under: LogUnderTest
    let log: StoredLog
    beforeEach(async () => {
      under = await make()
      log = under.log
    })

    const itemAt = async (project: string, version: number) =>
      (await collect(log.items(project)))[version - 1] as Readonly<Record<string, unknown>>

    test('knows nothing of a project without commits', async () => {
      expect(await log.load('p')).toEqual({ state: initialState, hash: noHash })
      expect(await log.commits('p')).toEqual([])
      expect(await collect(log.projects())).toEqual([])
    })

    test('reads its own write', async () => {
      const result = await appendNext(log, 'p')
      expect(result.type).toBe('appended')
      const { state, hash } = await log.load('p')
      expect(state).toMatchObject({ status: 'active', version: 1 })
      expect(result).toMatchObject({ commit: { version: 1, previousHash: noHash, hash } })
      expect(await log.commits('p')).toEqual(result.type === 'appended' ? [result.commit] : [])
    })

    test('keeps the request under which a commit was asked for', async () => {
      const commit = { ...commitAfter('p', initialState), request: { key: 'k-1', hash: 'abc' } }
      await log.append(commit, noHash, stateAfter(initialState, commit))
      expect((await log.commits('p'))[0]?.request).toEqual({ key: 'k-1', hash: 'abc' })
      expect((await log.load('p')).state).toMatchObject({ requests: [{ key: 'k-1', hash: 'abc', version: 1 }] })
    })

    test('answers a conflict to the second of two writers of a version', async () => {
      await appendNext(log, 'p')
      const { state, hash } = await log.load('p')
      const mine = commitAfter('p', state)
      const theirs = { ...mine, by: { id: 'token-2', role: 'admin' as const } }
      expect((await log.append(theirs, hash, stateAfter(state, theirs))).type).toBe('appended')
      expect(await log.append(mine, hash, stateAfter(state, mine))).toEqual({ type: 'conflict' })
      expect((await log.commits('p')).map(({ by }) => by.id)).toEqual(['token-1', 'token-2'])
    })

    test('takes its own commit for appended when it is sent again', async () => {
      const commit = commitAfter('p', initialState)
      const first = await log.append(commit, noHash, stateAfter(initialState, commit))
      expect(await log.append(commit, noHash, stateAfter(initialState, commit))).toEqual(first)
      expect(await log.commits('p')).toHaveLength(1)
    })

    test('refuses to write what it could not read', async () => {
      const state = stateAfter(initialState, commitAfter('p', initialState))
      const events = [{ type: 'milestone-cancelled' as const, milestoneId: 'constructor', reason: 'x' }]
      const commit = commitAfter('p', initialState, events)
      await expect(log.append(commit, noHash, state)).rejects.toThrow('cannot be read')
      await expect(log.append(commit, noHash, { ...state, version: 9 })).rejects.toThrow(RangeError)
    })

    test('numbers commits without a gap under fifty writers who try again', async () => {
      await appendNext(log, 'p')
      const write = async (writer: number): Promise<void> => {
        const events = [{ type: 'no-change-reported' as const, note: `writer ${writer}` }]
        const result = await appendNext(log, 'p', events)
        if (result.type === 'conflict') return write(writer)
      }
      await Promise.all(Array.from({ length: 50 }, (_, writer) => write(writer)))
      const versions = (await log.commits('p')).map(({ version }) => version)
      expect(versions).toEqual(Array.from({ length: 51 }, (_, i) => i + 1))
      expect(await verifyLog('p', log.items('p'))).toMatchObject({ ok: true, version: 51, wrongSnapshots: [] })
    })

    test('loads at every version what all commits up to it fold to, across snapshots', async () => {
      const commits = await appendMany(log, 'p', 40)
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: 0, max: 42 }), async upTo => {
          const { state, hash } = await log.load('p', upTo)
          expect(state).toEqual(fold(initialState, commits.slice(0, upTo)))
          expect(hash).toBe(commits[Math.min(upTo, 40) - 1]?.hash ?? noHash)
        }),
        { numRuns: 43, examples: [[0], [1], [15], [16], [17], [31], [32], [33], [40], [42]] }
      )
    })

    test('reads from the snapshot, and from the whole log when another fold made it', async () => {
      const commits = await appendMany(log, 'p', 20)
      const item = await itemAt('p', 16)
      expect(item).toMatchObject({ foldFormat })
      // A snapshot that lies shows which way the state came.
      const lie = { ...item, snapshot: String(item.snapshot).replace('区实验小学综合楼', '另一工程') }
      await under.overwrite(lie)
      expect((await log.load('p')).state).toMatchObject({ project: { name: '另一工程' } })
      expect(await verifyLog('p', log.items('p'))).toMatchObject({ ok: true, wrongSnapshots: [16] })
      for (const other of [
        { ...lie, foldFormat: foldFormat + 1 },
        { ...lie, snapshot: 'no json' }
      ]) {
        await under.overwrite(other)
        expect((await log.load('p')).state).toEqual(fold(initialState, commits))
      }
    })

    test('gives ranges of commits, oldest first unless asked', async () => {
      await appendMany(log, 'p', 10)
      const versions = async (range?: Parameters<StoredLog['commits']>[1]) =>
        (await log.commits('p', range)).map(({ version }) => version)
      expect(await versions({ after: 7 })).toEqual([8, 9, 10])
      expect(await versions({ before: 3 })).toEqual([1, 2])
      expect(await versions({ newestFirst: true, limit: 3 })).toEqual([10, 9, 8])
      expect(await versions({ after: 2, before: 6, newestFirst: true })).toEqual([5, 4, 3])
      expect(await versions({ limit: 2 })).toEqual([1, 2])
      expect(await versions({ after: 5, before: 5 })).toEqual([])
      expect(await versions({ limit: 0 })).toEqual([])
    })

    test('follows the pages of a log of more than a megabyte', async () => {
      const photos = Array.from(
        { length: 900 },
        (_, i) => `https://example.org/${Math.random()}/${'x'.repeat(60)}/${i}`
      )
      await appendNext(log, 'p')
      for (let i = 0; i < 20; i += 1) {
        const reports = [0, 1, 2].map(n => ({
          milestoneId: 'C3',
          photos: photos.map(photo => `${photo}?${i}${n}${Math.random()}`)
        }))
        await appendNext(log, 'p', [{ type: 'progress-reported', reports }])
      }
      const commits = await log.commits('p')
      const stored = (await collect(log.items('p'))) as { readonly events: string | Uint8Array }[]
      expect(stored.reduce((sum, { events }) => sum + events.length, 0)).toBeGreaterThan(1_100_000)
      expect(commits.map(({ version }) => version)).toEqual(Array.from({ length: 21 }, (_, i) => i + 1))
      expect((await log.load('p')).state).toEqual(fold(initialState, commits))
      expect(await verifyLog('p', log.items('p'))).toMatchObject({ ok: true, version: 21 })
    })

    test('refuses a commit that no item can hold', async () => {
      const note = Array.from({ length: 60_000 }, () => Math.random().toString(36)).join('')
      const commit = commitAfter('p', initialState, [
        ...commitAfter('p', initialState).events,
        { type: 'no-change-reported', note }
      ])
      await expect(log.append(commit, noHash, stateAfter(initialState, commit))).rejects.toThrow('larger than 400 KB')
    })

    test('names every project once', async () => {
      await appendMany(log, 'a', 3)
      await appendMany(log, 'b', 2)
      expect((await collect(log.projects())).sort()).toEqual(['a', 'b'])
    })

    describe('verification names the first bad commit', () => {
      beforeEach(async () => {
        await appendMany(log, 'p', 6)
      })
      const verdict = async () => verifyLog('p', log.items('p'))

      test('of a whole log: none', async () => {
        const { hash } = await log.load('p')
        expect(await verdict()).toMatchObject({ ok: true, version: 6, hash, wrongSnapshots: [] })
      })

      test.each(['events', 'by', 'at', 'date', 'hash', 'idempotencyKey'])('when %s was changed', async field => {
        const item = await itemAt('p', 3)
        await under.overwrite({ ...item, requestHash: 'x', [field]: String(item[field] ?? '').replace(/.?$/, ' ') })
        expect(await verdict()).toMatchObject({ ok: false, version: 3, code: 'hash-mismatch' })
      })

      test('when a commit was removed', async () => {
        await under.remove('p', 4)
        expect(await verdict()).toMatchObject({ ok: false, version: 4, code: 'gap' })
      })

      test('when the first was removed', async () => {
        await under.remove('p', 1)
        expect(await verdict()).toMatchObject({ ok: false, version: 1, code: 'gap' })
      })

      test('when two were swapped', async () => {
        const [second, third] = [await itemAt('p', 2), await itemAt('p', 3)]
        await under.overwrite({ ...second, version: 3 })
        await under.overwrite({ ...third, version: 2 })
        expect(await verdict()).toMatchObject({ ok: false, version: 2, code: 'broken-chain' })
      })

      test('when a commit was replaced by one with a seal of its own', async () => {
        const item = await itemAt('p', 3)
        const events = [{ type: 'no-change-reported' as const }]
        const forged = sealCommit(
          { ...commitAfter('p', (await log.load('p', 2)).state), events },
          String(item.previousHash)
        )
        await under.overwrite({ ...forged })
        expect(await verdict()).toMatchObject({ ok: false, version: 4, code: 'broken-chain' })
      })

      test('when a commit lacks an attribute', async () => {
        const { events: _lost, ...item } = await itemAt('p', 5)
        await under.overwrite(item)
        expect(await verdict()).toMatchObject({ ok: false, version: 5, code: 'undecodable' })
        await expect(log.load('p')).rejects.toThrow('p: commit 5')
      })

      test('when a sealed commit holds an event of an unknown type, or one that makes no sense', async () => {
        const { previousHash } = (await itemAt('p', 6)) as { readonly previousHash: string }
        const { state } = await log.load('p', 5)
        const unknown = JSON.parse('[{"type":"project-painted"}]')
        await under.overwrite({ ...sealCommit({ ...commitAfter('p', state), events: unknown }, previousHash) })
        expect(await verdict()).toMatchObject({ ok: false, version: 6, code: 'undecodable' })
        const twice = commitAfter('p', state, commitAfter('p', initialState).events)
        await under.overwrite({ ...sealCommit(twice, previousHash) })
        expect(await verdict()).toMatchObject({ ok: false, version: 6, code: 'unfoldable' })
      })
    })
  })
}
