import { beforeEach, describe, expect, test } from 'vitest'
import { BadCursorError } from '../../functions/adapters/state-store.shared.ts'
import type { StateStore, SummaryFilter } from '../../functions/core/ports.ts'
import { collect, snapshotOf } from './samples.ts'

/** A store under test, with a way round it to damage the body of a snapshot. */
export interface StoreUnderTest {
  readonly store: StateStore
  readonly damageBody: (project: string) => Promise<void>
}

/** What every state store does. */
export const stateStoreContract = (name: string, make: () => Promise<StoreUnderTest>): void => {
  describe(`state store: ${name}`, () => {
    let store: StateStore
    let damageBody: StoreUnderTest['damageBody']
    beforeEach(async () => {
      const under = await make()
      store = under.store
      damageBody = under.damageBody
    })

    test('gives back what was put, and nothing of a project it does not know', async () => {
      const snapshot = snapshotOf('p')
      expect(await store.get('p')).toBeUndefined()
      expect(await store.put(snapshot)).toBe('stored')
      expect(await store.get('p')).toEqual(snapshot)
    })

    test('gives back a state of more than 400 KB', async () => {
      const snapshot = snapshotOf('p')
      const note = Array.from({ length: 30_000 }, (_, i) => `第${i}层砌体完成。`).join('')
      const large = { ...snapshot, state: { ...snapshot.state, progress: { C1: { percentComplete: 1, note } } } }
      expect(await store.put(large)).toBe('stored')
      expect(await store.get('p')).toEqual(large)
    })

    test.each([
      ['an older version', { version: 1, evaluatedOn: '2021-06-30' }, 'outdated'],
      ['the same version, evaluated earlier', { version: 2, evaluatedOn: '2021-06-20' }, 'outdated'],
      ['the same again', { version: 2, evaluatedOn: '2021-06-21' }, 'stored'],
      ['the same version, evaluated later', { version: 2, evaluatedOn: '2021-06-22' }, 'stored'],
      ['a newer version, evaluated earlier', { version: 3, evaluatedOn: '2021-06-01' }, 'stored']
    ] as const)('never goes back: %s', async (_, fields, result) => {
      const first = snapshotOf('p', { version: 2 })
      const second = snapshotOf('p', { ...fields, reviewDueOn: '2021-12-31' })
      await store.put(first)
      expect(await store.put(second)).toBe(result)
      expect(await store.get('p')).toEqual(result === 'stored' ? second : first)
    })

    test('names the projects due on or before a day, without looking into any body', async () => {
      for (const day of ['20', '21', '22', '23']) {
        await store.put(snapshotOf(`p-${day}`, { reviewDueOn: `2021-06-${day}` }))
        await damageBody(`p-${day}`)
      }
      expect((await collect(store.due('2021-06-21'))).sort()).toEqual(['p-20', 'p-21'])
      expect(await collect(store.due('2021-06-19'))).toEqual([])
      await expect(store.get('p-22')).rejects.toThrow('the snapshot of p-22 cannot be read')
    })

    test('names every due project of a table of several pages once', async () => {
      // Four segments of more than a megabyte each, in bodies just too short to be packed.
      const photos = Array.from({ length: 300 }, (_, i) => `https://example.org/${'x'.repeat(70)}/${i}`)
      const ids = Array.from({ length: 170 }, (_, i) => `p-${String(i).padStart(3, '0')}`)
      for (const id of ids) {
        const snapshot = snapshotOf(id, { reviewDueOn: '2021-06-21' })
        await store.put({ ...snapshot, state: { ...snapshot.state, progress: { C1: { percentComplete: 1, photos } } } })
      }
      expect((await collect(store.due('2021-06-21'))).sort()).toEqual(ids)
      expect((await collect(store.all())).map(({ project }) => project).sort()).toEqual(ids)
      expect(await idsOf({ light: 'green' }, 60)).toEqual(ids)
      expect(await idsOf({}, 60)).toEqual(ids)
    })

    const idsOf = async (filter: SummaryFilter, limit: number): Promise<readonly string[]> => {
      const found: string[] = []
      let cursor: string | undefined
      do {
        const page = await store.list(filter, limit, cursor)
        expect(page.summaries.length).toBeLessThanOrEqual(limit)
        expect(page.cursor === undefined || page.summaries.length === limit).toBe(true)
        found.push(...page.summaries.map(({ id }) => id))
        cursor = page.cursor
      } while (cursor !== undefined)
      expect(new Set(found).size).toBe(found.length)
      return found.sort()
    }

    describe('lists', () => {
      beforeEach(async () => {
        await store.put(snapshotOf('a', {}, { light: 'red', town: '运河街道', programme: '续建启用' }))
        await store.put(snapshotOf('b', {}, { light: 'green', town: '运河街道', programme: '续建启用' }))
        await store.put(snapshotOf('c', {}, { light: 'red', town: '泥沟镇' }))
        await store.put(snapshotOf('d', {}, { light: 'red' }))
      })

      test.each([
        [{}, ['a', 'b', 'c', 'd']],
        [{ light: 'red' }, ['a', 'c', 'd']],
        [{ town: '运河街道' }, ['a', 'b']],
        [{ light: 'red', town: '运河街道', programme: '续建启用' }, ['a']],
        [{ programme: 'none' }, []]
      ] as const)('%j', async (filter, expected) => {
        for (const limit of [1, 2, 3, 4, 100]) expect(await idsOf(filter, limit)).toEqual(expected)
      })

      test('gives no cursor on the last page, even when it is full', async () => {
        expect(await store.list({}, 4)).not.toHaveProperty('cursor')
        expect(await store.list({ light: 'red' }, 3)).not.toHaveProperty('cursor')
      })

      test('gives summaries without opening a body', async () => {
        await damageBody('a')
        const { summaries } = await store.list({ town: '运河街道', light: 'red' }, 10)
        expect(summaries).toEqual([
          snapshotOf('a', {}, { light: 'red', town: '运河街道', programme: '续建启用' }).summary
        ])
      })

      test.each(['', '!', 'YQ==', 'Li4v', '__proto__'])('refuses the cursor %j', async cursor => {
        await expect(store.list({}, 2, cursor)).rejects.toThrow(BadCursorError)
      })
    })
  })
}
