import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { gunzipSync, gzipSync } from 'node:zlib'
import { PutCommand } from '@aws-sdk/lib-dynamodb'
import { dynamoEventLog } from '../../functions/adapters/event-log.ts'
import { bureauLogName } from '../../functions/core/bureau.ts'
import { ArchiveError, readArchive } from '../../lib/archive/archive-file.ts'
import { itemsOf, type StoredTables } from '../../lib/archive/stored-tables.ts'
import { backUpTo, emptyTablesIn, restoreFrom } from '../archive/tables.ts'
import { type EmbeddedDynamo, startDynalite } from '../contract/dynalite.ts'
import { appendNext } from '../contract/samples.ts'
import { liveDemonstration } from './lived.ts'
import { type Findings, type ProofResult, startFindings } from './proof.ts'
import { type Random, randomOf } from './random.ts'

/** How often archives are made and damaged. */
export interface ArchiveCounts {
  readonly projects: readonly string[]
  /** Archives that are made while others write. */
  readonly duringWrites: number
  /** Damaged archives of each kind. */
  readonly damages: number
}

/**
 * Backs a tracker up while writers go on, and holds each archive to what was there when it began; restores it into empty tables
 * and backs these up again, byte for byte; damages it in every way and expects that nothing of it is restored.
 */
export const proveArchive = async (
  { projects, duringWrites, damages }: ArchiveCounts,
  seed: number
): Promise<ProofResult> => {
  const findings = startFindings(
    'during writes',
    'commits meanwhile',
    'restored',
    'damaged',
    'refused',
    'without effect'
  )
  const dynamo = await startDynalite()
  const folder = mkdtempSync(join(tmpdir(), 'tracker-prove-'))
  const file = join(folder, 'archive')
  try {
    const source = await filledTables(dynamo, projects)
    for (let i = 0; i < duringWrites; i += 1) await backUpDuringWrites(file, source, findings)
    await backUpTo(file, source)
    await restoreAndCompare(dynamo, file, findings)
    await damageAll(dynamo, file, damages, randomOf(seed), findings)
    return findings.result()
  } finally {
    await dynamo.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

const filledTables = async (dynamo: EmbeddedDynamo, projects: readonly string[]): Promise<StoredTables> => {
  const stored = await emptyTablesIn(dynamo)
  const { items } = await liveDemonstration(projects)
  for (const commits of items.values())
    for (const item of commits.values())
      await stored.client.send(new PutCommand({ TableName: stored.nameOf('log'), Item: Object(item) }))
  return stored
}

/** Every log is whole up to some version, and holds at least what it held when the archive was begun. */
const backUpDuringWrites = async (
  file: string,
  source: StoredTables,
  { count, violation }: Findings
): Promise<void> => {
  const log = dynamoEventLog(source.client, source.nameOf('log'))
  const projects = await Array.fromAsync(log.projects())
  const before = new Map<string, number>()
  for (const project of projects) before.set(project, (await log.load(project)).state.version)
  const work = { isOver: false }
  const writers = projects.map(async project => {
    while (!work.isOver) {
      const { type } = await appendNext(log, project, [{ type: 'no-change-reported' }])
      if (type === 'appended') count('commits meanwhile')
    }
  })
  await backUpTo(file, source)
  work.isOver = true
  await Promise.all(writers)
  count('during writes')
  const versions = await versionsIn(file)
  for (const [project, least] of before) {
    const found = versions.get(project) ?? []
    if (found.length < least || found.some((version, i) => version !== i + 1))
      violation(
        `${project}: an archive made during writes holds ${found.length} commits of ${least} and more, with gaps`
      )
  }
}

/** The versions of each project's commits in an archive, in its order. */
const versionsIn = async (file: string): Promise<ReadonlyMap<string, readonly number[]>> => {
  const versions = new Map<string, number[]>()
  for await (const { table, item } of readArchive(file)) {
    const { project, version } = item
    if (table !== 'log' || !project || !version || !('S' in project) || !('N' in version)) continue
    if (project.S !== bureauLogName) versions.set(project.S, [...(versions.get(project.S) ?? []), Number(version.N)])
  }
  return versions
}

const restoreAndCompare = async (dynamo: EmbeddedDynamo, file: string, findings: Findings): Promise<void> => {
  const target = await emptyTablesIn(dynamo)
  await restoreFrom(file, target)
  findings.count('restored')
  await backUpTo(`${file}-again`, target)
  if (!readFileSync(`${file}-again`).equals(readFileSync(file)))
    findings.violation('the archive of a restored tracker differs')
}

const damageAll = async (
  dynamo: EmbeddedDynamo,
  file: string,
  damages: number,
  random: Random,
  { count, violation }: Findings
): Promise<void> => {
  const bytes = readFileSync(file)
  const whole = await Array.fromAsync(readArchive(file))
  const target = await emptyTablesIn(dynamo)
  for (const [what, damaged] of damagedArchives(bytes, damages, random)) {
    count('damaged')
    writeFileSync(file, damaged)
    try {
      // Only what says the same may pass: gzip has a time and a name of a system in its header, and bits to fill a byte up.
      if (isDeepStrictEqual(await Array.fromAsync(readArchive(file)), whole)) {
        count('without effect')
        continue
      }
      await restoreFrom(file, target)
      violation(`${what} was restored`)
      return
    } catch (error) {
      if (!(error instanceof ArchiveError)) violation(`${what}: ${String(error)}`)
      count('refused')
    }
  }
  for (const table of ['log', 'access', 'delivery'] as const)
    for await (const _item of itemsOf(table, target)) violation(`something of a damaged archive is in ${table}`)
}

function* damagedArchives(
  bytes: Buffer,
  each: number,
  random: Random
): Iterable<readonly [what: string, damaged: Uint8Array]> {
  const flippedIn = (whole: Buffer): Buffer => {
    const at = random.below(whole.length)
    const damaged = Buffer.from(whole)
    damaged[at] = (damaged[at] ?? 0) ^ (1 << random.below(8))
    return damaged
  }
  const text = gunzipSync(bytes)
  const lines = text.toString().trimEnd().split('\n')
  const packed = (kept: readonly string[]) => gzipSync(`${kept.join('\n')}\n`)
  for (let i = 0; i < each; i += 1) {
    yield ['a flipped bit', flippedIn(bytes)]
    yield ['a cut', bytes.subarray(0, random.below(bytes.length))]
    // With the sum of gzip right again.
    yield ['a flipped bit inside', gzipSync(flippedIn(text))]
    const at = random.below(lines.length)
    yield ['a line less', packed(lines.toSpliced(at, 1))]
    yield ['a line twice', packed(lines.toSpliced(at, 0, lines[at] ?? ''))]
    const other = (at + 1 + random.below(lines.length - 1)) % lines.length
    yield ['two lines swapped', packed(lines.with(at, lines[other] ?? '').with(other, lines[at] ?? ''))]
  }
}
