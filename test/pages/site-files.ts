import type { Assessment } from '../../functions/core/assessment.ts'
import type { PageFile } from '../../functions/core/ports.ts'
import { atomFeedFile } from '../../functions/pages/atom-feed.ts'
import { wholeCalendarFile } from '../../functions/pages/calendar-feed.ts'
import { formFiles } from '../../functions/pages/form-files.ts'
import { overviewFiles, projectFiles, projectForms, staticFiles } from '../../functions/pages/site.ts'
import { type ProjectPast, siteEntryOf } from '../../functions/pages/site-entry.ts'
import { overview, projects } from './bureau.ts'
import { openapi } from './openapi.ts'

/** The whole site of the fixture, rendered anew on every call. */
export const renderSite = (): readonly PageFile[] => [
  ...overviewFiles(overview),
  ...projects.flatMap(projectFiles),
  ...entries.flatMap(entry => projectForms(entry, siteUrl)),
  wholeCalendarFile(entries, siteUrl),
  atomFeedFile(entries, overview.dataDate, siteUrl),
  ...staticFiles(openapi, {}),
  ...form
]

/** The form with programs that do nothing. */
const form = await formFiles({ first: '', page: '', worker: '' }, {})

/** A project whose last commit is of the day of its assessment. */
export const unmoved = ({ milestones }: Assessment): ProjectPast => ({
  finishesAtLastCommit: new Map(
    milestones.flatMap(({ id, projectedFinish }) => (projectedFinish === null ? [] : [[id, projectedFinish]]))
  ),
  week: undefined
})

/** What the site's own index holds of the fixture. */
export const entries = projects.map(data => siteEntryOf(data, unmoved(data.assessment)))

/** Address of the site of the fixture. */
export const siteUrl = 'https://jindu.example.org/'

/** The HTML files among some. */
export const htmlFiles = (files: readonly PageFile[]): readonly PageFile[] =>
  files.filter(({ path }) => path.endsWith('.html'))
