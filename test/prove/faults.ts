import { memoryPageStore } from '../../functions/adapters/page-store.memory.ts'
import { bytesOf } from '../../functions/adapters/page-store.ts'
import { missedHead, verifyCheckpoints } from '../../functions/adapters/verify-checkpoints.ts'
import { verifyBureauLog, verifyLog } from '../../functions/adapters/verify-log.ts'
import { bureauLogName } from '../../functions/core/bureau.ts'
import type { SiteFile } from '../../functions/core/ports.ts'
import { retryDelivery } from '../../functions/flows/deliver.ts'
import { publishAll } from '../../functions/flows/publish.ts'
import { rebuildSnapshot } from '../../functions/flows/rebuild.ts'
import { createApi } from '../../functions/http/api.ts'
import { openApiDocument } from '../../functions/http/openapi.ts'
import { routes } from '../../functions/http/routes.ts'
import { tablePermissions } from '../../lib/permissions.ts'
import { type FaultKind, faultKinds, lifeWith } from '../flows/faults.ts'
import { eventOf } from '../http/client.ts'
import { type Doings, liveThrough } from './fault-story.ts'
import { type Delivered, type FaultyTracker, startOnDynalite, startOnMemory, type WholeWorld } from './fault-world.ts'
import { portMethods } from './ports.ts'
import { type Findings, type ProofResult, startFindings } from './proof.ts'

/** How many faults are injected. */
export interface FaultCounts {
  /** `memory`: at the ports; `dynalite`: below the real adapters, at every request to a table. */
  readonly engine: 'memory' | 'dynalite'
  readonly kinds: readonly FaultKind[]
  readonly mornings: number
  /**
   * Every how many calls of an invocation one goes wrong, once for each number; beside these the first of each kind at each
   * method. Where few go wrong much happens at once, and methods are called that only a race needs.
   */
  readonly strides: readonly number[]
}

/**
 * Lives through some days once for each kind of fault. Every invocation meets it at its first call, is repeated as its caller
 * would repeat it and meets it at the next, and so on until it comes through; so does every request of a person. Afterwards
 * everything has to be as if nothing had happened.
 */
export const proveFaults = async (counts: FaultCounts, seed: number): Promise<ProofResult> => {
  const findings = startFindings(
    'faults',
    ...faultKinds,
    'calls that can go wrong',
    'acknowledged',
    'unknown deliveries'
  )
  const hit = new Set<string>()
  const expected = await outcomeWithout(counts)
  for (const kind of counts.kinds)
    for (const stride of counts.strides) await liveWith(kind, stride, { counts, seed, hit, expected, findings })
  const calls = callsOf(counts.engine)
  findings.count('calls that can go wrong', calls.length)
  for (const call of calls)
    for (const kind of counts.kinds)
      if (!hit.has(`${kind} ${call}`)) findings.violation(`no ${kind} was injected at ${call}`)
  return findings.result()
}

interface Proving {
  readonly counts: FaultCounts
  readonly seed: number
  /** Kinds and methods that have met each other. */
  readonly hit: Set<string>
  /** What the outbox got without faults, sorted. */
  readonly expected: readonly string[]
  readonly findings: Findings
}

/** Lives through the days with one kind of fault, and looks at what is left of it. */
const liveWith = async (kind: FaultKind, stride: number, proving: Proving): Promise<void> => {
  const { counts, seed, hit, expected, findings } = proving
  const tracker = await start(counts)
  const acknowledged = new Set<string>()
  let unsure = 0
  const isNew = (method: string) => !hit.has(`${kind} ${method}`)
  const onFault = (method: string) => {
    hit.add(`${kind} ${method}`)
    if (kind !== 'answer-twice' && leavesUnsure.has(method)) unsure += 1
    findings.count('faults')
    findings.count(kind)
  }
  try {
    const doings = faultyDoings(tracker, { kind, stride, seed, acknowledged, isNew, onFault })
    await liveThrough(tracker, doings, counts.mornings)
    findings.count('acknowledged', acknowledged.size)
    await checkLogs(tracker.world, kind, acknowledged, findings)
    await checkCheckpoints(tracker, kind, counts.mornings, findings)
    if (tracker.kept.size !== 2) findings.violation(`${kind}: ${tracker.kept.size} files of one photograph are kept`)
    await checkSite(tracker, kind, findings)
    await checkNotices(tracker, { kind, expected, mostUnknown: unsure }, findings)
  } catch (error) {
    findings.violation(`${kind}: ${error instanceof Error ? error.stack : String(error)}`)
  } finally {
    await tracker.stop()
  }
}

const start = ({ engine }: FaultCounts): Promise<FaultyTracker> =>
  engine === 'memory' ? startOnMemory() : startOnDynalite()

