import { UndecodableSnapshotError } from '../../functions/adapters/state-store.shared.ts'
import { type LogVerdict, verifyBureauLog, verifyLog } from '../../functions/adapters/verify-log.ts'
import { type Bureau, bureauLogName } from '../../functions/core/bureau.ts'
import { everyReviewDueOn } from '../../functions/core/review-due.ts'
import { withProgress } from './progress.ts'
import type { Storage } from './storage.ts'
import { badCommitText, cutOffText, unreadableSnapshotText, wholeText, wrongSnapshotsText } from './verify-text.ts'

/** What verification says of one log. */
export interface VerifyFinding {
  readonly project: string
  readonly ok: boolean
  /** The last commit; of a log that is not whole, the first bad one. */
  readonly version: number
  /** In Chinese and English. */
  readonly detail: string
}

/** Verifies each log and compares its end with the snapshot, since a log that was cut off is whole in itself. */
export const verifyAll = async ({ log, store }: Pick<Storage, 'log' | 'store'>): Promise<readonly VerifyFinding[]> => {
  const findings: VerifyFinding[] = [findingOfVerdict(bureauLogName, await verifyBureauLog(log.items(bureauLogName)))]
  const projects = await knownProjects({ log, store })
  return withProgress('校验 / verify', projects.length, async step => {
    for (const project of projects) {
      const verdict = await verifyLog(project, log.items(project))
      findings.push(verdict.ok ? await compareEnd(project, verdict, store) : findingOf(project, verdict))
      step(project)
    }
    return findings
  })
}

/** The finding on a log that nothing else is known of: it is whole, or names its first bad commit. */
export const findingOfVerdict = (log: string, verdict: LogVerdict | LogVerdict<Bureau>): VerifyFinding => {
  if (!verdict.ok) return findingOf(log, verdict)
  const { version, wrongSnapshots } = verdict
  return wrongSnapshots.length > 0
    ? { project: log, ok: false, version: wrongSnapshots[0] ?? 0, detail: wrongSnapshotsText(wrongSnapshots) }
    : { project: log, ok: true, version, detail: wholeText(version) }
}

const findingOf = (project: string, verdict: LogVerdict<unknown> & { ok: false }): VerifyFinding => ({
  project,
  ok: false,
  version: verdict.version,
  detail: badCommitText(verdict)
})

const compareEnd = async (
  project: string,
  verdict: LogVerdict & { ok: true },
  store: Storage['store']
): Promise<VerifyFinding> => {
  const { version } = verdict
  const known = await versionInStore(project, store)
  if (known === 'unreadable') return { project, ok: false, version, detail: unreadableSnapshotText }
  if (known > version) return { project, ok: false, version: version + 1, detail: cutOffText(version + 1, known) }
  return findingOfVerdict(project, verdict)
}

const versionInStore = async (project: string, store: Storage['store']): Promise<number | 'unreadable'> => {
  try {
    return (await store.get(project))?.version ?? 0
  } catch (error) {
    if (error instanceof UndecodableSnapshotError) return 'unreadable'
    throw error
  }
}

/** Projects that have a log or a snapshot: a log that is gone altogether leaves its snapshot behind. */
export const knownProjects = async ({ log, store }: Pick<Storage, 'log' | 'store'>): Promise<readonly string[]> => {
  const ids = new Set(await Array.fromAsync(log.projects()))
  for await (const id of store.due(everyReviewDueOn)) ids.add(id)
  return [...ids].toSorted()
}
