import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readArchive } from '../../lib/archive/archive-file.ts'
import { repositoryRoot } from '../../lib/bundling.ts'
import { makeDirectory, startTracker } from '../local/tracker.ts'
import { run } from './run.ts'

/** Of the notices that a tracker has sent. */
const keysIn = (directory: string): readonly string[] => {
  const file = join(directory, 'notices.jsonl')
  const lines = existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n') : []
  return lines.map(line => JSON.parse(line).key)
}

test('a tracker that was lost runs again from its back-up: every report, every token, nobody told twice', async () => {
  const lost = await startTracker(makeDirectory())
  const report = { reports: [{ milestoneId: 'V4', actualFinish: '2021-06-21' }] }
  const answered = await lost.call('/v1/projects/shiyan-primary-complex/reports', { body: report, role: 'reporter' })
  expect(answered.status).toBe(201)
  const { version } = (await answered.json()) as { version: number }

  // The digest of the day.
  await expect.poll(() => keysIn(lost.directory).length, { timeout: 30_000 }).toBeGreaterThan(0)

  const folder = makeDirectory()
  const archive = join(folder, 'tracker.ndjson.gz')
  // While it runs.
  expect(await run('backup', archive, '--data', lost.directory)).toMatchObject({ code: 0 })
  await lost.kill()

  const restored = join(folder, 'restored')
  expect(await run('restore', archive, '--data', restored)).toMatchObject({ code: 0 })
  expect(await run('verify', '--data', restored)).toMatchObject({ code: 0 })
  expect(await run('rebuild', '--data', restored)).toMatchObject({ code: 0 })
  const again = join(folder, 'again.ndjson.gz')
  await run('backup', again, '--data', restored)
  expect(readFileSync(again).equals(readFileSync(archive))).toBe(true)

  const tracker = await startTracker(restored)
  const read = await tracker.call('/v1/projects/shiyan-primary-complex')
  expect(((await read.json()) as { version: number }).version).toBe(version)
  const withOldToken = await fetch(`${tracker.url}/v1/projects`, {
    headers: { authorization: `Bearer ${lost.tokens.viewer}` }
  })
  expect(withOldToken.status).toBe(200)
  const page = await (await fetch(`${tracker.url}/projects/shiyan-primary-complex/`)).text()
  expect(page).toContain('2021-06-21')
  await tracker.stop()
  const told = (await Array.fromAsync(readArchive(archive))).flatMap(({ table, item: { key, status } }) =>
    table === 'delivery' && key && status && 'S' in key && 'S' in status && status.S === 'sent' ? [key.S] : []
  )
  expect(told.length).toBeGreaterThan(0)
  expect(keysIn(restored).filter(key => told.includes(key))).toEqual([])

  // Once more onto what has gone on since: the tokens of the new machine are not in the archive.
  const refused = await run('restore', archive, '--data', restored)
  expect(refused.code).toBe(1)
  expect(refused.output).toMatch(/未恢复.*not in the archive/)
}, 180_000)

test('a file that is no archive makes no folder', async () => {
  const folder = join(makeDirectory(), 'new')
  const { code, output } = await run('restore', join(repositoryRoot, 'package.json'), '--data', folder)
  expect([code, existsSync(folder)]).toEqual([1, false])
  expect(output).toMatch(/备份文件有误.*cannot be read/)
  expect((await run('restore', '/nonexistent/file', '--data', folder)).output).toContain('there is no file')
})
