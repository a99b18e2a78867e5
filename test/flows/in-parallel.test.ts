import { expect, test } from 'vitest'
import { inParallel, throwFailures } from '../../functions/flows/in-parallel.ts'

test('no more are worked on at a time than asked, every one once, and failures are returned', async () => {
  let running = 0
  let most = 0
  const done: number[] = []
  async function* items() {
    for (let i = 0; i < 50; i += 1) yield i
  }
  const failures = await inParallel(items(), 4, async item => {
    running += 1
    most = Math.max(most, running)
    await new Promise(resolve => setTimeout(resolve, item % 5))
    running -= 1
    if (item % 10 === 3) throw new Error(`item ${item}`)
    done.push(item)
  })
  expect(most).toBe(4)
  expect(done.length).toBe(45)
  expect(failures.map(({ item }) => item).sort((a, b) => a - b)).toEqual([3, 13, 23, 33, 43])
})

test('failures end an invocation with all of them, none with nothing', () => {
  expect(() => throwFailures('review', [])).not.toThrow()
  const failures = ['a', 'b'].map(item => ({ item, error: new Error(`bad ${item}`) }))
  expect(() => throwFailures('review', failures)).toThrow('review: 2 failed, first a')
})
