import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, constants } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readFormPrograms } from '../../functions/adapters/form-programs.ts'
import type { FormPrograms, PageFile } from '../../functions/core/ports.ts'
import { formFiles } from '../../functions/pages/form-files.ts'
import { staticFiles } from '../../functions/pages/site.ts'
import { bundleForm } from '../../lib/bundling.ts'
import { openapi } from './openapi.ts'

const folder = mkdtempSync(join(tmpdir(), 'form-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let programs: FormPrograms
let files: ReadonlyMap<string, string>

const byPath = (made: readonly PageFile[]) => new Map(made.map(({ path, body }) => [path, body]))

beforeAll(async () => {
  await bundleForm(folder)
  programs = await readFormPrograms(folder)
  files = byPath([...staticFiles(openapi, {}), ...(await formFiles(programs, {}))])
})

const textOf = (path: string): string => files.get(path) ?? ''

/** As the tracker's own server sends it, which errs on the large side. */
const wireSize = (text: string): number =>
  brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }).length

it('script and style of the form are under 25 kB on the wire', () => {
  const page = textOf('report/index.html')
  const parts = [...page.matchAll(/(?:src|href)="\.\.\/(assets\/[^"]+\.(?:js|css))"/g)].map(([, path]) => path ?? '')
  expect(parts.toSorted()).toEqual(['assets/report-first.js', 'assets/report.css', 'assets/report.js'])
  expect(parts.reduce((sum, path) => sum + wireSize(textOf(path)), 0)).toBeLessThan(25_000)
})

it('the programs make no markup of data and fetch nothing from elsewhere', () => {
  for (const program of Object.values(programs))
    expect(program).not.toMatch(/innerHTML|outerHTML|insertAdjacent|document\.write|eval\(|localStorage|https?:\/\//)
})

it('the programs are read by the browsers of older iPhones, which know no expression that looks behind', () => {
  for (const program of Object.values(programs)) expect(program).not.toMatch(/\(\?<[=!]/)
})

describe.each(['report/', 'en/report/'])('the service worker of %s', place => {
  const shell = (): Readonly<Record<string, string>> =>
    JSON.parse(/^self\.shell=(.*)\n/.exec(textOf(`${place}worker.js`))?.[1] ?? '')

  it('names everything that the page needs, each by its hash', () => {
    const paths = Object.entries(shell()).map(([address, integrity]) => {
      const path = new URL(address, `http://site/${place}`).pathname.slice(1).replace(/\/$/, '/index.html')
      expect(integrity).toBe(`sha256-${createHash('sha256').update(textOf(path)).digest('base64')}`)
      return path
    })
    const page = textOf(`${place}index.html`)
    const needed = [...page.matchAll(/<(?:script|link)[^>]* (?:src|href)="([^"]+\.(?:js|css|svg|webmanifest))"/g)]
    const wanted = needed.map(([, address]) => new URL(address ?? '', `http://site/${place}`).pathname.slice(1))
    expect(paths).toEqual(expect.arrayContaining([`${place}index.html`, ...wanted]))
  })

  it('is another one as soon as any of it is another', async () => {
    const changed = byPath(await formFiles({ ...programs, page: `${programs.page};` }, {}))
    expect(changed.get(`${place}worker.js`)).not.toBe(textOf(`${place}worker.js`))
  })
})
