import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { Agent, type IncomingHttpHeaders, request } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as z from 'zod'
import { memoryAccess, memoryAccessTable } from '../../functions/adapters/access.memory.ts'
import type { AccessRecord } from '../../functions/adapters/access.ts'
import { guessLimit } from '../../functions/adapters/guess-limit.ts'
import { sessionsOver } from '../../functions/adapters/sessions.ts'
import type { Role } from '../../functions/core/author.ts'
import { refreshSnapshot } from '../../functions/flows/refresh.ts'
import { createApi } from '../../functions/http/api.ts'
import { openApiDocument } from '../../functions/http/openapi.ts'
import { routes } from '../../functions/http/routes.ts'
import { startHttpServer } from '../../lib/local/http-server.ts'
import { lateBy, school, startWorld } from '../flows/world.ts'
import { type HostileRequest, hostileRequests } from './hostile-requests.ts'
import { type Findings, type ProofResult, startFindings } from './proof.ts'
import { randomOf } from './random.ts'

/** How much is sent. */
export interface HostileCounts {
  readonly requests: number
  /** After so many a new tracker takes their place, so that what grows is a leak and not what was accepted. */
  readonly perWorld: number
  /** Most megabytes by which the process may grow after the first tenth. */
  readonly mostGrowth: number
}

/**
 * Sends hostile requests to the server of the local tracker, over the wire, and holds every answer to this: no 5xx and no
 * inner text; a refusal is problem+json in the language that was asked for, names the field where one is wrong, and has
 * written nothing. What is no HTTP at all is sent by a bare socket.
 */
export const proveHostile = async (counts: HostileCounts, seed: number): Promise<ProofResult> => {
  const findings = startFindings('requests', 'accepted', 'refused', 'bare sockets')
  const random = randomOf(seed)
  const document = JSON.parse(JSON.stringify(openApiDocument(routes)))
  const growth = growthOf()
  for (let sent = 0; sent < counts.requests; sent += counts.perWorld) {
    const target = await startTarget(findings)
    const next = hostileRequests(document, target.tokens, random)
    for (let i = 0; i < Math.min(counts.perWorld, counts.requests - sent); i += 1)
      await attack(next(), target, findings)
    if (sent === 0) await attackBare(target, findings)
    if (!(await isAlive(target))) findings.violation('the server answers no more')
    await target.stop()
    if (sent >= counts.requests / 10) growth.look()
  }
  if (Object.keys(Object.prototype).length > 0) findings.violation('the prototype of objects was polluted')
  findings.count('megabytes grown', growth.megabytes())
  if (growth.megabytes() > counts.mostGrowth) findings.violation(`memory grew by ${growth.megabytes()} MB`)
  return findings.result()
}

interface Target {
  readonly port: number
  readonly tokens: readonly string[]
  readonly agent: Agent
  /** A number that every write changes. */
  readonly written: () => number
  readonly refresh: () => Promise<void>
  readonly stop: () => Promise<void>
}

const roles = ['admin', 'reporter', 'leader', 'viewer'] as const satisfies readonly Role[]

