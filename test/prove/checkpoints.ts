import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { memoryCheckpoints } from '../../functions/adapters/checkpoint-store.memory.ts'
import { sha256 } from '../../functions/adapters/digest.ts'
import { type LogItems, memoryEventLog } from '../../functions/adapters/event-log.memory.ts'
import { keySigner } from '../../functions/adapters/signer.ts'
import { memoryStateStore } from '../../functions/adapters/state-store.memory.ts'
import { bureauLogName } from '../../functions/core/bureau.ts'
import { addDays } from '../../functions/core/dates.ts'
import { evolve, initialState } from '../../functions/core/evolve.ts'
import type { SealedCommit } from '../../functions/core/ports.ts'
import type { ProjectState } from '../../functions/core/state.ts'
import { refreshSnapshot } from '../../functions/flows/refresh.ts'
import { signCheckpoint } from '../../functions/flows/sign-checkpoint.ts'
import { heldAgainst } from '../../lib/command-line/verify-checkpoints.ts'
import { verifyAll } from '../../lib/command-line/verify-logs.ts'
import { type LivedWorld, liveDemonstration } from './lived.ts'
import { type Findings, type ProofResult, startFindings } from './proof.ts'
import { randomOf } from './random.ts'

/** How much is rewritten. */
export interface CheckpointCounts {
  readonly projects: readonly string[]
  readonly days: number
  /** Every how many bits of a checkpoint one is flipped. */
  readonly everyBit: number
}

/**
 * Rewrites whole logs so that their chains are whole: from every commit on, each time under seals, carried states and
 * snapshots that fit; cuts every end off; takes whole logs away. `verify` without checkpoints finds nothing in it, with them it
 * has to name the log, each time. So it has to name each checkpoint that was changed in any bit, dropped, swapped or signed by
 * another key.
 */
export const proveCheckpoints = async (
  { projects, days, everyBit }: CheckpointCounts,
  seed: number
): Promise<ProofResult> => {
  const findings = startFindings('chains rewritten', 'ends cut off', 'logs taken away', 'checkpoints damaged', 'found')
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const world = await liveDemonstration(projects)
  const notes = await signDays(world, days, privateKey)
  const whole = await verdictOn(world, notes, publicKey)
  if (whole.length > 0) findings.violation(`a whole tracker is called bad: ${whole.join(' ')}`)

  const expectNamed = async (what: string, kind: string, name: string, damaged: LivedWorld, kept = notes) => {
    findings.count(kind)
    const bad = await verdictOn(damaged, kept, publicKey)
    if (bad.includes(name)) findings.count('found')
    else findings.violation(`${name}: ${what} is not found`)
  }
  for (const project of projects) await rewriteEverywhere(world, project, expectNamed, findings)
  await expectNamed('an end cut off', 'ends cut off', bureauLogName, withoutEnd(world))
  for (const { what, damaged } of damagedNotes(notes, everyBit, randomOf(seed).below(everyBit)))
    await expectNamed(what, 'checkpoints damaged', '@checkpoints', world, damaged)
  const forger = await signDays(await liveDemonstration(projects), days, generateKeyPairSync('ed25519').privateKey)
  await expectNamed('a forged row', 'checkpoints damaged', '@checkpoints', world, forger)
  return findings.result()
}

type Notes = ReadonlyMap<number, string>

/** A checkpoint a day, with something reported in between. */
const signDays = async (world: LivedWorld, days: number, key: KeyObject): Promise<Notes> => {
  const notes = new Map<number, string>()
  const deps = { ...world, checkpoints: memoryCheckpoints(notes), signer: keySigner(key), hash: sha256 }
  const projects = await Array.fromAsync(world.log.projects())
  for (let day = 0; day < days; day += 1) {
    world.today(addDays('2021-06-22', day))
    const project = projects[day % projects.length]
    if (project !== undefined) await world.accept(project, { type: 'report-no-change', note: `${day}` })
    await signCheckpoint(deps)
  }
  return notes
}

/** The names of what verification calls bad. */
const verdictOn = async ({ log, store }: LivedWorld, notes: Notes, key: KeyObject): Promise<readonly string[]> => {
  const signed = { store: memoryCheckpoints(new Map(notes)), key }
  const hashesOf = async (name: string) =>
    new Map(
      (await Array.fromAsync(log.items(name))).map(item => [Number(Object(item).version), String(Object(item).hash)])
    )
  const verdict = await heldAgainst(await verifyAll({ log, store }), signed, hashesOf)
  return verdict.flatMap(({ project, ok }) => (ok ? [] : [project]))
}

type ExpectNamed = (what: string, kind: string, name: string, damaged: LivedWorld) => Promise<void>

const rewriteEverywhere = async (
  world: LivedWorld,
  project: string,
  expectNamed: ExpectNamed,
  { violation }: Findings
): Promise<void> => {
  const commits = await world.log.commits(project)
  for (const { version } of commits) {
    const rewritten = await withCommits(
      world,
      project,
      commits.map(commit => (commit.version === version ? { ...commit, by: { id: 'forger', role: 'admin' } } : commit))
    )
    const alone = await verifyAll(rewritten)
    if (!alone.every(({ ok }) => ok)) violation(`${project}: the forgery of ${version} is not whole in itself`)
    await expectNamed(`a chain rewritten from ${version}`, 'chains rewritten', project, rewritten)
    const cut = await withCommits(world, project, commits.slice(0, version - 1))
    await expectNamed(`an end cut off at ${version}`, version === 1 ? 'logs taken away' : 'ends cut off', project, cut)
  }
}

/** The tracker with other commits of a project, sealed one on the other, and the snapshot that follows from them. */
const withCommits = async (
  world: LivedWorld,
  project: string,
  commits: readonly SealedCommit[]
): Promise<LivedWorld> => {
  const items: LogItems = new Map([...world.items].filter(([log]) => log !== project))
  const log = memoryEventLog(items)
  let state: ProjectState = initialState
  for (const commit of commits) {
    const after = evolve(state, commit)
    const { hash } = await log.load(project)
    if (after.status !== 'unregistered') await log.append(commit, hash, after)
    state = after
  }
  const store = memoryStateStore(new Map([...world.states].filter(([known]) => known !== project)))
  const rewritten = { ...world, items, log, store }
  await refreshSnapshot(project, rewritten)
  return rewritten
}

/** The bureau's log without its last commit: no snapshot knows of that. */
const withoutEnd = (world: LivedWorld): LivedWorld => {
  const bureau = new Map(world.items.get(bureauLogName) ?? [])
  bureau.delete(bureau.size)
  const items: LogItems = new Map([...world.items, [bureauLogName, bureau]])
  return { ...world, items, log: memoryEventLog(items) }
}

function* damagedNotes(
  notes: Notes,
  everyBit: number,
  first: number
): Iterable<{ readonly what: string; readonly damaged: Notes }> {
  const last = notes.size
  for (const [number, note] of notes) {
    const bytes = Buffer.from(note)
    for (let bit = first; bit < bytes.length * 8; bit += everyBit) {
      const changed = Buffer.from(bytes)
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      yield { what: `bit ${bit} of ${number}`, damaged: new Map([...notes, [number, changed.toString('utf8')]]) }
    }
    if (number === last) continue
    const next = notes.get(number + 1) ?? ''
    yield { what: `loss of ${number}`, damaged: new Map([...notes].filter(([known]) => known !== number)) }
    yield { what: `swap of ${number}`, damaged: new Map([...notes, [number, next], [number + 1, note]]) }
  }
}
