import { assessWithForecast } from '../core/assess.ts'
import type { Rules } from '../core/assessment.ts'
import { courseOf } from '../core/course.ts'
import { dateInShanghai } from '../core/dates.ts'
import type { Clock, EventLog, PageStore, SiteFile, StateStore, Summary } from '../core/ports.ts'
import type { SiteEntry } from '../core/site-entry.ts'
import type { OpenApiDocument } from '../pages/api-document.ts'
import type { ProjectPageData } from '../pages/project-view.ts'
import { overviewFiles, overviewForms, projectFiles, projectForms, staticFiles } from '../pages/site.ts'
import { type Failure, inParallel } from './in-parallel.ts'
import { type LoadedProject, loadProject } from './load-project.ts'
import { readSiteIndex, siteIndexFile } from './site-index.ts'

/** What publishing needs. */
export interface PublishDeps {
  readonly log: EventLog
  readonly store: StateStore
  readonly pages: PageStore
  readonly rules: Rules
  readonly clock: Clock
  /** The pages say that the clock stands still. */
  readonly demonstrationClock: boolean
  /** Address of the site, `https://…/`, for the forms that leave it: calendar and feed. */
  readonly siteUrl?: string | undefined
}

/** What a publication did. */
export interface Publication {
  /** Paths of the files whose content changed. */
  readonly written: readonly string[]
  readonly failures: readonly Failure<string>[]
}

/** Most of a publication is waiting for the bucket. */
const width = 16
const summariesAtATime = 200

/**
 * Publishes the pages of some projects, and what shows many: files that have not changed are left alone, and of the other
 * projects nothing is read but the index of the site. The first publication of a day is a whole one, since on the
 * overview the numbers of every project move with the date.
 */
export const publishProjects = async (ids: readonly string[], deps: PublishDeps): Promise<Publication> => {
  const run = publicationRun(deps)
  const index = await readSiteIndex(deps.pages)
  if (index?.dataDate !== run.today || index.siteUrl !== deps.siteUrl)
    return publishEverything(index?.entries ?? [], run)
  const before = index.entries
  const loaded = new Map<string, LoadedProject>()
  const load = async (id: string) => {
    const project = await run.load(id)
    if (project) loaded.set(id, project)
  }
  const failures = await inParallel(new Set(ids), width, load)
  const entries = inOrder([
    ...before.filter(({ summary }) => !loaded.has(summary.id)),
    ...[...loaded.values()].map(({ entry }) => entry)
  ])
  const neighbours = neighboursIn(entries.map(({ summary }) => summary))
  const renamed = differing(neighboursIn(before.map(({ summary }) => summary)), neighbours)
  const failuresBeside = await inParallel(
    renamed.filter(id => !loaded.has(id)),
    width,
    load
  )
  const failuresOfPages = await inParallel(loaded, width, ([id, project]) =>
    run.writeProject(project, neighbours.get(id))
  )
  await run.writeOverview(entries)
  return run.publication([
    ...failures,
    ...failuresBeside,
    ...failuresOfPages.map(({ item: [item], error }) => ({ item, error }))
  ])
}

/** Publishes everything: each morning, so that no page is older than a day, and whenever the pages themselves change. */
export const publishAll = async (openapi: OpenApiDocument, deps: PublishDeps): Promise<Publication> => {
  const run = publicationRun(deps)
  await run.write(staticFiles(openapi))
  return publishEverything((await readSiteIndex(deps.pages))?.entries ?? [], run)
}

/** A project that fails keeps its last entry, else its summary: it does not take the overview with it. */
const publishEverything = async (before: readonly SiteEntry[], run: PublicationRun): Promise<Publication> => {
  const summaries = await run.summaries()
  const neighbours = neighboursIn(summaries)
  const entries = new Map(before.map(entry => [entry.summary.id, entry]))
  const published: SiteEntry[] = []
  const failures = await inParallel(summaries, width, async summary => {
    let entry = entries.get(summary.id) ?? bareEntry(summary)
    try {
      const project = await run.load(summary.id)
      if (!project) return
      entry = project.entry
      await run.writeProject(project, neighbours.get(summary.id))
    } finally {
      published.push(entry)
    }
  })
  await run.writeOverview(inOrder(published))
  return run.publication(failures.map(({ item, error }) => ({ item: item.id, error })))
}

