import { isDeepStrictEqual } from 'node:util'
import { noHash, sealCommit } from '../../functions/adapters/commit-seal.ts'
import { type LogItems, memoryEventLog } from '../../functions/adapters/event-log.memory.ts'
import { memoryStateStore } from '../../functions/adapters/state-store.memory.ts'
import { bureauLogName } from '../../functions/core/bureau.ts'
import { verifyAll } from '../../lib/command-line/verify-logs.ts'
import { type LivedWorld, liveDemonstration } from './lived.ts'
import { type Findings, type ProofResult, startFindings } from './proof.ts'
import { type Random, randomOf } from './random.ts'

/** How much is damaged. */
export interface TamperCounts {
  /** The projects whose logs are damaged, beside the bureau's own. */
  readonly projects: readonly string[]
  /** Commits of each log that are damaged bit by bit and attribute by attribute, chosen by chance. */
  readonly commits: number
  /** Every how many bits one is flipped. */
  readonly everyBit: number
}

type Item = Readonly<Record<string, unknown>>
type Commits = ReadonlyMap<number, Item>

/**
 * Damages stored commits in every way that a table allows and has the whole tracker verified each time: each bit of each
 * attribute; attributes removed, added, of another type; commits dropped, swapped, inserted, replaced under a seal of their
 * own. What changes nothing that anybody reads (padding of gzip, the name of a system in its header, a carried state that is
 * passed over) is counted apart, and shown to change nothing.
 */
export const proveTamper = async (
  { projects, commits, everyBit }: TamperCounts,
  seed: number
): Promise<ProofResult> => {
  const findings = startFindings('bits', 'attributes', 'orders', 'found', 'without effect')
  const random = randomOf(seed)
  const world = await liveDemonstration(projects)
  const whole = await verdictOn(world, world.items)
  if (whole !== undefined) findings.violation(`a whole log is called bad: ${whole}`)
  for (const log of [bureauLogName, ...projects]) {
    const stored = commitsOf(world.items, log)
    const check = checker(world, log, findings)
    for (let i = 0; i < commits; i += 1) {
      const version = 1 + random.below(stored.size)
      const item = stored.get(version) ?? {}
      for (const { what, kind, damaged } of damagesOf(item, everyBit, random))
        await check(`${what} of commit ${version}`, kind, new Map([...stored, [version, damaged]]))
    }
    for (const { what, damaged } of disordersOf(stored)) {
      // The end of the bureau's log has no snapshot to be held against: that is for the checkpoints, and proved of them.
      if (log === bureauLogName && isBeginning(damaged, stored)) continue
      await check(what, 'orders', damaged)
    }
  }
  return findings.result()
}

const commitsOf = (items: LogItems, log: string): Commits =>
  new Map([...(items.get(log) ?? [])].flatMap(([version, item]) => (isItem(item) ? [[version, item] as const] : [])))

const isItem = (item: unknown): item is Item => typeof item === 'object' && item !== null

/** The first complaint about a tracker with these logs and the snapshots of them; `undefined` where there is none. */
const verdictOn = async ({ states }: LivedWorld, items: LogItems): Promise<string | undefined> => {
  const snapshots = new Map([...states].filter(([project]) => items.has(project)))
  const findings = await verifyAll({ log: memoryEventLog(items), store: memoryStateStore(snapshots) })
  const bad = findings.find(({ ok }) => !ok)
  return bad && `${bad.project}: ${bad.detail}`
}

type Kind = 'bits' | 'attributes' | 'orders'

const checker = (world: LivedWorld, log: string, findings: Findings) => {
  const before = besideBureau(world, log, commitsOf(world.items, log))
  return async (what: string, kind: Kind, damaged: Commits): Promise<void> => {
    findings.count(kind)
    const items = besideBureau(world, log, damaged)
    const complaint = await verdictOn(world, items)
    if (complaint?.startsWith(`${log}: `)) return findings.count('found')
    if (complaint !== undefined) return findings.violation(`${log}: ${what} is blamed on another: ${complaint}`)
    if (await readsAlike(log, before, items)) return findings.count('without effect')
    findings.violation(`${log}: ${what} is not found`)
  }
}

/** The log that is damaged, and the bureau's; the other projects would only take time. */
const besideBureau = ({ items }: LivedWorld, log: string, damaged: Commits): LogItems =>
  new Map([
    [bureauLogName, new Map(items.get(bureauLogName) ?? [])],
    [log, new Map<number, unknown>(damaged)]
  ])

