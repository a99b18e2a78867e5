import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { build } from 'esbuild'
import { expect, it } from 'vitest'
import { generatedPaths } from '../../lib/client/generated-paths.ts'

const folder = join(import.meta.dirname, '..', '..', 'lib', 'client')

it('the types are those of the route table; if not, run `npm run client`', async () => {
  expect(readFileSync(join(folder, 'paths.ts'), 'utf8')).toBe(await generatedPaths())
})

it('a page can bundle the client: nothing of Node in it, and under 4 kB compressed', async () => {
  const { outputFiles, metafile } = await build({
    entryPoints: [join(folder, 'client.ts')],
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    write: false,
    metafile: true
  })
  const imports = Object.values(metafile.outputs).flatMap(output => output.imports)
  expect(imports).toEqual([])
  expect(brotliCompressSync(outputFiles[0]!.contents).length).toBeLessThan(4000)
})
