import type { FormPrograms, PageFile } from '../core/ports.ts'
import { type Language, languages, sayIn } from './language.ts'
import { assets, rootFrom, type SiteSetting } from './layout.ts'
import { formProgram, reportPage } from './report-page.ts'
import { siteIcon, touchIconSide } from './site-icon.ts'
import { formStyleSheet } from './style-form.ts'

/**
 * The form for reports as files. The service workers come last and name every file that the form needs by its hash, so
 * that a browser takes a new form whole or keeps the one it has.
 */
export const formFiles = async (
  { first, page, worker }: FormPrograms,
  site: SiteSetting
): Promise<readonly PageFile[]> => {
  const own: readonly PageFile[] = [
    { path: `assets/${formProgram.style}`, body: formStyleSheet, contentType: 'text/css; charset=utf-8' },
    { path: `assets/${formProgram.first}`, body: first, contentType: 'text/javascript; charset=utf-8' },
    { path: `assets/${formProgram.script}`, body: page, contentType: 'text/javascript; charset=utf-8' }
  ]
  const kept = new Map([...own.map(({ path, body }) => [path, body] as const), [assets.icon, siteIcon] as const])
  const byLanguage = await Promise.all(languages.map(lang => filesIn(lang, kept, worker, site)))
  return [...own, ...byLanguage.flatMap(({ files }) => files), ...byLanguage.map(each => each.worker)]
}

const filesIn = async (
  lang: Language,
  kept: ReadonlyMap<string, string>,
  program: string,
  site: SiteSetting
): Promise<{ readonly files: readonly PageFile[]; readonly worker: PageFile }> => {
  const page = reportPage(lang, site)
  const folder = page.path.replace(/index\.html$/, '')
  const manifest: PageFile = {
    path: folder + formProgram.manifest,
    body: JSON.stringify(manifestIn(lang)),
    contentType: 'application/manifest+json'
  }
  const root = rootFrom(lang, 'report/')
  const shell = await Promise.all(
    [
      ['./', page.body] as const,
      [formProgram.manifest, manifest.body] as const,
      ...[...kept].map(([path, body]) => [root + path, body] as const)
    ].map(async ([address, body]) => [address, await integrityOf(body)] as const)
  )
  return {
    files: [page, manifest],
    worker: {
      path: `${folder}worker.js`,
      body: `self.shell=${JSON.stringify(Object.fromEntries(shell))}\n${program}`,
      contentType: 'text/javascript; charset=utf-8'
    }
  }
}

/** The hash of a file as browsers compare it (Subresource Integrity). */
const integrityOf = async (body: string): Promise<string> => {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(body))
  return `sha256-${btoa(String.fromCharCode(...new Uint8Array(digest)))}`
}

/** What a telephone shows of the form once it is installed (Web Application Manifest). */
const manifestIn = (lang: Language) => {
  const say = sayIn(lang)
  const root = rootFrom(lang, 'report/')
  return {
    name: say('学校建设项目进展填报', 'School building progress reports'),
    short_name: say('进展填报', 'Progress'),
    lang,
    start_url: './',
    scope: './',
    display: 'standalone',
    background_color: '#f5f6f4',
    theme_color: '#0b4f8a',
    icons: [
      { src: root + assets.icon, sizes: 'any', type: 'image/svg+xml' },
      { src: root + assets.touchIcon, sizes: `${touchIconSide}x${touchIconSide}`, type: 'image/png' }
    ]
  }
}
