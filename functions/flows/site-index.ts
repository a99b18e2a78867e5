import type { PageStore, SiteFile } from '../core/ports.ts'
import type { SiteEntry, SiteIndex, SitePart } from '../core/site-entry.ts'
import type { Placed } from '../core/site-part.ts'
import { partFilePaths } from '../pages/site.ts'
import { partTextSchema, publishedPlaceSchema, siteIndexTextSchema } from '../schema/site-index.ts'

const path = 'data/index.json'

/** The index as it was published last; `undefined` where there is none, or one of another form. */
export const readSiteIndex = async (pages: PageStore): Promise<SiteIndex | undefined> => {
  const text = await pages.read(path)
  return text === undefined ? undefined : siteIndexTextSchema.safeParse(text).data
}

/** The index as a file of the site. It is written last: until then the one before holds, and all is done again. */
export const siteIndexFile = (index: SiteIndex): SiteFile => jsonFile(path, index)

/**
 * The entries of a part of a divided site.
 * @throws ZodError when they cannot be read: a part that forgot its projects would take them off the site.
 */
export const readPart = async (
  pages: PageStore,
  { folder }: Pick<SitePart, 'folder'>
): Promise<readonly SiteEntry[]> => {
  const text = await pages.read(partPath(folder))
  return text === undefined ? [] : partTextSchema.parse(text).entries
}

/** The entries of a part as a file of the site. */
export const partFile = (folder: string, entries: readonly SiteEntry[]): SiteFile =>
  jsonFile(partPath(folder), { entries })

/** Every file of a part. */
export const partPaths = ({ folder }: Pick<SitePart, 'folder'>): readonly string[] => [
  ...partFilePaths(folder),
  partPath(folder)
]

/** Where a project stood when it was published last; `undefined` where it never was. */
export const publishedPlace = async (pages: PageStore, id: string): Promise<Placed | undefined> => {
  const text = await pages.read(`data/projects/${id}.json`)
  const place = text === undefined ? undefined : publishedPlaceSchema.safeParse(text).data?.project
  return place && { ...place, requiredBy: place.requiredBy ?? null }
}

const partPath = (folder: string): string => `${folder}index.json`

const jsonFile = (path: string, content: object): SiteFile => ({
  path,
  body: `${JSON.stringify(content)}\n`,
  contentType: 'application/json; charset=utf-8'
})
