import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { renderSite } from './site-files.ts'

/** `UPDATE_GOLDEN=1 npx vitest run test/pages/golden.test.ts` writes the folder anew; the diff is what to read. */
const folder = join(import.meta.dirname, 'golden')
const isGolden = ({ path }: { readonly path: string }) => !path.startsWith('assets/') && !path.endsWith('worker.js')
const rendered = renderSite().filter(isGolden)

if (process.env.UPDATE_GOLDEN === '1') {
  rmSync(folder, { recursive: true, force: true })
  for (const { path, body } of rendered) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), body)
  }
}

describe('the site of the fixture', () => {
  it('has the files of the golden folder and no others', () => {
    const golden = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(entry => join(entry.parentPath, entry.name).slice(folder.length + 1))
    expect(rendered.map(({ path }) => path).sort()).toEqual(golden.sort())
  })

  it.each(rendered.map(file => [file.path, file] as const))('is as in the golden folder: %s', (path, file) => {
    expect(file.body).toBe(readFileSync(join(folder, path), 'utf8'))
  })

  it('is the same to the byte when it is rendered again', () => {
    expect(renderSite().filter(isGolden)).toEqual(rendered)
  })
})
