import { addDays, type IsoDate } from './dates.ts'
import type { Light } from './policy.ts'
import type { Summary } from './ports.ts'
import { byMargin, countProspects, prospectOf } from './prospect.ts'
import { dateOf } from './schedule.ts'
import type { SiteEntry, SitePart } from './site-entry.ts'

/** Up to so many projects the overview shows every one; then it shows towns. */
export const wholeAtMost = 200

/** Most projects of a part when the site is divided; it may grow until the next morning. */
export const partAtMost = 100

/** What tells where a project stands. */
export type Placed = Pick<Summary, 'id' | 'requiredBy'> & { readonly town?: string | null | undefined }

/** Which projects belong to a part. */
export type PartPlace = Pick<SitePart, 'folder' | 'town' | 'page' | 'from'>

/** The order of the overview: what is required first stands first, then by id. */
export const byRequirement = (a: Placed, b: Placed): number => compare(placeInOrder(a), placeInOrder(b))

/** Divides projects by town, and each town into stretches of its order. */
export const divided = (summaries: readonly Summary[]): ReadonlyMap<PartPlace, readonly Summary[]> => {
  const parts = new Map<PartPlace, readonly Summary[]>()
  const byTown = Map.groupBy(summaries, ({ town }) => town ?? null)
  // In the order of the characters, so that the towns stand where they stood yesterday; without a town last.
  for (const [town, members] of [...byTown].toSorted(([a], [b]) => compare(a ?? '\uffff', b ?? '\uffff'))) {
    const inOrder = members.toSorted(byRequirement)
    for (let start = 0; start < inOrder.length; start += partAtMost) {
      const page = start / partAtMost + 1
      const first = inOrder[start]
      const from = page === 1 || !first ? '' : placeInOrder(first)
      parts.set({ folder: folderOf(town, page), town, page, from }, inOrder.slice(start, start + partAtMost))
    }
  }
  return parts
}

/** The part that a project belongs to; a town that has none yet gets its first. */
export const partFor = (project: Placed, parts: readonly PartPlace[]): PartPlace => {
  const town = project.town ?? null
  const place = placeInOrder(project)
  const found = parts.filter(part => part.town === town).findLast(({ from }) => from <= place)
  return found ?? { folder: folderOf(town, 1), town, page: 1, from: '' }
}

/** A part with what the overview shows of it. */
export const describedPart = (place: PartPlace, entries: readonly SiteEntry[], dataDate: IsoDate): SitePart => {
  const summaries = entries.map(({ summary }) => summary)
  return {
    folder: place.folder,
    town: place.town,
    page: place.page,
    from: place.from,
    total: entries.length,
    lights: countLights(summaries),
    prospects: countProspects(summaries),
    demonstration: summaries.some(({ demonstration }) => demonstration),
    provisional: summaries.some(({ provisional }) => provisional),
    endangered: summaries
      .filter(summary => prospectOf(summary) === 'endangered')
      .sort(byMargin)
      .slice(0, mostEndangered)
      .map(summary => ({ ...inBrief(summary), due: undefined })),
    due: dueIn(entries, dataDate),
    latest: entries
      .flatMap(entry => (entry.news[0] ? [{ entry, at: entry.news[0].at }] : []))
      .toSorted((a, b) => compare(b.at, a.at))
      .slice(0, mostLatest)
      .map(({ entry }) => ({
        ...entry,
        summary: { ...inBrief(entry.summary), due: undefined },
        milestones: [],
        news: entry.news.slice(0, mostNews)
      }))
  }
}

/** Without what no file about the whole site shows: a bureau of 100,000 projects has a thousand parts in its index. */
const inBrief = (summary: Summary): Summary => ({
  ...summary,
  programme: undefined,
  owed: undefined,
  category: undefined,
  responsibleUnit: undefined,
  brokenLaws: [],
  rules: [],
  stages: undefined,
  scope: undefined,
  count: undefined,
  delays: undefined,
  decideBy: undefined,
  week: undefined
})

const mostEndangered = 8
const mostDue = 10
const mostLatest = 5
const mostNews = 3
const daysAhead = 28

const dueIn = (entries: readonly SiteEntry[], dataDate: IsoDate): readonly SiteEntry[] => {
  const until = addDays(dataDate, daysAhead)
  const open = entries.flatMap(entry => {
    const milestones = entry.milestones.filter(
      ({ status, finish }) => status !== 'done' && status !== 'cancelled' && finish !== null && dateOf(finish) <= until
    )
    const first = milestones.map(({ finish }) => finish ?? until).toSorted()[0]
    return first === undefined ? [] : [{ entry: { ...entry, milestones, news: [] }, first }]
  })
  return open
    .toSorted((a, b) => compare(a.first, b.first))
    .slice(0, mostDue)
    .map(({ entry }) => ({ ...entry, summary: inBrief(entry.summary) }))
}

const countLights = (summaries: readonly Summary[]): Readonly<Record<Light, number>> => {
  const counts: Record<Light, number> = {
    red: 0,
    yellow: 0,
    blue: 0,
    green: 0,
    stale: 0,
    paused: 0,
    'no-baseline': 0,
    done: 0
  }
  for (const { light } of summaries) counts[light] += 1
  return counts
}

/** Letters and digits stay, any other character becomes its code: two towns never share a folder. */
const folderOf = (town: string | null, page: number): string => {
  const name = town?.replace(/[^\p{L}\p{N}]/gu, character => `-${character.codePointAt(0)?.toString(16)}`) ?? '-'
  return page === 1 ? `towns/${name}/` : `towns/${name}/${page}/`
}

const placeInOrder = ({ id, requiredBy }: Placed): string => `${requiredBy ?? noDate} ${id}`

/** After every date. */
const noDate = '9999'

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
