import type { PageFile } from '../core/ports.ts'
import { apiDocsPage } from './api-docs-page.ts'
import type { OpenApiDocument } from './api-document.ts'
import { projectJson, projectsJson } from './data-files.ts'
import { languages } from './language.ts'
import { assets } from './layout.ts'
import { siteIcon } from './light-mark.ts'
import { notFoundPage } from './not-found-page.ts'
import { type OverviewData, overviewPage } from './overview-page.ts'
import { projectPage } from './project-page.ts'
import type { ProjectPageData } from './project-view.ts'
import { reportPage } from './report-page.ts'
import { reportScript } from './report-script.ts'
import { siteScript } from './site-script.ts'
import { styleSheet } from './style-sheet.ts'

/** What is written when any summary changed: the overview in both languages and its JSON form. */
export const overviewFiles = (data: OverviewData): readonly PageFile[] => [
  ...languages.map(lang => overviewPage(data, lang)),
  projectsJson(data)
]

/** What is written when a project changed: its page in both languages and its JSON form. */
export const projectFiles = (data: ProjectPageData): readonly PageFile[] => [
  ...languages.map(lang => projectPage(data, lang)),
  projectJson(data)
]

/** What depends on no project: the assets, the form for reports, the documentation of the API, the page for lost visitors. */
export const staticFiles = (openapi: OpenApiDocument): readonly PageFile[] => [
  { path: assets.style, body: styleSheet, contentType: 'text/css; charset=utf-8' },
  { path: assets.script, body: siteScript, contentType: 'text/javascript; charset=utf-8' },
  { path: 'assets/report.js', body: reportScript, contentType: 'text/javascript; charset=utf-8' },
  { path: assets.icon, body: siteIcon, contentType: 'image/svg+xml' },
  ...languages.map(lang => reportPage(lang)),
  ...languages.map(lang => apiDocsPage(openapi, lang)),
  notFoundPage()
]
