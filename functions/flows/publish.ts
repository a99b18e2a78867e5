import { assess, assessWithForecast } from '../core/assess.ts'
import type { Rules } from '../core/assessment.ts'
import { dateInShanghai, type IsoDate } from '../core/dates.ts'
import type { Clock, EventLog, PageFile, PageStore, StateStore, Summary } from '../core/ports.ts'
import { summaryOf } from '../core/summary.ts'
import type { OpenApiDocument } from '../pages/api-document.ts'
import { overviewFiles, projectFiles, staticFiles } from '../pages/site.ts'
import { type Failure, inParallel } from './in-parallel.ts'

/** What publishing needs. */
export interface PublishDeps {
  readonly log: EventLog
  readonly store: StateStore
  readonly pages: PageStore
  readonly rules: Rules
  readonly clock: Clock
  /** The pages say that the clock stands still. */
  readonly demonstrationClock: boolean
}

/** What a publication did. */
export interface Publication {
  /** Paths of the files whose content changed. */
  readonly written: readonly string[]
  readonly failures: readonly Failure<string>[]
}

const width = 4
const summariesAtATime = 200

/** Publishes the pages of some projects and the overview over all; files that have not changed are left alone. */
export const publishProjects = async (ids: readonly string[], deps: PublishDeps): Promise<Publication> => {
  const today = dateInShanghai(deps.clock.now())
  const summaries = await summariesOf(today, deps)
  const positions = new Map(summaries.map(({ id }, position) => [id, position]))
  const written: string[] = []
  const write = async (files: readonly PageFile[]) => {
    for (const file of files) if ((await deps.pages.put(file)) === 'written') written.push(file.path)
  }
  const failures = await inParallel(new Set(ids), width, async id => {
    const position = positions.get(id)
    const neighbours =
      position === undefined ? {} : { previous: summaries[position - 1], next: summaries[position + 1] }
    await write(await filesOfProject(id, neighbours, today, deps))
  })
  await write(overviewFiles({ summaries, dataDate: today, demonstrationClock: deps.demonstrationClock }))
  return { written, failures }
}

/** Publishes everything: each morning, so that no page is older than a day, and whenever the pages themselves change. */
export const publishAll = async (openapi: OpenApiDocument, deps: PublishDeps): Promise<Publication> => {
  const files = staticFiles(openapi)
  const written: string[] = []
  for (const file of files) if ((await deps.pages.put(file)) === 'written') written.push(file.path)
  const summaries = await summariesOf(dateInShanghai(deps.clock.now()), deps)
  const projects = await publishProjects(
    summaries.map(({ id }) => id),
    deps
  )
  return { written: [...written, ...projects.written], failures: projects.failures }
}

const filesOfProject = async (
  id: string,
  neighbours: { readonly previous?: Summary | undefined; readonly next?: Summary | undefined },
  today: IsoDate,
  { log, rules, demonstrationClock }: PublishDeps
): Promise<readonly PageFile[]> => {
  const { state } = await log.load(id)
  if (state.status === 'unregistered') return []
  const commits = await log.commits(id, { newestFirst: true })
  return projectFiles({
    state,
    assessment: assessWithForecast(state, today, rules),
    commits,
    neighbours,
    demonstrationClock
  })
}

/**
 * All summaries with the numbers of a day. Colours hold until the next review, but days late and percentages move every
 * day; what was evaluated earlier is assessed again, once a day and version in each process.
 */
const summariesOf = async (today: IsoDate, { store, rules }: PublishDeps): Promise<readonly Summary[]> => {
  const summaries: Summary[] = []
  for (const stored of await allSummaries(store)) {
    if (stored.dataDate === today) {
      summaries.push(stored)
      continue
    }
    const known = ofToday.get(stored.id)
    if (known?.dataDate === today && known.version === stored.version) {
      summaries.push(known)
      continue
    }
    const summary = (await evaluated(stored, today, store, rules)) ?? stored
    ofToday.set(stored.id, summary)
    summaries.push(summary)
  }
  return summaries
}

const ofToday = new Map<string, Summary>()

/** A project whose state cannot be read or assessed keeps its last summary: it does not take the overview with it. */
const evaluated = async (
  { id, week }: Summary,
  today: IsoDate,
  store: StateStore,
  rules: Rules
): Promise<Summary | undefined> => {
  try {
    const snapshot = await store.get(id)
    return snapshot && { ...summaryOf(snapshot.state, assess(snapshot.state, today, rules)), week }
  } catch {
    return undefined
  }
}

/** All summaries in the order of the overview: what is required first stands first, then by id. */
const allSummaries = async (store: StateStore): Promise<readonly Summary[]> => {
  const found: Summary[] = []
  let cursor: string | undefined
  do {
    const page = await store.list({}, summariesAtATime, cursor)
    found.push(...page.summaries)
    cursor = page.cursor
  } while (cursor !== undefined)
  return found.sort((a, b) => compare(a.requiredBy ?? noDate, b.requiredBy ?? noDate) || compare(a.id, b.id))
}

/** After every date. */
const noDate = '9999'

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