/** What must have gone wrong at least once: every method of every port, or every permission of every function. */
const callsOf = (engine: FaultCounts['engine']): readonly string[] =>
  engine === 'memory'
    ? portMethods()
    : [
        ...new Set(
          Object.values(tablePermissions).flatMap(tables =>
            Object.entries(tables).flatMap(([table, actions]) => actions.map(action => `${action} ${table}`))
          )
        )
      ]

const outcomeWithout = async (counts: FaultCounts): Promise<readonly string[]> => {
  const tracker = await start(counts)
  const doings = faultyDoings(tracker, {
    kind: 'fail-before',
    stride: Number.POSITIVE_INFINITY,
    seed: 0,
    acknowledged: new Set(),
    isNew: () => false,
    onFault: () => {}
  })
  await liveThrough(tracker, doings, counts.mornings)
  await tracker.stop()
  return saidIn(tracker.outbox)
}

/** Of two cases opened at once either may have the lower number. */
const saidIn = (delivered: readonly Delivered[]): readonly string[] =>
  delivered.map(({ said }) => said.replaceAll(/第\d+号/g, '第?号')).toSorted()

const mostFailedSendings = 3

interface Faults {
  readonly kind: FaultKind
  readonly stride: number
  readonly seed: number
  /** Keys of what somebody was told is written. */
  readonly acknowledged: Set<string>
  /** Nothing of the kind has happened to the method yet. */
  readonly isNew: (method: string) => boolean
  readonly onFault: (method: string) => void
}

/** Does things in worlds in which one call goes wrong, the next one each time. */
const faultyDoings = (tracker: FaultyTracker, faults: Faults): Doings => {
  const { world, living, pass } = tracker
  const sendings = new Map<string, number>()
  /** A delivery is given up after eight tries, as it should be: that is no fault of anybody's. */
  const mayFail = (key: string): boolean => {
    const count = (sendings.get(key) ?? 0) + 1
    sendings.set(key, count)
    return count <= mostFailedSendings
  }
  const { kind, stride, seed, acknowledged, isNew, onFault } = faults
  let invocations = 0

  const turnAt = (at: number) => (call: number, method: string, key?: string) =>
    (call === at || isNew(method)) && (key === undefined || mayFail(key))

  /** Tries until nothing went wrong. @returns the last answer. */
  const until = async <Answer>(work: (alive: WholeWorld) => Promise<Answer>, done: (answer: Answer) => void) => {
    invocations += 1
    const first = 1 + ((seed + invocations) % stride)
    for (let at = first; ; at += stride) {
      const life = lifeWith(kind, turnAt(at), onFault)
      try {
        const answer = await work(living(life))
        if (!life.isDead()) done(answer)
        if (!life.isHit()) return answer
      } catch (error) {
        if (!life.isHit()) throw error
      } finally {
        await life.end()
        living(lifeWith(kind, () => false))
      }
    }
  }

  const invoke: Doings['invoke'] = async work => {
    await until(work, () => {})
    await drain()
  }

  /** What the ledger left open, the queue brings back when its time has come. */
  const drain = async () => {
    for (let rounds = 0; world.retriesStored.size > 0; rounds += 1) {
      if (rounds > 200) throw new Error('a delivery is brought back for ever')
      const due = [...world.retriesStored]
      world.retriesStored.clear()
      pass(Math.max(...due.map(([, seconds]) => seconds)) + 1)
      for (const [key] of due)
        await until(
          alive => retryDelivery(key, alive),
          () => {}
        )
    }
  }

  const tokens = new Map<string, string>()
  const tokenOf = async () => {
    const known = tokens.get('admin')
    if (known !== undefined) return known
    const { token } = await world.access.issue({ role: 'admin', name: '管理员', projects: [] }, world.clock.now())
    tokens.set('admin', token)
    return token
  }

  const ask: Doings['ask'] = async (method, path, { cookie, ...request } = {}) => {
    const token = cookie === undefined ? await tokenOf() : undefined
    const event = {
      ...eventOf(method, path, { token, ...request }),
      ...(cookie === undefined ? {} : { cookies: [cookie] })
    }
    const key = request.headers?.['idempotency-key']
    return until(
      async alive => {
        const result = await createApi(alive, () => {})(event, {} as never)
        const { statusCode: status = 0, body: text = '', cookies = [] } = result
        if (status >= 500) throw new Error(`${method} ${path} → ${status}`)
        return { status, text, cookie: cookies[0]?.split(';')[0] ?? '' }
      },
      ({ status }) => {
        if (key !== undefined && status < 300 && !path.startsWith('/v1/tokens')) acknowledged.add(key)
      }
    )
  }
  return { invoke, ask }
}

