import { generateKeyPairSync } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { directoryCheckpoints } from '../../functions/adapters/checkpoint-store.ts'
import { eventually, makeDirectory, startTracker } from '../local/tracker.ts'
import { run } from './run.ts'

test('an auditor checks an archive offline, with copies of the checkpoints and the public key', async () => {
  const { directory, kill } = await startTracker(makeDirectory())
  const checkpoints = join(directory, 'checkpoints')
  await eventually(
    'the checkpoint of the day',
    async () => (await directoryCheckpoints(checkpoints).numbers()).length > 0
  )
  await kill()
  const archive = join(directory, 'archive')
  expect(await run('backup', archive, '--data', directory)).toMatchObject({ code: 0 })

  const key = join(directory, 'checkpoint-key.pub.pem')
  const audited = await run('verify', '--archive', archive, '--checkpoints', checkpoints, '--public-key', key)
  expect(audited.code).toBe(0)
  expect(audited.output).toMatch(
    /^@checkpoints +完整 ok +1 个,最后一个 2021-06-21 \/ 1 in all, the last of 2021-06-21$/m
  )
  expect((await run('verify', '--data', directory)).output).toContain('@checkpoints')

  const other = join(directory, 'other.pem')
  writeFileSync(other, generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' }))
  const foreign = await run('verify', '--archive', archive, '--checkpoints', checkpoints, '--public-key', other)
  expect(foreign.code).toBe(1)
  expect(foreign.output).toMatch(/^@checkpoints +有误 BAD +第 1 个检查点:不是由此密钥签名 \/ checkpoint 1: not-signed/m)

  // Another tracker, whole in itself, in the place of the one that was signed.
  const empty = await startTracker(makeDirectory(), ['--empty', '--today', '2021-06-21'])
  await empty.kill()
  const replaced = await run('verify', '--data', empty.directory, '--checkpoints', checkpoints, '--public-key', key)
  expect(replaced.code).toBe(1)
  expect(replaced.output).toMatch(
    /^erzhong-phase-2 +有误 BAD +第 \d+ 版:被改写,不是第 1 个检查点签过的内容 \/ commit \d+: rewritten, it is not what checkpoint 1 has signed$/m
  )
  expect((await run('verify', '--data', empty.directory)).code).toBe(0)
}, 240_000)
