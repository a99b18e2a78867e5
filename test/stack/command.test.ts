import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { repositoryRoot } from '../../lib/bundling.ts'
import { functionNames } from '../../lib/functions.ts'

const directory = mkdtempSync(join(tmpdir(), 'tracker-synth-'))
afterAll(() => rmSync(directory, { recursive: true, force: true }))

const run = async (environment: Readonly<Record<string, string>>) => {
  const started = performance.now()
  const child = spawn(process.execPath, [join(repositoryRoot, 'bin', 'tracker-app.ts')], {
    cwd: directory,
    env: { PATH: process.env.PATH ?? '', HOME: directory, CDK_OUTDIR: join(directory, 'cdk.out'), ...environment }
  })
  let output = ''
  child.stdout.on('data', chunk => {
    output += chunk
  })
  child.stderr.on('data', chunk => {
    output += chunk
  })
  const [code] = await once(child, 'close')
  return { code, output, seconds: (performance.now() - started) / 1000 }
}

test('both partitions come out of one command, offline, in less than a minute, with the size of every bundle', async () => {
  const { code, output, seconds } = await run({})
  expect(code, output).toBe(0)
  for (const name of functionNames) expect(output).toMatch(new RegExp(`${name} +\\d+ kB`))
  for (const partition of ['aws', 'aws-cn'])
    expect(existsSync(join(directory, 'cdk.out', `tracker-${partition}.template.json`))).toBe(true)
  expect(seconds).toBeLessThan(60)
})

test('a mistake in the context is one sentence and exit 1', async () => {
  const { code, output } = await run({ CDK_CONTEXT_JSON: '{"tracker":{"aws-cn":{"stage":"x","region":"cn-west-1"}}}' })
  expect(code).toBe(1)
  expect(output).toContain('tracker.aws-cn.region: write cn-north-1 or cn-northwest-1')
  expect(output).not.toContain('    at ')
})
