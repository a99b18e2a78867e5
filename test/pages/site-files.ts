import type { PageFile } from '../../functions/core/ports.ts'
import { overviewFiles, projectFiles, staticFiles } from '../../functions/pages/site.ts'
import { overview, projects } from './bureau.ts'
import { openapi } from './openapi.ts'

/** The whole site of the fixture, rendered anew on every call. */
export const renderSite = (): readonly PageFile[] => [
  ...overviewFiles(overview),
  ...projects.flatMap(projectFiles),
  ...staticFiles(openapi)
]

/** The HTML files among some. */
export const htmlFiles = (files: readonly PageFile[]): readonly PageFile[] =>
  files.filter(({ path }) => path.endsWith('.html'))