const startTarget = async (findings: Findings): Promise<Target> => {
  const world = startWorld()
  world.today('2021-06-21')
  for (const id of ['school', 'other']) await world.accept(id, school(id))
  await world.accept('school', lateBy('2022-03-31'))
  const records = new Map<string, AccessRecord>()
  const access = memoryAccess(records)
  const tokens = await Promise.all(
    roles.map(async role => {
      const projects = role === 'reporter' ? ['school'] : []
      return (await access.issue({ role, name: role, projects }, world.clock.now())).token
    })
  )
  const deps = {
    ...world,
    access,
    sessions: sessionsOver(memoryAccessTable(records)),
    guesses: guessLimit(),
    authorisation: 'token' as const
  }
  const api = createApi(deps, (error, event) =>
    findings.violation(`${event.requestContext.http.method} ${event.rawPath.slice(0, 80)}: ${String(error)}`)
  )
  const site = await mkdtemp(join(tmpdir(), 'hostile-'))
  const server = await startHttpServer(
    0,
    Promise.resolve({
      // The events of this server are those of the gateway; the context is of no use to the API.
      api: event => api(event as never, {} as never),
      site,
      photos: site,
      deliveries: world.deliveries,
      report: (what, error) => findings.violation(`${what.slice(0, 80)}: ${String(error)}`)
    })
  )
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  return {
    port: Number(new URL(server.url).port),
    tokens: [...tokens, tokens[0] ?? '', tokens[0] ?? ''],
    agent,
    written: () =>
      [...world.items.values()].reduce((sum, commits) => sum + commits.size, 0) +
      [...records.values()].reduce((sum, { revokedAt }) => sum + (revokedAt === undefined ? 1 : 2), 0),
    refresh: async () => {
      for (const id of world.items.keys()) if (!id.startsWith('@')) await refreshSnapshot(id, world)
    },
    stop: async () => {
      agent.destroy()
      await server.stop()
      await rm(site, { recursive: true })
    }
  }
}

interface Answered {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
}

const attack = async (hostile: HostileRequest, target: Target, findings: Findings): Promise<void> => {
  const before = target.written()
  const answer = await send(hostile, target)
  findings.count('requests')
  const refused = answer.status >= 400
  findings.count(refused ? 'refused' : 'accepted')
  const shown = `${hostile.method} ${hostile.path.slice(0, 120)} ${hostile.body?.subarray(0, 120)} → ${answer.status} ${answer.text.slice(0, 300)}`
  const english = answer.headers['content-language'] === 'en'
  for (const fault of [
    ...faultsOf(answer, target.tokens),
    ...(refused && isOfApi(hostile.path) && hostile.method !== 'HEAD' ? faultsOfRefusal(answer, english) : []),
    ...(refused && target.written() !== before ? ['a refused request wrote'] : [])
  ])
    findings.violation(`${fault}: ${shown}`)
  if (!refused && target.written() !== before) await target.refresh()
}

const isOfApi = (path: string): boolean => path.startsWith('/v1/')

const innerText = /\n\s+at |\(file:|\.(ts|js|mjs):\d+|node_modules|ZodError|TypeError|RangeError|SyntaxError|ECONN/

const faultsOf = ({ status, headers, text }: Answered, tokens: readonly string[]): readonly string[] => [
  ...(status >= 500 || status < 200 ? ['a status that no caller should see'] : []),
  ...(innerText.test(text) ? ['an inner text'] : []),
  ...(tokens.some(token => `${text}${JSON.stringify(headers)}`.includes(token)) ? ['a token in an answer'] : []),
  ...(headers['x-content-type-options'] === 'nosniff' ? [] : ['no nosniff'])
]

const refusalSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number(),
  detail: z.string(),
  code: z.string(),
  errors: z.array(z.object({ pointer: z.string(), code: z.string(), message: z.string() })),
  requestId: z.string()
})

const faultsOfRefusal = ({ status, headers, text }: Answered, english: boolean): readonly string[] => {
  if (!headers['content-type']?.startsWith('application/problem+json')) return ['a refusal that is no problem+json']
  const problem = refusalSchema.safeParse(JSON.parse(text)).data
  if (!problem) return ['a problem of another form']
  const sentences = [problem.title, problem.detail, ...problem.errors.map(({ message }) => message)]
  return [
    ...(problem.status === status ? [] : ['another status inside']),
    ...(problem.code === 'not-valid' && problem.errors.length === 0 ? ['no field is named'] : []),
    ...(english
      ? []
      : sentences.every(sentence => /\p{Script=Han}/u.test(sentence))
        ? []
        : ['a sentence not in Chinese']),
    ...(english && /\p{Script=Han}/u.test(problem.title) ? ['a title not in English'] : [])
  ]
}

