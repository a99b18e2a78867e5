import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { availableParallelism, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll } from 'vitest'
import * as z from 'zod'
import { collect, readyUrl } from './ready.ts'

const root = join(import.meta.dirname, '..', '..')
const children = new Set<ChildProcess>()
const directories = new Set<string>()
// Also after a test that failed: no process and no folder stays behind.
afterAll(async () => {
  for (const child of children)
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL')
      await once(child, 'exit')
    }
  for (const directory of directories) rmSync(directory, { recursive: true, force: true })
})

/**
 * By how much a limit on elapsed time has to be stretched: a limit holds on a machine that has a core for each of its
 * running processes.
 */
export const slowness = (): number => Math.max(1, (loadavg()[0] ?? 0) / availableParallelism())

/** A tracker running as a process of its own. */
export interface RunningTracker {
  readonly directory: string
  /** Without slash at the end. */
  readonly url: string
  readonly tokens: Readonly<Record<'admin' | 'reporter' | 'leader' | 'viewer', string>>
  readonly process: ChildProcess
  /** From the start of the process to its `ready`. */
  readonly readyMilliseconds: number
  readonly output: () => string
  /** As a power cut would: nothing is finished. */
  readonly kill: () => Promise<void>
  /** As Ctrl-C does; answers the exit code. */
  readonly stop: () => Promise<number | null>
  readonly call: (path: string, options?: CallOptions) => Promise<Response>
}

/** A request of the API; a POST where it has a body. */
export interface CallOptions {
  readonly body?: unknown
  readonly method?: string
  readonly role?: 'admin' | 'reporter' | 'leader' | 'viewer'
  readonly headers?: Readonly<Record<string, string>>
}

/** A folder for a tracker, removed after the tests of the file. */
export const makeDirectory = (): string => {
  const directory = mkdtempSync(join(tmpdir(), 'tracker-'))
  directories.add(directory)
  return directory
}

/** Runs `bin/start.ts` without waiting for anything. */
export const spawnStart = (
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {}
): ChildProcess => {
  const child = spawn(process.execPath, [join(root, 'bin', 'start.ts'), ...words], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...environment }
  })
  children.add(child)
  return child
}

/** Runs `bin/start.ts` to its end. */
export const runStart = async (words: readonly string[], environment: Readonly<Record<string, string>> = {}) => {
  const child = spawnStart(words, environment)
  const output = collect(child)
  const [code] = await once(child, 'close')
  return { code, ...output() }
}

/** Starts a tracker on a folder and a free port, and waits until it is ready. */
export const startTracker = async (
  directory: string,
  words: readonly string[] = [],
  environment: Readonly<Record<string, string>> = {}
): Promise<RunningTracker> => {
  const before = performance.now()
  const child = spawnStart(['--port', '0', '--data', directory, ...words], environment)
  const output = collect(child)
  const url = await readyUrl(child, output)
  const readyMilliseconds = performance.now() - before
  const tokens = JSON.parse(readFileSync(join(directory, 'tokens.json'), 'utf8'))
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
    child.kill(signal)
    const [code] = await once(child, 'close')
    return code
  }
  return {
    directory,
    url,
    tokens,
    process: child,
    readyMilliseconds,
    output: () => output().stdout + output().stderr,
    kill: async () => {
      await end('SIGKILL')
    },
    stop: () => end('SIGINT'),
    call: (path, { body, method = body === undefined ? 'GET' : 'POST', role = 'admin', headers = {} } = {}) =>
      fetch(`${url}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${tokens[role]}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) })
      })
  }
}

/** All commits of a project, oldest first. */
export const historyOf = async (tracker: RunningTracker, project: string): Promise<readonly CommitReply[]> => {
  const commits: CommitReply[] = []
  let cursor: string | undefined
  do {
    const query = cursor === undefined ? 'limit=200' : `limit=200&cursor=${cursor}`
    const response = await tracker.call(`/v1/projects/${project}/history?${query}`)
    if (!response.ok) throw new Error(`history of ${project}: ${response.status} ${await response.text()}`)
    const page = historySchema.parse(await response.json())
    commits.push(...page.commits)
    cursor = page.cursor
  } while (cursor !== undefined)
  return commits.reverse()
}

const historySchema = z.object({
  commits: z.array(
    z.object({ version: z.number(), events: z.array(z.object({ type: z.string(), note: z.string().optional() })) })
  ),
  cursor: z.string().optional()
})

/** A commit as the API tells it. */
export type CommitReply = z.infer<typeof historySchema>['commits'][number]

/** Asks until the answer is there. */
export const eventually = async <Answer>(
  what: string,
  ask: () => Promise<Answer | undefined | false>,
  milliseconds = 20_000 * slowness()
): Promise<Answer> => {
  const deadline = performance.now() + milliseconds
  for (;;) {
    const answer = await ask()
    if (answer !== undefined && answer !== false) return answer
    if (performance.now() > deadline) throw new Error(`${what}: not within ${Math.round(milliseconds)} ms`)
    await wait(25)
  }
}

/** The keys in the file of notices, in its order; those of some messages only, if asked. */
export const noticeKeys = (
  directory: string,
  wanted: (notice: z.infer<typeof noticeSchema>) => boolean = () => true
): readonly string[] => {
  const file = join(directory, 'notices.jsonl')
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []
  return lines.flatMap(line => {
    // A line may have been cut off by a crash.
    const notice = line.endsWith('}') ? noticeSchema.parse(JSON.parse(line)) : undefined
    return notice && wanted(notice) ? [notice.key] : []
  })
}

const noticeSchema = z.object({ key: z.string(), subject: z.string() })
