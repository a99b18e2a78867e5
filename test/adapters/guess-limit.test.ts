import { beforeEach, expect, test } from 'vitest'
import { guessLimit } from '../../functions/adapters/guess-limit.ts'
import type { GuessLimit } from '../../functions/core/access.ts'

const office = [{ name: 'office', most: 3 }]
const home = [{ name: 'home', most: 3 }]

let now: number
let limit: GuessLimit
beforeEach(() => {
  now = 0
  limit = guessLimit({ elapsed: () => now })
})
const guess = (times: number, from = office) => {
  for (let i = 0; i < times; i += 1) limit.missed(from, `wrong ${i}`)
}

test('looks at so many wrong secrets of a minute, and then at none until the minute is over', () => {
  guess(2)
  expect(limit.waitOf(office, 'next')).toBeUndefined()
  guess(3)
  expect(limit.waitOf(office, 'next')).toBe(60)
  now = 59_001
  expect(limit.waitOf(office, 'next')).toBe(1)
  now = 60_000
  expect(limit.waitOf(office, 'next')).toBeUndefined()
})

test('counts a wrong secret once, however often it comes', () => {
  for (let i = 0; i < 100; i += 1) limit.missed(office, 'the token of last year')
  expect(limit.waitOf(office, 'next')).toBeUndefined()
  guess(3)
  expect(limit.waitOf(office, 'the token of last year')).toBeUndefined()
})

test('locks nobody out: not whoever is elsewhere, nor a secret that was good before', () => {
  limit.proved('good')
  guess(1000)
  expect(limit.waitOf(home, 'next')).toBeUndefined()
  expect(limit.waitOf(office, 'good')).toBeUndefined()
  // Revoked meanwhile: it is no better than a guess.
  limit.missed(home, 'good')
  expect(limit.waitOf(office, 'good')).toBe(60)
})

test('holds every source of a request to its own number', () => {
  const edge = { name: 'edge', most: 5 }
  for (const caller of ['a', 'b']) guess(3, [{ name: caller, most: 3 }, edge])
  expect(limit.waitOf([{ name: 'c', most: 3 }, edge], 'next')).toBeUndefined()
  for (let i = 0; i < 3; i += 1) limit.missed([edge], `more ${i}`)
  expect(limit.waitOf([{ name: 'c', most: 3 }, edge], 'next')).toBe(60)
})

test('remembers a bounded number of sources and of secrets', () => {
  for (let i = 0; i < 30_000; i += 1) {
    limit.missed([{ name: `source ${i}`, most: 1 }], `wrong ${i}`)
    limit.proved(`good ${i}`)
  }
  expect(limit.waitOf([{ name: 'source 0', most: 1 }], 'next')).toBeUndefined()
  expect(limit.waitOf([{ name: 'source 29999', most: 1 }], 'next')).toBe(60)
  expect(limit.waitOf([{ name: 'source 29999', most: 1 }], 'good 0')).toBe(60)
  expect(limit.waitOf([{ name: 'source 29999', most: 1 }], 'good 29999')).toBeUndefined()
})