const send = async ({ method, path, headers, body }: HostileRequest, { port, agent }: Target): Promise<Answered> => {
  const outgoing = request({
    port,
    agent,
    method,
    path,
    headers: {
      ...Object.fromEntries(
        Object.entries(headers).map(([name, value]) => [name, typeof value === 'string' ? value : [...value]])
      ),
      ...(body ? { 'content-length': String(body.length) } : {})
    }
  })
  // A refusal may come before the whole body is sent; then the rest of it goes nowhere.
  outgoing.on('error', () => {})
  outgoing.end(body)
  const [answer] = await once(outgoing, 'response')
  const chunks: Buffer[] = []
  for await (const chunk of answer) chunks.push(chunk)
  return { status: answer.statusCode, headers: answer.headers, text: Buffer.concat(chunks).toString('utf8') }
}

const isAlive = async (target: Target): Promise<boolean> =>
  (await send({ method: 'GET', path: '/v1/health', headers: {} }, target)).status === 200

const start = 'GET /v1/health HTTP/1.1\r\nHost: x\r\n'

/** What no client of HTTP would send. */
const bareTexts: readonly string[] = [
  'hello\r\n\r\n',
  '\0\0\0\0\r\n\r\n',
  'GET / HTTP/9.9\r\n\r\n',
  'GET /v1/health HTTP/1.1\r\n\r\n',
  `${start}Content-Length: -1\r\n\r\n`,
  `${start}Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello`,
  `${start}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
  `${start}Transfer-Encoding: chunked\r\n\r\nzz\r\n`,
  `${start}Transfer-Encoding: xchunked\r\n\r\n`,
  `${start}X: ${'x'.repeat(100_000)}\r\n\r\n`,
  `${start}${Array.from({ length: 5000 }, (_, i) => `X-${i}: 1\r\n`).join('')}\r\n`,
  `${start}X : 1\r\n\r\n`,
  `${start}\u0001: 1\r\n\r\n`,
  `${start}X: a\0b\r\n\r\n`,
  `GET /v1/\u00ff\u00fe HTTP/1.1\r\nHost: x\r\n\r\n`,
  `GET /v1/ health HTTP/1.1\r\nHost: x\r\n\r\n`,
  `GET http://evil.example/v1/health HTTP/1.1\r\nHost: x\r\n\r\n`,
  `CONNECT evil.example:443 HTTP/1.1\r\nHost: x\r\n\r\n`,
  `${start}Upgrade: h2c\r\nConnection: Upgrade\r\n\r\n`,
  `${start}Expect: 200-maybe\r\n\r\n`,
  'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'
]

const attackBare = async (target: Target, findings: Findings): Promise<void> => {
  for (const text of bareTexts) {
    const answer = await sendBare(text, target.port)
    findings.count('bare sockets')
    const shown = `${JSON.stringify(text.slice(0, 80))} → ${answer.slice(0, 300)}`
    if (/^HTTP\/1\.1 5/.test(answer) || innerText.test(answer)) findings.violation(`a bare socket: ${shown}`)
    // A page of the site says it too.
    if (/^HTTP\/1\.1 4/.test(answer) && !/application\/problem\+json|content-security-policy/.test(answer))
      findings.violation(`a bare socket was refused without a problem: ${shown}`)
  }
}

const patience = 150

const sendBare = (text: string, port: number): Promise<string> =>
  new Promise(done => {
    let answer = ''
    const socket = connect(port, '127.0.0.1', () => socket.write(text, 'latin1'))
    socket.setTimeout(patience, () => socket.destroy())
    socket.on('data', chunk => {
      answer += chunk.toString('latin1')
    })
    socket.on('error', () => {})
    socket.on('close', () => done(answer))
  })

const growthOf = () => {
  const seen: number[] = []
  return {
    look: () => void seen.push(process.memoryUsage().rss),
    megabytes: () => Math.max(0, Math.round(((seen.at(-1) ?? 0) - (seen[0] ?? 0)) / 1024 / 1024))
  }
}
