import type { CheckpointFault, SeenHead } from '../../functions/adapters/verify-checkpoints.ts'
import type { LogFault, LogVerdict } from '../../functions/adapters/verify-log.ts'
import type { Checkpoint } from '../../functions/core/checkpoint.ts'

/** That a log is whole up to a version. */
export const wholeText = (version: number): string => `至第 ${version} 版 / up to version ${version}`

/** What is wrong with the first bad commit of a log. */
export const badCommitText = ({ version, code, detail }: LogVerdict<unknown> & { ok: false }): string =>
  `第 ${version} 版:${logFaults[code]} / commit ${version}: ${code}, ${detail}`

const logFaults: Readonly<Record<LogFault, string>> = {
  gap: '缺失',
  'broken-chain': '与前一版不相接',
  'hash-mismatch': '不是当初封存的内容',
  'stray-attribute': '多出封存时没有的属性',
  undecodable: '无法读取',
  unfoldable: '与此前各版矛盾'
}

/** That states which commits carry along are not what the log makes. */
export const wrongSnapshotsText = (versions: readonly number[]): string =>
  `第 ${versions.join(' ')} 版所带的状态有误 / state carried by commits ${versions.join(' ')} is wrong`

/** That the snapshot of a whole log cannot be read. */
export const unreadableSnapshotText =
  '日志完整,快照无法读取,请运行 rebuild / the log is whole, its snapshot cannot be read: rebuild'

/** That a snapshot has seen commits after the end of its log. */
export const cutOffText = (missing: number, known: number): string =>
  `第 ${missing} 版缺失,快照已到第 ${known} 版 / commit ${missing} is missing, the snapshot knows ${known}`

/** That a log has no longer what a checkpoint has seen in it. */
export const rewrittenText = ({ version, checkpoint }: SeenHead): string =>
  `第 ${version} 版:被改写,不是第 ${checkpoint} 个检查点签过的内容 / commit ${version}: rewritten, it is not what checkpoint ${checkpoint} has signed`

/** What the checkpoints are, where all of them are good. */
export const checkpointsText = (count: number, last: Checkpoint | undefined): string =>
  last ? `${count} 个,最后一个 ${last.date} / ${count} in all, the last of ${last.date}` : '尚无 / none yet'

/** What is wrong with the first bad checkpoint. */
export const badCheckpointText = ({ number, code, detail }: CheckpointFault): string =>
  `第 ${number} 个检查点:${checkpointFaults[code]} / checkpoint ${number}: ${code}, ${detail}`

const checkpointFaults: Readonly<Record<CheckpointFault['code'], string>> = {
  missing: '缺失',
  'not-signed': '不是由此密钥签名',
  unreadable: '无法读取',
  'broken-chain': '与前一个不相接'
}
