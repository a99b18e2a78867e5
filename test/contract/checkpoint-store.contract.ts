import { describe, expect, test } from 'vitest'
import type { CheckpointStore } from '../../functions/core/ports.ts'

/** What any store of checkpoints does. */
export const checkpointStoreContract = (name: string, makeEmpty: () => Promise<CheckpointStore>): void => {
  describe(`checkpoint store: ${name}`, () => {
    test('has nothing at first', async () => {
      const store = await makeEmpty()
      expect(await store.numbers()).toEqual([])
      expect(await store.read(1)).toBeUndefined()
    })

    test('gives back what was added, by number and in order', async () => {
      const store = await makeEmpty()
      for (const number of [2, 10, 1]) expect(await store.add(number, `note ${number}\n— 签名\n`)).toBe('added')
      expect(await store.numbers()).toEqual([1, 2, 10])
      expect(await store.read(10)).toBe('note 10\n— 签名\n')
    })

    test('never writes over what is there', async () => {
      const store = await makeEmpty()
      await store.add(1, 'first')
      expect(await store.add(1, 'second')).toBe('exists')
      expect(await store.read(1)).toBe('first')
    })

    test('lets one of many writers through', async () => {
      const store = await makeEmpty()
      const outcomes = await Promise.all(Array.from({ length: 8 }, (_, i) => store.add(1, `note ${i}`)))
      expect(outcomes.filter(outcome => outcome === 'added')).toHaveLength(1)
      expect(await store.read(1)).toBe(`note ${outcomes.indexOf('added')}`)
    })
  })
}
