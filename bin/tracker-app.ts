import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { bundleFunctions, repositoryRoot } from '../lib/bundling.ts'
import { ConfigError } from '../lib/config.ts'
import { trackerApp } from '../lib/tracker-app.ts'

/** Runs under the CDK's command line and without it: then the context comes from cdk.json, and the output is cdk.out. */
const synthesise = async (): Promise<void> => {
  const outdir = process.env.CDK_OUTDIR ?? emptied(join(repositoryRoot, 'cdk.out'))
  const bundles = await bundleFunctions(join(repositoryRoot, '.bundle', 'stack'))
  const rows = bundles.map(({ name, bytes }) => `  ${name.padEnd(18)}${(bytes / 1000).toFixed(0).padStart(7)} kB`)
  console.error(['bundles', ...rows].join('\n'))
  const { stacks } = trackerApp({ bundles, context: contextGiven() ?? contextOfFile(), outdir }).synth()
  console.error(['templates', ...stacks.map(({ templateFullPath }) => `  ${templateFullPath}`)].join('\n'))
}

/** Bundles of earlier runs would stay for ever: each has its hash for a name. */
const emptied = (directory: string): string => {
  rmSync(directory, { recursive: true, force: true })
  return directory
}

/** The CDK puts its context into the environment by itself, and the app reads it there. */
const contextGiven = (): Record<string, unknown> | undefined =>
  process.env.CDK_CONTEXT_JSON === undefined ? undefined : {}

const contextOfFile = (): Record<string, unknown> =>
  JSON.parse(readFileSync(join(repositoryRoot, 'cdk.json'), 'utf8')).context

try {
  await synthesise()
} catch (error) {
  console.error(error instanceof ConfigError ? error.message : error)
  process.exitCode = 1
}
