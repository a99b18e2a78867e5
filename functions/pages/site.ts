import type { IsoDate } from '../core/dates.ts'
import type { PageFile, SiteFile } from '../core/ports.ts'
import type { SiteEntry } from '../core/site-entry.ts'
import { apiDocsPage } from './api-docs-page.ts'
import type { OpenApiDocument } from './api-document.ts'
import { atomFeedFile } from './atom-feed.ts'
import { calendarFile, projectCalendarFile, wholeCalendarFile } from './calendar-feed.ts'
import { partsJson, projectJson, projectsJson } from './data-files.ts'
import { infrastructurePackageFile } from './infrastructure-data.ts'
import { languages } from './language.ts'
import { assets, type SiteSetting } from './layout.ts'
import { ledgerFile, townsLedgerFile } from './ledger-sheet.ts'
import { notFoundPage } from './not-found-page.ts'
import { type OverviewData, overviewPage } from './overview-page.ts'
import { printPage } from './print-page.ts'
import { projectPage } from './project-page.ts'
import type { ProjectPageData } from './project-view.ts'
import { siteIcon } from './site-icon.ts'
import { siteScript } from './site-script.ts'
import { styleSheet } from './style-sheet.ts'
import { type TownPageData, townName, townPage } from './town-page.ts'
import { type TownsData, townsPage } from './towns-page.ts'

/** What is written when any summary changed: the overview and the board in both languages, and the JSON form. */
export const overviewFiles = (data: OverviewData): readonly PageFile[] => [
  ...languages.flatMap(lang => [overviewPage(data, lang), printPage(data, lang)]),
  projectsJson(data)
]

/** What is written when a project changed: its page in both languages and its JSON form. */
export const projectFiles = (data: ProjectPageData): readonly PageFile[] => [
  ...languages.map(lang => projectPage(data, lang)),
  projectJson(data)
]

/** The forms of a project for other programs. */
export const projectForms = (entry: SiteEntry, siteUrl: string | undefined): readonly PageFile[] => [
  projectCalendarFile(entry, siteUrl)
]

/** The forms of all projects for other programs: calendar, feed, OC4IDS, ledger. */
export const overviewForms = async (
  entries: readonly SiteEntry[],
  dataDate: IsoDate,
  siteUrl: string | undefined
): Promise<readonly SiteFile[]> => [
  wholeCalendarFile(entries, siteUrl),
  atomFeedFile(entries, dataDate, siteUrl),
  // A package of the standard holds one project at least.
  ...(entries.length > 0 ? [infrastructurePackageFile(entries, dataDate, siteUrl)] : []),
  await ledgerFile(entries, dataDate, 'ledger.xlsx')
]

/** What is written of a part of a divided site when one of its projects changed. */
export const partFiles = async (
  data: TownPageData,
  entries: readonly SiteEntry[],
  siteUrl: string | undefined
): Promise<readonly SiteFile[]> => {
  const { part, dataDate } = data
  const { folder, town } = part
  return [
    ...languages.map(lang => townPage(data, lang)),
    projectsJson(data, `${folder}projects.json`),
    calendarFile(entries, { path: `${folder}calendar.ics`, name: townName(town, 'zh'), siteUrl }),
    ...(entries.length > 0 ? [infrastructurePackageFile(entries, dataDate, siteUrl, `${folder}oc4ids.json`)] : []),
    await ledgerFile(entries, dataDate, `${folder}ledger.xlsx`)
  ]
}

/** Where {@link partFiles} are. */
export const partFilePaths = (folder: string): readonly string[] => [
  `${folder}index.html`,
  `en/${folder}index.html`,
  ...['projects.json', 'calendar.ics', 'oc4ids.json', 'ledger.xlsx'].map(name => folder + name)
]

/** What is written of a divided site as a whole: towns, what is due and what happened anywhere, and where the rest is. */
export const townsFiles = async (data: TownsData, siteUrl: string | undefined): Promise<readonly SiteFile[]> => {
  const { parts, dataDate } = data
  return [
    ...languages.flatMap(lang => [townsPage(data, lang, ''), townsPage(data, lang, 'print/')]),
    partsJson(data, 'data/projects.json'),
    partsJson(data, 'data/oc4ids.json'),
    wholeCalendarFile(
      parts.flatMap(({ due }) => due),
      siteUrl
    ),
    atomFeedFile(
      parts.flatMap(({ latest }) => latest),
      dataDate,
      siteUrl
    ),
    await townsLedgerFile(data, siteUrl)
  ]
}

/** What depends on no project: the assets, the documentation of the API, the page for lost visitors. The form is made apart (`form-files.ts`). */
export const staticFiles = (openapi: OpenApiDocument, site: SiteSetting): readonly PageFile[] => [
  { path: assets.style, body: styleSheet, contentType: 'text/css; charset=utf-8' },
  { path: assets.script, body: siteScript, contentType: 'text/javascript; charset=utf-8' },
  { path: assets.icon, body: siteIcon, contentType: 'image/svg+xml' },
  ...languages.map(lang => apiDocsPage(openapi, lang, site)),
  notFoundPage(site.clockStandsAt)
]
