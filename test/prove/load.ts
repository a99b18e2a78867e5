import { Agent, request } from 'node:http'
import { type ProofResult, startFindings } from './proof.ts'
import { type Random, randomOf } from './random.ts'
import { startWatched, type WatchedTracker } from './watched-tracker.ts'

/** How much is asked of one tracker. */
export interface LoadCounts {
  readonly seconds: number
  /** Requests under way at any time. */
  readonly connections: number
  /** Requests over which the memory is watched. */
  readonly requests: number
  /** How often it is looked at. */
  readonly looks: number
}

/**
 * Asks a tracker as it runs on one machine for reads and writes, as fast as a bounded number of connections goes: throughput,
 * latency, errors, and where its time goes. Then looks at its memory, after collecting the garbage, over many requests.
 */
export const proveLoad = async (counts: LoadCounts, seed: number): Promise<ProofResult> => {
  const findings = startFindings()
  const tracker = await startWatched()
  const agent = new Agent({ keepAlive: true, maxSockets: counts.connections })
  const random = randomOf(seed)
  try {
    const end = performance.now() + counts.seconds * 1000
    const latencies: number[] = []
    let failed = 0
    const shares = await tracker.profileOf(() =>
      atATime(
        counts.connections,
        () => performance.now() < end,
        async () => {
          const begun = performance.now()
          const status = await send(mixed(random), tracker, agent)
          latencies.push(performance.now() - begun)
          if (status >= 400) failed += 1
        }
      )
    )
    const sorted = latencies.toSorted((a, b) => a - b)
    findings.count('requests a second', Math.round(sorted.length / counts.seconds))
    findings.count('p50 ms', Math.round(sorted[Math.floor(sorted.length * 0.5)] ?? 0))
    findings.count('p99 ms', Math.round(sorted[Math.floor(sorted.length * 0.99)] ?? 0))
    findings.count('failed', failed)
    if (failed > 0) findings.violation(`${failed} of ${sorted.length} requests failed`)
    for (const [owner, share] of shares) findings.count(`% ${owner}`, Math.round(share * 100))

    const heaps: number[] = []
    const each = Math.floor(counts.requests / counts.looks)
    for (let look = 0; look < counts.looks; look += 1) {
      let sent = 0
      const isMore = () => sent < each
      await atATime(counts.connections, isMore, async () => {
        sent += 1
        const status = await send(reading(random), tracker, agent)
        if (status >= 400) findings.violation(`a reading was answered with ${status}`)
      })
      const { heapUsed, rss } = await tracker.memory()
      heaps.push(heapUsed)
      findings.count(`MB of heap after ${(look + 1) * each}`, Math.round(heapUsed / 1e5) / 10)
      if (look === counts.looks - 1) findings.count('MB resident at the end', Math.round(rss / 1e6))
    }
    const slope = slopeOf(heaps.slice(1)) / each
    findings.count('bytes a request', Math.round(slope * 10) / 10)
    if (slope > mostBytes) findings.violation(`the heap grows by ${slope.toFixed(1)} bytes a request`)
    return findings.result()
  } finally {
    agent.destroy()
    await tracker.stop()
  }
}

/** Over 200,000 requests that is 4 MB: less than what a look differs from the next by chance. */
const mostBytes = 20

const projects = ['erzhong-phase-2', 'no39-north', 'shiyan-primary-complex', 'rural-teacher-flats', 'campus-monitoring']

interface Request {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly body?: string
}

const reading = (random: Random): Request => {
  const project = random.pick(projects)
  const path = random.pick([
    '/',
    `/projects/${project}/`,
    '/data/projects.json',
    '/data/index.json',
    '/v1/health',
    `/v1/projects/${project}/history?limit=5`
  ])
  return { method: 'GET', path }
}

/** One in ten writes; as many read a project with its assessment, the dearest of all readings. */
const mixed = (random: Random): Request => {
  const project = random.pick(projects)
  switch (random.below(10)) {
    case 0:
      return { method: 'POST', path: `/v1/projects/${project}/reports`, body: '{"noChange":true}' }
    case 1:
      return { method: 'GET', path: `/v1/projects/${project}` }
    case 2:
      return { method: 'GET', path: '/v1/projects' }
  }
  return reading(random)
}

const send = ({ method, path, body }: Request, { url, token }: WatchedTracker, agent: Agent): Promise<number> =>
  new Promise((resolve, reject) => {
    const headers = {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' })
    }
    request(`${url}${path}`, { method, agent, headers }, response => {
      response.resume()
      response.on('end', () => resolve(response.statusCode ?? 0))
      response.on('error', reject)
    })
      .on('error', reject)
      .end(body)
  })

/** Keeps some pieces of work under way for as long as there is more. */
const atATime = async (width: number, isMore: () => boolean, work: () => Promise<void>): Promise<void> => {
  await Promise.all(
    Array.from({ length: width }, async () => {
      while (isMore()) await work()
    })
  )
}

/** Least squares: by how much each value is more than the one before. */
const slopeOf = (values: readonly number[]): number => {
  const middle = (values.length - 1) / 2
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const over = values.reduce((sum, value, i) => sum + (i - middle) * (value - mean), 0)
  return over / values.reduce((sum, _value, i) => sum + (i - middle) ** 2, 0)
}