/** True when every reader of a log sees in it what it saw before. */
const readsAlike = async (log: string, before: LogItems, after: LogItems): Promise<boolean> => {
  const seen = async (items: LogItems) => {
    const twin = memoryEventLog(items)
    return log === bureauLogName ? [...commitsOf(items, log)] : [await twin.load(log), await twin.commits(log)]
  }
  return isDeepStrictEqual(await seen(before), await seen(after))
}

interface Damage {
  readonly what: string
  readonly kind: Kind
  readonly damaged: Item
}

function* damagesOf(item: Item, everyBit: number, random: Random): Iterable<Damage> {
  for (const [name, value] of Object.entries(item)) {
    for (const [bit, changed] of flipped(value, everyBit, random))
      yield { what: `bit ${bit} of ${name}`, kind: 'bits', damaged: { ...item, [name]: changed } }
    const { [name]: _lost, ...rest } = item
    yield { what: `lack of ${name}`, kind: 'attributes', damaged: rest }
    for (const other of [null, true, 7, '7', [value], { S: value }, new Uint8Array([55])])
      if (typeof other !== typeof value || other === null)
        yield { what: `another type of ${name}`, kind: 'attributes', damaged: { ...item, [name]: other } }
  }
  for (const name of ['idempotencyKey', 'requestHash', 'nonce', 'snapshot', 'foldFormat', 'note', 'Events'])
    if (!(name in item))
      yield { what: `added ${name}`, kind: 'attributes', damaged: { ...item, [name]: name === 'foldFormat' ? 5 : 'x' } }
}

/** A value with one bit of it another, as far as a table would take it: text has to be UTF-8, a number has to be one. */
function* flipped(
  value: unknown,
  everyBit: number,
  random: Random
): Iterable<readonly [bit: number, changed: unknown]> {
  const bytes = value instanceof Uint8Array ? value : Buffer.from(String(value), 'utf8')
  for (let bit = random.below(everyBit); bit < bytes.length * 8; bit += everyBit) {
    const changed = Uint8Array.from(bytes)
    changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
    const read = asTypeOf(value, changed)
    if (read !== undefined) yield [bit, read]
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

const asTypeOf = (value: unknown, bytes: Uint8Array): unknown => {
  if (value instanceof Uint8Array) return bytes
  try {
    const text = utf8.decode(bytes)
    if (typeof value === 'string') return text
    return /^\d+$/.test(text) ? Number(text) : undefined
  } catch {
    return undefined
  }
}

interface Disorder {
  readonly what: string
  readonly damaged: Commits
}

/** Every commit lost; every two neighbours, and the ends, swapped; every commit doubled, and forged; an end cut off. */
function* disordersOf(stored: Commits): Iterable<Disorder> {
  const items = [...stored.values()]
  const last = items.length
  for (let at = 0; at < last; at += 1) {
    const version = at + 1
    yield { what: `loss of commit ${version}`, damaged: new Map([...stored].filter(([known]) => known !== version)) }
    yield { what: `loss of commit ${version}, closed up`, damaged: numbered(items.toSpliced(at, 1)) }
    const other = at + 1 < last ? at + 1 : 0
    yield {
      what: `swap of ${version}`,
      damaged: numbered(items.with(at, items[other] ?? {}).with(other, items[at] ?? {}))
    }
    yield { what: `double of ${version}`, damaged: numbered(items.toSpliced(at, 0, items[at] ?? {})) }
    if (at + 1 < last) {
      yield { what: `forgery of ${version}`, damaged: numbered(items.with(at, forgeryOf(items[at], items[at - 1]))) }
      yield {
        what: `insertion at ${version}`,
        damaged: numbered(items.toSpliced(at, 0, forgeryOf(items[at], items[at - 1])))
      }
    }
  }
}

/** Under the keys that they would have. */
const numbered = (items: readonly Item[]): Commits =>
  new Map(items.map((item, at) => [at + 1, { ...item, version: at + 1 }]))

/** True when nothing but the end was cut off. */
const isBeginning = (damaged: Commits, stored: Commits): boolean =>
  damaged.size < stored.size && [...damaged].every(([version, item]) => isDeepStrictEqual(item, stored.get(version)))

/** A commit that says something else and is sealed as it should be. */
const forgeryOf = (item: Item = {}, before: Item | undefined): Item => {
  const { request: _none, ...forged } = sealCommit(
    {
      project: String(item.project),
      version: Number(item.version),
      events: JSON.parse(typeof item.events === 'string' ? item.events : '[{"type":"no-change-reported"}]'),
      by: { id: 'forger', role: 'admin' },
      at: String(item.at),
      date: String(item.date)
    },
    before === undefined ? noHash : String(before.hash)
  )
  return { ...forged }
}