type Neighbours = ProjectPageData['neighbours']

type PublicationRun = ReturnType<typeof publicationRun>

/** One publication on one day: what it reads and writes, and what it has written so far. */
const publicationRun = ({ log, store, pages, rules, clock, demonstrationClock, siteUrl }: PublishDeps) => {
  const today = dateInShanghai(clock.now())
  const written: string[] = []

  const write = async (files: readonly SiteFile[]): Promise<void> => {
    for (const file of files) if ((await pages.put(file)) === 'written') written.push(file.path)
  }

  return {
    today,
    write,

    load: (id: string): Promise<LoadedProject | undefined> =>
      loadProject(id, today, { log, rules, demonstrationClock, assess: assessWithForecast }),

    writeProject: ({ data, entry }: LoadedProject, neighbours: Neighbours = {}): Promise<void> => {
      const course = courseOf(data.state, data.commits.toReversed(), today, rules)
      return write([...projectFiles({ ...data, course, neighbours }), ...projectForms(entry, siteUrl)])
    },

    writeOverview: async (entries: readonly SiteEntry[]): Promise<void> => {
      const summaries = entries.map(({ summary }) => summary)
      await write(overviewFiles({ summaries, dataDate: today, demonstrationClock }))
      await write(await overviewForms(entries, today, siteUrl))
      await write([siteIndexFile({ dataDate: today, siteUrl, entries })])
    },

    /** All summaries, as they were evaluated last. */
    summaries: async (): Promise<readonly Summary[]> => {
      const found: Summary[] = []
      let cursor: string | undefined
      do {
        const page = await store.list({}, summariesAtATime, cursor)
        found.push(...page.summaries)
        cursor = page.cursor
      } while (cursor !== undefined)
      return found.toSorted(byRequirement)
    },

    publication: (failures: readonly Failure<string>[]): Publication => ({ written, failures })
  }
}

/** What is known of a project that has never been published and cannot be now. */
const bareEntry = (summary: Summary): SiteEntry => ({
  summary,
  milestones: [],
  news: [],
  revision: { number: summary.version, at: `${summary.dataDate}T00:00:00+08:00` }
})

const neighboursIn = (summaries: readonly Summary[]): ReadonlyMap<string, Neighbours> => {
  const named = summaries.map(({ id, name, nameEn }) => ({ id, name, nameEn }))
  return new Map(named.map(({ id }, at) => [id, { previous: named[at - 1], next: named[at + 1] }]))
}

/** The projects of which a neighbour is another now, or has another name. */
const differing = (
  before: ReadonlyMap<string, Neighbours>,
  after: ReadonlyMap<string, Neighbours>
): readonly string[] => [...after].filter(([id, now]) => !sameNeighbours(before.get(id), now)).map(([id]) => id)

const sameNeighbours = (before: Neighbours | undefined, now: Neighbours): boolean =>
  (['previous', 'next'] as const).every(side => {
    const [a, b] = [before?.[side], now[side]]
    return a?.id === b?.id && a?.name === b?.name && a?.nameEn === b?.nameEn
  })

const inOrder = (entries: readonly SiteEntry[]): readonly SiteEntry[] =>
  entries.toSorted((a, b) => byRequirement(a.summary, b.summary))

/** The order of the overview: what is required first stands first, then by id. */
const byRequirement = (a: Summary, b: Summary): number =>
  compare(a.requiredBy ?? noDate, b.requiredBy ?? noDate) || compare(a.id, b.id)

/** After every date. */
const noDate = '9999'

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
