import { generateKeyPairSync } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
import { memoryCheckpoints } from '../../functions/adapters/checkpoint-store.memory.ts'
import { sha256 } from '../../functions/adapters/digest.ts'
import { openNote } from '../../functions/adapters/signed-note.ts'
import { keySigner } from '../../functions/adapters/signer.ts'
import { noCheckpoint, readCheckpoint } from '../../functions/core/checkpoint.ts'
import { CheckpointBrokenError, signCheckpoint } from '../../functions/flows/sign-checkpoint.ts'
import { begun, school, startWorld } from './world.ts'

const { privateKey, publicKey } = generateKeyPairSync('ed25519')

const start = () => {
  const notes = new Map<number, string>()
  return { ...startWorld(), notes, checkpoints: memoryCheckpoints(notes), signer: keySigner(privateKey), hash: sha256 }
}

let world: ReturnType<typeof start>
beforeEach(async () => {
  world = start()
  await world.accept('a', school('a'))
  await world.accept('b', school('b'))
})

const checkpoint = (number: number) => readCheckpoint(openNote(world.notes.get(number) ?? '', publicKey) ?? '')

test('says where every log ended, in the order of their names, and follows the one before', async () => {
  expect(await signCheckpoint(world)).toBe('signed')
  const { hash } = await world.log.load('a')
  expect(checkpoint(1)).toMatchObject({ number: 1, date: '2021-06-01', previous: noCheckpoint })
  expect(checkpoint(1)?.heads.map(({ log, version }) => `${log} ${version}`)).toEqual(['a 1', 'b 1'])
  expect(checkpoint(1)?.heads[0]?.hash).toBe(hash)
  await world.accept('a', begun)
  world.today('2021-06-02')
  await signCheckpoint(world)
  expect(checkpoint(2)).toMatchObject({ number: 2, date: '2021-06-02', previous: sha256(world.notes.get(1) ?? '') })
  expect(checkpoint(2)?.heads.map(({ version }) => version)).toEqual([2, 1])
})

test('a day has one, however often it is asked for', async () => {
  await signCheckpoint(world)
  expect(await signCheckpoint(world)).toBe('unchanged')
  expect(world.notes.size).toBe(1)
})

test('a log that is not registered yet, or has no snapshot yet, is signed by the next one', async () => {
  world.states.delete('b')
  await signCheckpoint(world)
  expect(checkpoint(1)?.heads.map(({ log }) => log)).toEqual(['a'])
})

test.each([
  ['rewritten', (commits: Map<number, unknown>) => commits.set(1, { ...Object(commits.get(1)), hash: 'f'.repeat(64) })],
  ['cut off', (commits: Map<number, unknown>) => commits.delete(1)]
])('signs nothing over a log that was %s since', async (_what, damage) => {
  await signCheckpoint(world)
  damage(world.items.get('b') ?? new Map())
  world.today('2021-06-02')
  await expect(signCheckpoint(world)).rejects.toThrow(/checkpoint: 1 failed, first b/)
  expect(world.notes.size).toBe(1)
})

test('does not go on from a checkpoint that cannot be read', async () => {
  world.notes.set(1, 'no checkpoint\n\n— x\n')
  await expect(signCheckpoint(world)).rejects.toThrow(CheckpointBrokenError)
})
