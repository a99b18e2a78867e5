import type { PageStore, SiteFile } from '../core/ports.ts'
import type { SiteIndex } from '../core/site-entry.ts'
import { siteIndexTextSchema } from '../schema/site-index.ts'

const path = 'data/index.json'

/** The index as it was published last; `undefined` where there is none, or one of another form. */
export const readSiteIndex = async (pages: PageStore): Promise<SiteIndex | undefined> => {
  const text = await pages.read(path)
  return text === undefined ? undefined : siteIndexTextSchema.safeParse(text).data
}

/** The index as a file of the site. It is written last: until then the one before holds, and all is done again. */
export const siteIndexFile = (index: SiteIndex): SiteFile => ({
  path,
  body: `${JSON.stringify(index)}\n`,
  contentType: 'application/json; charset=utf-8'
})
