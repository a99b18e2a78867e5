import { beforeEach, describe, expect, test } from 'vitest'
import { BadPagePathError } from '../../functions/adapters/page-store.ts'
import type { PageStore } from '../../functions/core/ports.ts'

/** A site under test, with a way to read it. */
export interface SiteUnderTest {
  readonly site: PageStore
  readonly read: (path: string) => Promise<string | undefined>
}

const page = (body: string, path = 'projects/p/index.html') => ({ path, body, contentType: 'text/html; charset=utf-8' })

/** What every site does. */
export const pageStoreContract = (name: string, make: () => Promise<SiteUnderTest>): void => {
  describe(`page store: ${name}`, () => {
    let under: SiteUnderTest
    beforeEach(async () => {
      under = await make()
    })

    test('writes a page, leaves the same one alone, replaces another', async () => {
      expect(await under.site.put(page('台儿庄'))).toBe('written')
      expect(await under.site.put(page('台儿庄'))).toBe('unchanged')
      expect(await under.read('projects/p/index.html')).toBe('台儿庄')
      expect(await under.site.put(page('运河'))).toBe('written')
      expect(await under.read('projects/p/index.html')).toBe('运河')
    })

    test('reads back what was written last, and nothing where nothing was', async () => {
      expect(await under.site.read('projects/p/index.html')).toBeUndefined()
      await under.site.put(page('台儿庄'))
      await under.site.put(page('运河'))
      expect(await under.site.read('projects/p/index.html')).toBe('运河')
      await expect(under.site.read('../x')).rejects.toThrow(BadPagePathError)
    })

    test('takes a page away, and does nothing where there is none', async () => {
      await under.site.put(page('台儿庄'))
      await under.site.remove('projects/p/index.html')
      await under.site.remove('projects/p/index.html')
      expect(await under.site.read('projects/p/index.html')).toBeUndefined()
      await expect(under.site.remove('../x')).rejects.toThrow(BadPagePathError)
      expect(await under.site.put(page('台儿庄'))).toBe('written')
    })

    test('tells pages apart by their path', async () => {
      await under.site.put(page('a', 'a.html'))
      expect(await under.site.put(page('a', 'b.html'))).toBe('written')
    })

    test.each(['', '/x', '../x', 'a/../../x', 'a//b', './x', 'a/', 'a\\..\\x', 'c:x', 'a\0b', 'a/..'])(
      'refuses the path %j',
      async path => {
        await expect(under.site.put(page('x', path))).rejects.toThrow(BadPagePathError)
      }
    )
  })
}
