import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { DeleteItemCommand } from '@aws-sdk/client-dynamodb'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { dynamoAccess } from '../../functions/adapters/access.ts'
import { bureauLogOver } from '../../functions/adapters/bureau-log.ts'
import { dynamoEventLog, dynamoLogTable } from '../../functions/adapters/event-log.ts'
import { numberCases } from '../../functions/flows/change-bureau.ts'
import { type ArchivedItem, ArchiveError, readArchive, writeArchive } from '../../lib/archive/archive-file.ts'
import { archivedItems } from '../../lib/archive/back-up.ts'
import { checkArchive, NotEmptyError } from '../../lib/archive/restore.ts'
import { itemsOf, type StoredTables } from '../../lib/archive/stored-tables.ts'
import { type EmbeddedDynamo, startDynalite } from '../contract/dynalite.ts'
import { appendMany, appendNext, collect, projectOf } from '../contract/samples.ts'
import { backUpTo, emptyTablesIn, restoreFrom } from './tables.ts'

const folder = mkdtempSync(join(tmpdir(), 'tracker-archive-'))
const file = join(folder, 'archive')
let dynamo: EmbeddedDynamo
beforeAll(async () => {
  dynamo = await startDynalite()
})
afterAll(async () => {
  await dynamo.stop()
  rmSync(folder, { recursive: true, force: true })
})

const emptyTables = () => emptyTablesIn(dynamo)

const backUp = (stored: StoredTables, to = file) => backUpTo(to, stored)

const restore = (to: StoredTables, from = file) => restoreFrom(from, to)

let source: StoredTables
beforeEach(async () => {
  source = await emptyTables()
  const log = dynamoEventLog(dynamo.client, source.nameOf('log'))
  // Past the sixteenth commit, so that the archive holds a carried state as well, in bytes.
  for (const [project, commits] of [
    ['school', 18],
    ['kindergarten', 3]
  ] as const)
    await appendMany(log, project, commits)
  const bureau = bureauLogOver(dynamoLogTable(dynamo.client, source.nameOf('log')))
  const clock = { now: () => '2021-06-21T00:00:00.000Z' }
  const numbered = Array.from({ length: 17 }, (_, i) => ({ id: `school-${i + 1}`, openedOn: '2021-06-21' }))
  for (const one of numbered) await numberCases([one], { bureau, clock })
  const access = dynamoAccess(dynamo.client, source.nameOf('access'))
  await access.issue({ role: 'admin', name: '李四', projects: [] }, '2021-06-21T00:00:00.000Z')
})

describe('an archive', () => {
  test('put back into empty tables gives every item again, and the same bytes when it is made again', async () => {
    expect(await backUp(source)).toEqual({ log: 38, access: 1, delivery: 0 })
    const target = await emptyTables()
    await restore(target)
    for (const table of ['log', 'access', 'delivery'] as const) {
      const sorted = async (stored: StoredTables) =>
        (await collect(itemsOf(table, stored))).map(item => JSON.stringify(item)).toSorted()
      expect(await sorted(target)).toEqual(await sorted(source))
    }
    const again = join(folder, 'again')
    await backUp(target, again)
    expect(readFileSync(again).equals(readFileSync(file))).toBe(true)
  })

  test('made while reports come in holds the whole beginning of every log', async () => {
    const log = dynamoEventLog(dynamo.client, source.nameOf('log'))
    let writing = true
    const writer = (async () => {
      while (writing) for (const project of ['school', 'kindergarten']) await appendNext(log, project)
    })()
    await backUp(source)
    writing = false
    await writer
    await checkArchive(file)
    const versions = (await collect(readArchive(file))).flatMap(({ table, item }) =>
      table === 'log' && item.project && 'S' in item.project && item.project.S === 'school' ? [item.version] : []
    )
    expect(versions.length).toBeGreaterThanOrEqual(18)
    expect(versions).toEqual(versions.map((_, i) => ({ N: String(i + 1) })))
  })

  test('goes on where a restore was broken off', async () => {
    await backUp(source)
    const target = await emptyTables()
    await restore(target)
    for (const version of ['2', '17'])
      await dynamo.client.send(
        new DeleteItemCommand({
          TableName: target.nameOf('log'),
          Key: { project: { S: 'school' }, version: { N: version } }
        })
      )
    await restore(target)
    expect(await collect(itemsOf('log', target))).toHaveLength(38)
  })

  test('is not mixed with what is there already, not even one commit', async () => {
    await backUp(source)
    for (const project of ['school', 'another']) {
      const target = await emptyTables()
      // The same project with another history, or another project.
      const registered = { type: 'project-registered', project: { ...projectOf(project), name: '另一所学校' } } as const
      await appendNext(dynamoEventLog(dynamo.client, target.nameOf('log')), project, [registered])
      const before = await collect(itemsOf('log', target))
      await expect(restore(target)).rejects.toThrow(NotEmptyError)
      for (const table of ['access', 'delivery'] as const) expect(await collect(itemsOf(table, target))).toEqual([])
      expect(await collect(itemsOf('log', target))).toEqual(before)
    }
  })
})

