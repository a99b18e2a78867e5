import { unmarshall } from '@aws-sdk/util-dynamodb'
import type { Command } from 'commander'
import * as z from 'zod'
import { readArchive } from '../archive/archive-file.ts'
import { verdictsOf } from '../archive/restore.ts'
import { itemOfJson } from '../dynamodb-json.ts'
import { withExamples } from './help.ts'
import { CommandError, print, tableOf } from './output.ts'
import { withStorage } from './storage.ts'
import { type CheckpointOptions, checkpointsFor, heldAgainst } from './verify-checkpoints.ts'
import { findingOfVerdict, type VerifyFinding, verifyAll } from './verify-logs.ts'

interface VerifyOptions extends CheckpointOptions {
  readonly archive?: string
  readonly json?: boolean
}

/** The command that finds what was changed, lost, added or rewritten: verify. */
export const addVerify = (program: Command): void => {
  withExamples(
    program
      .command('verify')
      .description(
        '校验每份日志的哈希链、缺口与可读性,以及签名检查点 / check the hash chain of every log, its gaps and readability, and the signed checkpoints'
      ),
    ['tracker verify', 'tracker verify --archive tracker.ndjson.gz --checkpoints DIR --public-key key.pem']
  )
    .option(
      '--data <dir>',
      '本机系统的数据目录;云端由 LOG_TABLE、STATE_TABLE、CHECKPOINT_BUCKET 指定 / folder of the local tracker; in the cloud LOG_TABLE, STATE_TABLE and CHECKPOINT_BUCKET name tables and bucket',
      '.tracker'
    )
    .option(
      '--archive <file>',
      '离线校验 tracker backup 的备份文件 / an archive of tracker backup instead, without any tracker'
    )
    .option('--checkpoints <dir>', '检查点副本的目录 / folder with copies of the checkpoints')
    .option('--public-key <file>', '检查点的公钥(PEM) / public key of the checkpoints, PEM')
    .option('--json', '供程序读取 / machine form')
    .action(async (options: VerifyOptions) => {
      const { archive } = options
      if (archive === undefined)
        await withStorage(options.data, async ({ log, store }) => {
          const findings = await verifyAll({ log, store })
          tell(await checked(findings, options, name => hashesIn(log.items(name))), options)
        })
      else {
        const findings = await Array.fromAsync(verdictsOf(archive), ({ log, verdict }) =>
          findingOfVerdict(log, verdict)
        )
        tell(await checked(findings, options, name => hashesIn(archivedLog(archive, name))), options)
      }
    })
}

const checked = async (
  findings: readonly VerifyFinding[],
  options: VerifyOptions,
  hashesOf: Parameters<typeof heldAgainst>[2]
): Promise<readonly VerifyFinding[]> => {
  // An archive comes without checkpoints: they are kept apart from it.
  if (options.archive !== undefined && options.checkpoints === undefined) return findings
  const signed = await checkpointsFor(options)
  return signed ? heldAgainst(findings, signed, hashesOf) : findings
}

const headSchema = z.object({ version: z.number(), hash: z.string() })

const hashesIn = async (items: AsyncIterable<unknown>): Promise<ReadonlyMap<number, string>> => {
  const hashes = new Map<number, string>()
  for await (const item of items) {
    const head = headSchema.safeParse(item)
    if (head.success) hashes.set(head.data.version, head.data.hash)
  }
  return hashes
}

async function* archivedLog(archive: string, log: string): AsyncIterable<unknown> {
  for await (const { table: name, item } of readArchive(archive))
    if (name === 'log' && item.project && 'S' in item.project && item.project.S === log)
      yield unmarshall(itemOfJson(item))
}

const tell = (findings: readonly VerifyFinding[], { json }: VerifyOptions): void => {
  print(findings, json, () =>
    tableOf(
      ['日志 log', '结论 verdict', '说明 detail'],
      findings.map(f => [f.project, f.ok ? '完整 ok' : '有误 BAD', f.detail])
    )
  )
  const bad = findings.filter(({ ok }) => !ok).length
  if (bad > 0)
    throw new CommandError(
      `${findings.length} 份日志中 ${bad} 份不完整`,
      `${bad} of ${findings.length} logs are not whole`
    )
}
