import { assessWithForecast } from '../core/assess.ts'
import { courseOf } from '../core/course.ts'
import { dateInShanghai } from '../core/dates.ts'
import type {
  Clock,
  EventLog,
  FormPrograms,
  PageStore,
  PhotoStore,
  SiteFile,
  StateStore,
  Summary
} from '../core/ports.ts'
import type { Rules } from '../core/rules.ts'
import type { SiteEntry, SiteIndex, SitePart } from '../core/site-entry.ts'
import { byRequirement, describedPart, divided, type PartPlace, partFor, wholeAtMost } from '../core/site-part.ts'
import type { OpenApiDocument } from '../pages/api-document.ts'
import { formFiles } from '../pages/form-files.ts'
import type { SiteSetting } from '../pages/layout.ts'
import type { ProjectPageData } from '../pages/project-view.ts'
import {
  overviewFiles,
  overviewForms,
  partFiles,
  projectFiles,
  projectForms,
  staticFiles,
  townsFiles
} from '../pages/site.ts'
import { touchIconFile } from '../pages/site-icon.ts'
import { type Failure, inParallel } from './in-parallel.ts'
import { type LoadedProject, loadProject } from './load-project.ts'
import { keepPhotos } from './photos.ts'
import { partFile, partPaths, publishedPlace, readPart, readSiteIndex, siteIndexFile } from './site-index.ts'

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
  /** Absent where photographs are not taken. */
  readonly photos?: Pick<PhotoStore, 'read' | 'isKept' | 'keep'> | undefined
}

/** What publishing the whole site needs. */
export interface PublishAllDeps extends PublishDeps {
  readonly form: () => Promise<FormPrograms>
}

/** What a publication did. */
export interface Publication {
  /** Paths of the files whose content changed. */
  readonly written: readonly string[]
  readonly failures: readonly Failure<string>[]
  /** Hashes of photographs that reports have named and that are not there; nobody can mend it by doing it again. */
  readonly lostPhotos: readonly string[]
}

/** Most of a publication is waiting for the bucket. */
const width = 16
const summariesAtATime = 200

/**
 * Publishes the pages of some projects, and what shows many: files that have not changed are left alone, and of the other
 * projects nothing is read but the index of the site, or of the parts that they stand in. The first publication of a day
 * is a whole one, since on the overview the numbers of every project move with the date.
 */
export const publishProjects = async (ids: readonly string[], deps: PublishDeps): Promise<Publication> => {
  const run = publicationRun(deps)
  const index = await readSiteIndex(deps.pages)
  if (index?.dataDate !== run.today || index.siteUrl !== deps.siteUrl) return publishEverything(index, run)
  const loaded = await run.loadAll(ids)
  switch (index.kind) {
    case 'whole':
      await run.writeWhole(await run.publishChanged(index.entries, loaded))
      break
    case 'divided':
      await publishInParts(index.parts, loaded, run)
      break
  }
  return run.publication()
}

/** Publishes everything: each morning, so that no page is older than a day, and whenever the pages themselves change. */
export const publishAll = async (openapi: OpenApiDocument, deps: PublishAllDeps): Promise<Publication> => {
  const run = publicationRun(deps)
  const site: SiteSetting = { siteUrl: deps.siteUrl, clockStandsAt: deps.demonstrationClock ? run.today : undefined }
  await run.write([...staticFiles(openapi, site), touchIconFile()])
  // Last among them: the worker names the others by their hashes.
  await run.write(await formFiles(await deps.form(), site))
  return publishEverything(await readSiteIndex(deps.pages), run)
}

const publishEverything = async (before: SiteIndex | undefined, run: PublicationRun): Promise<Publication> => {
  const summaries = await run.summaries()
  const known = before?.kind === 'whole' ? before.entries : []
  const former = before?.kind === 'divided' ? before.parts : []
  if (summaries.length <= wholeAtMost) await run.writeWhole(await run.publishAllOf(summaries, known), former)
  else {
    const parts: SitePart[] = []
    // One part after the other, so that no more than its entries are in memory.
    for (const [place, members] of divided(summaries))
      parts.push(await run.writePart(place, await run.publishAllOf(members, known)))
    const folders = new Set(parts.map(({ folder }) => folder))
    await run.writeTowns(
      parts,
      former.filter(({ folder }) => !folders.has(folder))
    )
  }
  return run.publication()
}

/** Publishes changed projects of a divided site: the parts that they stand in, those that they left, and the overview. */
const publishInParts = async (
  parts: readonly SitePart[],
  loaded: ReadonlyMap<string, LoadedProject>,
  run: PublicationRun
): Promise<void> => {
  const known = new Map<string, PartPlace>(parts.map(part => [part.folder, part]))
  const arriving = new Map<string, Map<string, LoadedProject>>()
  for (const [id, project] of loaded) {
    const former = await publishedPlace(run.pages, id)
    // Emptied of it first: whatever breaks off in between, no project stands in two parts.
    const places = [...(former ? [partFor(former, parts)] : []), partFor(project.entry.summary, parts)]
    for (const place of places) {
      known.set(place.folder, known.get(place.folder) ?? place)
      arriving.set(place.folder, arriving.get(place.folder) ?? new Map())
    }
    arriving.get(places.at(-1)?.folder ?? '')?.set(id, project)
  }
  const described = new Map(parts.map(part => [part.folder, part]))
  for (const [folder, projects] of arriving) {
    const place = known.get(folder)
    if (!place) continue
    const staying = (await readPart(run.pages, place)).filter(({ summary }) => {
      const moved = loaded.get(summary.id)
      return !moved || partFor(moved.entry.summary, parts).folder === folder
    })
    described.set(folder, await run.writePart(place, await run.publishChanged(staying, projects)))
  }
  await run.writeTowns([...described.values()])
}