describe('a damaged archive', () => {
  const outcome = async (): Promise<readonly ArchivedItem[] | 'refused'> => {
    try {
      await checkArchive(file)
      return await collect(readArchive(file))
    } catch (error) {
      if (error instanceof ArchiveError) return 'refused'
      throw error
    }
  }

  test('is refused wherever a byte is another, or changes nothing', async () => {
    await backUp(source)
    const whole = await collect(readArchive(file))
    const bytes = readFileSync(file)
    let refused = 0
    for (let at = 0; at < bytes.length; at += 3) {
      const damaged = Buffer.from(bytes)
      damaged[at] = (damaged[at] ?? 0) ^ (1 << (at % 8))
      writeFileSync(file, damaged)
      const found = await outcome()
      // Gzip's own header has a time and a name of a system, which say nothing of the content.
      if (found === 'refused') refused += 1
      else expect(found, `byte ${at}`).toEqual(whole)
    }
    expect(refused).toBeGreaterThan(bytes.length / 3 - 10)
  })

  test('is refused wherever it ends too early, also where gzip notices nothing', async () => {
    await backUp(source)
    const bytes = readFileSync(file)
    for (let length = 0; length < bytes.length; length += 7) {
      writeFileSync(file, bytes.subarray(0, length))
      expect(await outcome(), `${length} bytes`).toBe('refused')
    }
    const lines = gunzipSync(bytes).toString().split('\n')
    for (const kept of [0, 1, 5, lines.length - 3]) {
      writeFileSync(file, gzipSync(`${lines.slice(0, kept).join('\n')}\n`))
      expect(await outcome(), `${kept} lines`).toBe('refused')
    }
  })

  test('is refused when somebody took care of the sums but not of the chain of hashes', async () => {
    const forged = archivedItems(source)
    await writeArchive(
      file,
      { demonstration: false },
      (async function* () {
        for await (const archived of forged)
          yield 'at' in archived.item && archived.table === 'log'
            ? { ...archived, item: { ...archived.item, at: { S: '2021-01-01T00:00:00.000Z' } } }
            : archived
      })()
    )
    await expect(checkArchive(file)).rejects.toThrow(/@bureau is not whole: commit 1/)
  })

  test('of another program or a later format is told apart', async () => {
    for (const content of ['', 'x', gzipSync('{}\n'), gzipSync('{"format":"capital-project-tracker","version":2}\n')]) {
      writeFileSync(file, content)
      await expect(checkArchive(file)).rejects.toThrow(ArchiveError)
    }
  })

  test('leaves no file behind when it could not be written to its end', async () => {
    const broken = (async function* (): AsyncIterable<ArchivedItem> {
      yield* archivedItems(source)
      throw new Error('the network is gone')
    })()
    const unwritten = join(folder, 'unwritten')
    await expect(writeArchive(unwritten, { demonstration: false }, broken)).rejects.toThrow('the network is gone')
    expect(() => readFileSync(unwritten)).toThrow('ENOENT')
    expect(() => readFileSync(`${unwritten}.part`)).toThrow('ENOENT')
  })
})
