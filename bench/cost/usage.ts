import { uploadDays } from '../../functions/core/photo.ts'
import { type FunctionName, functionOf } from '../../lib/functions.ts'
import { none, type Requests, sum, times } from './count.ts'
import type { Item } from './prices.ts'

/** What each operation asks, as it was counted on the functions. */
export interface Operations {
  readonly report: Requests
  /** A report with two photographs: asking where to upload them, the uploads, the report, the pages. */
  readonly reportWithPhotos: Requests
  readonly reading: Requests
  /** Of a morning, for one project in which nothing changed. */
  readonly review: Requests
  readonly publication: Requests
  readonly digests: Requests
}

/** Assumed: how often a project causes what, a month. Changes that the review finds cost as much as a report. */
export const monthly = {
  reports: 9,
  reportsWithPhotos: 4,
  found: 4,
  reads: 20,
  mornings: 30.4,
  workingMornings: 21,
  pageViews: 50
}

/** Photographs of a report in {@link Operations}, each with its thumbnail. */
export const photosOfReport = 2

/** Assumed: a call of a function takes so long, generously; the API's other requests are too few to count. */
const seconds = 0.15
/** Counted on the demonstration: a commit with its share of carried state, and the state of a project. */
const storedKb = { commit: 1.4, state: 14 }
/** Assumed of a photograph of 1,600 pixels and its thumbnail of 320; measured of the site: pages, data and ledger of a project. */
const objectMb = { photo: 0.35, thumbnail: 0.02, site: 0.23 }
/** Assumed: a look at a project fetches its page, the style and ten thumbnails, nothing of it from the browser's store. */
const view = { requests: 12, mb: 0.22 }
/** Assumed of a line of the log of a call, in KB. */
const logKb = 0.5
/** A year of reports is kept by then. */
const months = 12
/** Of the stack, as it is synthesised: metrics in 37 alarms, metrics of its own, and one of each of the others. */
const fixed = { alarm: 43, metric: 10, dashboard: 1, secret: 1, key: 1 }

const perReport: readonly FunctionName[] = ['api', 'project-state', 'send-notices', 'publish-status']

/** What a bureau with so many projects uses in a month, after a year, in the units of the prices. */
export const usageOf = (projects: number, operations: Operations): Readonly<Record<Item, number>> => {
  const { reports, reportsWithPhotos, found, reads, mornings, workingMornings, pageViews } = monthly
  const photos = reportsWithPhotos * photosOfReport
  const asked = times(
    sum([
      times(operations.report, reports - reportsWithPhotos + found),
      times(operations.reportWithPhotos, reportsWithPhotos),
      times(operations.reading, reads),
      times(operations.review, mornings),
      times(operations.publication, mornings),
      times(operations.digests, workingMornings),
      // Every morning the publisher looks whether the photographs of a fortnight are kept.
      { ...none, gets: photos * uploadDays }
    ]),
    projects
  )
  const offers = photos
  const calls = projects * ((reports + found) * perReport.length + reads + offers) + mornings * 3
  const gbOf = (name: FunctionName) => functionOf(name).memoryMb / 1024
  const gbPerReport = perReport.reduce((gb, name) => gb + gbOf(name), 0)
  const storedMb = projects * ((reports + found) * months * (storedKb.commit / 1000) + storedKb.state / 1000)
  const photoMb = objectMb.photo + objectMb.thumbnail
  return {
    reads: asked.reads / million,
    writes: asked.writes / million,
    stored: storedMb / 1000,
    recovery: storedMb / 1000,
    invocations: calls / million,
    gbSeconds: projects * seconds * ((reports + found) * gbPerReport + (reads + offers) * gbOf('api')),
    api: (projects * (reports + reads + offers)) / million,
    puts: asked.puts / million,
    gets: asked.gets / million,
    objects: (projects * (photos * photoMb * (months + uploadDays / mornings) + objectMb.site)) / 1000,
    ...fixed,
    logs: (calls * logKb) / million,
    requests: (projects * pageViews * view.requests) / million,
    transfer: (projects * pageViews * view.mb) / 1000
  }
}

const million = 1e6