type Neighbours = ProjectPageData['neighbours']

type PublicationRun = ReturnType<typeof publicationRun>

/** One publication on one day: what it reads and writes, and what it has written so far. */
const publicationRun = ({ log, store, pages, rules, clock, demonstrationClock, siteUrl, photos }: PublishDeps) => {
  const today = dateInShanghai(clock.now())
  const written: string[] = []
  const failures: Failure<string>[] = []
  const lostPhotos: string[] = []

  const write = async (files: readonly SiteFile[]): Promise<void> => {
    for (const file of files) if ((await pages.put(file)) === 'written') written.push(file.path)
  }

  const load = (id: string): Promise<LoadedProject | undefined> =>
    loadProject(id, today, { log, rules, demonstrationClock, assess: assessWithForecast })

  const loadAll = async (ids: Iterable<string>): Promise<ReadonlyMap<string, LoadedProject>> => {
    const loaded = new Map<string, LoadedProject>()
    const failed = await inParallel(new Set(ids), width, async id => {
      const project = await load(id)
      if (project) loaded.set(id, project)
    })
    failures.push(...failed)
    return loaded
  }

  /** Of parts that are no more nothing stays: an old page of a town would look alive. What fails ends the publication. */
  const removeParts = async (parts: readonly PartPlace[]): Promise<void> => {
    for (const path of parts.flatMap(partPaths)) await pages.remove(path)
  }

  const writeProject = async ({ data, entry, steps }: LoadedProject, neighbours: Neighbours = {}): Promise<void> => {
    const { id } = data.state.project
    if (photos) lostPhotos.push(...(await keepPhotos(id, data.commits, today, photos)))
    const course = courseOf(data.state, steps, today, rules)
    await write([...projectFiles({ ...data, course, neighbours, siteUrl }), ...projectForms(entry, siteUrl)])
  }

  return {
    today,
    pages,
    write,
    loadAll,

    /** Writes the pages of changed projects, and of those beside them that lead there under another name now. */
    publishChanged: async (
      before: readonly SiteEntry[],
      loaded: ReadonlyMap<string, LoadedProject>
    ): Promise<readonly SiteEntry[]> => {
      const staying = before.filter(({ summary }) => !loaded.has(summary.id))
      const entries = inOrder([...staying, ...[...loaded.values()].map(({ entry }) => entry)])
      const neighbours = neighboursIn(entries.map(({ summary }) => summary))
      const renamed = differing(neighboursIn(before.map(({ summary }) => summary)), neighbours)
      const beside = await loadAll(renamed.filter(id => !loaded.has(id)))
      const failed = await inParallel([...loaded, ...beside], width, ([id, project]) =>
        writeProject(project, neighbours.get(id))
      )
      failures.push(...failed.map(({ item: [item], error }) => ({ item, error })))
      return entries
    },

    /**
     * Writes the pages of all these, a few at a time. A project that fails keeps its last entry, else its summary: it
     * does not take the overview with it.
     */
    publishAllOf: async (
      summaries: readonly Summary[],
      before: readonly SiteEntry[]
    ): Promise<readonly SiteEntry[]> => {
      const ordered = summaries.toSorted(byRequirement)
      const neighbours = neighboursIn(ordered)
      const known = new Map(before.map(entry => [entry.summary.id, entry]))
      const published: SiteEntry[] = []
      const failed = await inParallel(ordered, width, async summary => {
        let entry = known.get(summary.id) ?? bareEntry(summary)
        try {
          const project = await load(summary.id)
          if (!project) return
          entry = project.entry
          await writeProject(project, neighbours.get(summary.id))
        } finally {
          published.push(entry)
        }
      })
      failures.push(...failed.map(({ item, error }) => ({ item: item.id, error })))
      return inOrder(published)
    },

    /** `former` are the parts of a divided site that go; before its index does, so that nothing broken off is forgotten. */
    writeWhole: async (entries: readonly SiteEntry[], former: readonly PartPlace[] = []): Promise<void> => {
      const summaries = entries.map(({ summary }) => summary)
      await write(overviewFiles({ summaries, dataDate: today, demonstrationClock, siteUrl }))
      await write(await overviewForms(entries, today, siteUrl))
      await removeParts(former)
      await write([siteIndexFile({ kind: 'whole', dataDate: today, siteUrl, entries })])
    },

    writePart: async (place: PartPlace, entries: readonly SiteEntry[]): Promise<SitePart> => {
      const part = describedPart(place, entries, today)
      const summaries = entries.map(({ summary }) => summary)
      await write(await partFiles({ part, summaries, dataDate: today, demonstrationClock, siteUrl }, entries, siteUrl))
      await write([partFile(place.folder, entries)])
      return part
    },

    writeTowns: async (parts: readonly SitePart[], former: readonly PartPlace[] = []): Promise<void> => {
      await write(await townsFiles({ parts, dataDate: today, demonstrationClock, siteUrl }, siteUrl))
      await removeParts(former)
      await write([siteIndexFile({ kind: 'divided', dataDate: today, siteUrl, parts })])
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
      return found
    },

    publication: (): Publication => ({ written, failures, lostPhotos })
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
