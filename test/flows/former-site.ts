import type { PageStore } from '../../functions/core/ports.ts'
import type { SiteIndex } from '../../functions/core/site-entry.ts'
import { partPaths, siteIndexFile } from '../../functions/flows/site-index.ts'

const vanished = {
  folder: 'towns/x/',
  town: 'x',
  page: 1,
  from: '',
  total: 0,
  lights: { red: 0, yellow: 0, blue: 0, green: 0, stale: 0, paused: 0, 'no-baseline': 0, done: 0 },
  prospects: { done: 0, endangered: 0, unknown: 0, behind: 0, 'on-time': 0 },
  demonstration: false,
  provisional: false,
  endangered: [],
  due: [],
  latest: []
}

/** The index of a divided site of an earlier day, with a part of a town that has no project any more. */
export const formerSite: SiteIndex = { kind: 'divided', dataDate: '2021-06-01', parts: [vanished] }

/** Publishes that site: its index, and whatever stands at the places of its part. */
export const putFormerSite = async (pages: PageStore): Promise<void> => {
  for (const path of partPaths(vanished))
    await pages.put({ path, body: 'of an earlier day', contentType: 'text/plain' })
  await pages.put(siteIndexFile(formerSite))
}
