import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as z from 'zod'
import { collect, readyUrl } from '../local/ready.ts'

const root = join(import.meta.dirname, '..', '..')

/** A tracker in a process of its own, which can be looked into. */
export interface WatchedTracker {
  readonly url: string
  readonly token: string
  /** Bytes in use after the garbage is collected. */
  readonly memory: () => Promise<{ readonly heapUsed: number; readonly rss: number }>
  /** Shares of the time of its one thread, by what ran in it, while some work goes on. */
  readonly profileOf: (work: () => Promise<void>) => Promise<ReadonlyMap<string, number>>
  readonly stop: () => Promise<void>
}

/** Starts `bin/start.ts` with the demonstration, on a free port, with its inspector open to this process. */
export const startWatched = async (): Promise<WatchedTracker> => {
  const directory = mkdtempSync(join(tmpdir(), 'tracker-load-'))
  const flags = ['--expose-gc', '--inspect=127.0.0.1:0']
  const child = spawn(process.execPath, [...flags, join(root, 'bin', 'start.ts'), '--port', '0', '--data', directory], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe']
  })
  const output = collect(child)
  const url = await readyUrl(child, output)
  const address = /ws:\/\/\S+/.exec(output().stderr)?.[0]
  if (address === undefined) throw new Error('the tracker has no inspector')
  const { ask, close } = await inspectorAt(address)
  const tokens = z.object({ admin: z.string() }).parse(JSON.parse(readFileSync(join(directory, 'tokens.json'), 'utf8')))
  return {
    url,
    token: tokens.admin,
    memory: async () => {
      const expression = 'gc(); gc(); JSON.stringify(process.memoryUsage())'
      const { result } = evaluatedSchema.parse(await ask('Runtime.evaluate', { expression }))
      return memorySchema.parse(JSON.parse(result.value))
    },
    profileOf: async work => {
      await ask('Profiler.enable')
      await ask('Profiler.start')
      await work()
      return sharesOf(profileSchema.parse(await ask('Profiler.stop')).profile)
    },
    stop: async () => {
      close()
      child.kill('SIGINT')
      await once(child, 'exit')
      rmSync(directory, { recursive: true, force: true })
    }
  }
}

const evaluatedSchema = z.object({ result: z.object({ value: z.string() }) })
const memorySchema = z.object({ heapUsed: z.number(), rss: z.number() })
const profileSchema = z.object({
  profile: z.object({
    nodes: z.array(z.object({ id: z.number(), callFrame: z.object({ functionName: z.string(), url: z.string() }) })),
    samples: z.array(z.number()),
    timeDeltas: z.array(z.number())
  })
})

/** The Chrome DevTools protocol, as far as one question follows the other. */
const inspectorAt = async (address: string) => {
  const socket = new WebSocket(address)
  await once(socket, 'open')
  const waiting = new Map<number, (result: unknown) => void>()
  socket.addEventListener('message', ({ data }) => {
    const { id, result } = z.object({ id: z.number().optional(), result: z.unknown() }).parse(JSON.parse(String(data)))
    if (id !== undefined) waiting.get(id)?.(result)
  })
  let asked = 0
  return {
    ask: (method: string, params: object = {}): Promise<unknown> => {
      asked += 1
      const { promise, resolve } = Promise.withResolvers<unknown>()
      waiting.set(asked, resolve)
      socket.send(JSON.stringify({ id: asked, method, params }))
      return promise
    },
    close: () => socket.close()
  }
}

/** Whose code it was, by where it was loaded from. */
const ownerOf = (functionName: string, url: string): string => {
  if (functionName === '(idle)') return 'idle'
  if (functionName === '(garbage collector)') return 'garbage collection'
  if (/node_modules\/(dynalite|classic-level|abstract-level|lazy|subleveldown|level|memory-level|async|lock)/.test(url))
    return 'embedded DynamoDB'
  if (url.includes('/functions/')) return 'functions with the SDK'
  if (url.includes('/lib/')) return 'local runtime'
  return 'node'
}

const sharesOf = ({ nodes, samples, timeDeltas }: z.output<typeof profileSchema>['profile']) => {
  const owners = new Map(nodes.map(({ id, callFrame }) => [id, ownerOf(callFrame.functionName, callFrame.url)]))
  const times = new Map<string, number>()
  for (const [i, id] of samples.entries()) {
    const owner = owners.get(id) ?? 'node'
    times.set(owner, (times.get(owner) ?? 0) + (timeDeltas[i] ?? 0))
  }
  const all = [...times.values()].reduce((sum, time) => sum + time, 0)
  return new Map([...times].map(([owner, time]) => [owner, time / all]))
}