/** Every acknowledged write in the log once, without a gap; every snapshot what the log makes again. */
const checkLogs = async (
  world: WholeWorld,
  kind: FaultKind,
  acknowledged: ReadonlySet<string>,
  { violation }: Findings
): Promise<void> => {
  const written = new Map<string, number>()
  for await (const project of world.log.projects()) {
    const verdict = await verifyLog(project, world.log.items(project))
    if (!verdict.ok || verdict.wrongSnapshots.length > 0 || verdict.state.status === 'unregistered') {
      violation(`${kind}: the log of ${project} is not whole: ${JSON.stringify(verdict)}`)
      continue
    }
    const { finding } = await rebuildSnapshot(verdict.state, world)
    if (finding !== 'same') violation(`${kind}: the snapshot of ${project} is ${finding}`)
    for (const { request } of await world.log.commits(project)) {
      const key = request?.key.split('/')[1]
      if (key !== undefined) written.set(key, (written.get(key) ?? 0) + 1)
    }
  }
  const verdict = await verifyBureauLog(world.log.items(bureauLogName))
  const numbers = verdict.ok ? Object.values(verdict.state.numbers) : []
  const serials = numbers.map(({ serial }) => serial).toSorted((a, b) => a - b)
  if (serials.length === 0 || serials.some((serial, i) => serial !== i + 1))
    violation(`${kind}: the register of cases is not whole: ${serials.join(' ')}`)
  for (const key of acknowledged)
    if (written.get(key) !== 1)
      violation(`${kind}: ${key} was acknowledged and is in the log ${written.get(key) ?? 0} times`)
  for (const [key, times] of written) if (times > 1) violation(`${kind}: ${key} is in the log ${times} times`)
}

/** One checkpoint a day, each following the one before, and every log with what they have seen. */
const checkCheckpoints = async (
  { world, keys }: FaultyTracker,
  kind: FaultKind,
  days: number,
  { violation }: Findings
): Promise<void> => {
  const { count, fault, seen } = await verifyCheckpoints(world.checkpoints, keys.publicKey)
  if (fault) violation(`${kind}: checkpoint ${fault.number} is wrong, ${fault.code}`)
  if (count !== days) violation(`${kind}: ${count} checkpoints in ${days} days`)
  for (const [log, heads] of seen) {
    if (log === bureauLogName) continue
    const hashes = new Map((await world.log.commits(log)).map(({ version, hash }) => [version, hash]))
    if (missedHead(heads, version => hashes.get(version))) violation(`${kind}: ${log} has lost what a checkpoint saw`)
  }
}

/** The site is, byte for byte, what publishing everything anew would make of the log. */
const checkSite = async ({ world, files }: FaultyTracker, kind: FaultKind, { violation }: Findings): Promise<void> => {
  const stored = new Map<string, SiteFile>()
  await publishAll(openApiDocument(routes), { ...world, pages: memoryPageStore(stored) })
  const published = files()
  for (const path of new Set([...stored.keys(), ...published.keys()])) {
    const file = stored.get(path)
    if (!file || !published.get(path)?.equals(bytesOf(file)))
      violation(`${kind}: ${path} is not what a full render makes`)
  }
}

/**
 * Each notice once: at the outbox, which drops copies, exactly what it is without faults; at the robot nothing twice, and
 * what is missing there stands in the ledger as unknown (docs/design.md: the window of one call).
 */
const checkNotices = async (
  { outbox, robot, world }: FaultyTracker,
  { kind, expected, mostUnknown }: ExpectedNotices,
  { count, violation }: Findings
): Promise<void> => {
  const said = saidIn(outbox)
  for (const one of said.filter(known => !expected.includes(known))) violation(`${kind}: nobody expects ${one}`)
  for (const one of expected.filter(known => !said.includes(known))) violation(`${kind}: nobody got ${one}`)
  if (said.length !== expected.length) violation(`${kind}: ${said.length} messages instead of ${expected.length}`)
  const copies = Map.groupBy([...outbox, ...robot], ({ key }) => key)
  const { deliveries } = await world.deliveries.list({}, 1000)
  const unknown = deliveries.filter(({ status }) => status === 'unknown').length
  count('unknown deliveries', unknown)
  if (unknown > mostUnknown)
    violation(`${kind}: ${unknown} unknown deliveries after ${mostUnknown} faults that leave one`)
  for (const { key, status } of deliveries) {
    const times = copies.get(key)?.length ?? 0
    if (status !== 'sent' && status !== 'unknown') violation(`${kind}: ${key} ended as ${status}`)
    if (status === 'sent' ? times !== 1 : times > 1)
      violation(`${kind}: ${key} is ${status} and arrived ${times} times`)
  }
}

/** Calls within the window of one sending: opening the attempt, sending, writing the outcome. */
const leavesUnsure: ReadonlySet<string> = new Set(['Channel.send', 'DeliveryLog.save', 'PutItem delivery'])

interface ExpectedNotices {
  readonly kind: FaultKind
  /** What the outbox got without faults, sorted. */
  readonly expected: readonly string[]
  readonly mostUnknown: number
}
