import { assess } from '../core/assess.ts'
import { dateInShanghai } from '../core/dates.ts'
import type { SiteFile, StateStore, SummaryFilter } from '../core/ports.ts'
import { wholeCalendarFile } from '../pages/calendar-feed.ts'
import { infrastructurePackageFile } from '../pages/infrastructure-data.ts'
import { ledgerCsvFile } from '../pages/ledger-csv.ts'
import { ledgerFile } from '../pages/ledger-sheet.ts'
import { msProjectFile } from '../pages/ms-project-file.ts'
import type { ExportKind } from './export-kinds.ts'
import { inParallel, throwFailures } from './in-parallel.ts'
import { type LoadDeps, type LoadedProject, loadProject } from './load-project.ts'
import type { RefreshDeps } from './refresh.ts'

/** Which projects: one, or those of a list. */
export type ExportedProjects = SummaryFilter | { readonly project: string }

/** What came of an export: the file, or that there is nothing to put into one. */
export type ExportResult =
  | { readonly type: 'file'; readonly file: SiteFile }
  | { readonly type: 'nothing' }
  /** A file of Microsoft Project holds one project. */
  | { readonly type: 'one-project-only' }

/** What exporting needs. */
export type ExportDeps = RefreshDeps & Pick<LoadDeps, 'demonstrationClock'>

const width = 8
const idsAtATime = 200

/**
 * Projects in one of the forms, as of now and not as they were published last.
 * @throws AggregateError when a project cannot be read: an export with a project missing would pass for whole.
 */
export const exportProjects = async (
  kind: ExportKind,
  which: ExportedProjects,
  { log, store, rules, clock, demonstrationClock }: ExportDeps
): Promise<ExportResult> => {
  const today = dateInShanghai(clock.now())
  const ids = 'project' in which ? [which.project] : await idsOf(which, store)
  if (kind === 'mspdi' && ids.length > 1) return { type: 'one-project-only' }
  const found = new Map<string, LoadedProject>()
  const failures = await inParallel(ids, width, async id => {
    const project = await loadProject(id, today, { log, rules, demonstrationClock, assess })
    if (project) found.set(id, project)
  })
  throwFailures('export', failures)
  const projects = ids.flatMap(id => found.get(id) ?? [])
  const [first] = projects
  if (!first) return { type: 'nothing' }
  const entries = projects.map(({ entry }) => entry)
  switch (kind) {
    case 'ledger':
      return { type: 'file', file: await ledgerFile(entries, today, 'ledger.xlsx') }
    case 'ledger-csv':
      return { type: 'file', file: ledgerCsvFile(entries) }
    case 'mspdi':
      return { type: 'file', file: msProjectFile(first.data, rules.calendars) }
    case 'oc4ids':
      return { type: 'file', file: infrastructurePackageFile(entries, today, undefined) }
    case 'ics':
      return { type: 'file', file: wholeCalendarFile(entries, undefined) }
  }
}

const idsOf = async (filter: SummaryFilter, store: StateStore): Promise<readonly string[]> => {
  const ids: string[] = []
  let cursor: string | undefined
  do {
    const page = await store.list(filter, idsAtATime, cursor)
    ids.push(...page.summaries.map(({ id }) => id))
    cursor = page.cursor
  } while (cursor !== undefined)
  return ids.toSorted()
}
