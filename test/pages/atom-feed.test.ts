import { readFileSync } from 'node:fs'
import { RelaxNGValidator, XmlDocument } from 'libxml2-wasm'
import { describe, expect, it } from 'vitest'
import { atomFeedFile } from '../../functions/pages/atom-feed.ts'
import { outsideData } from '../core/outside-data.ts'
import { dataDate } from './fixture.ts'
import { entries, siteUrl } from './site-files.ts'

const { body } = atomFeedFile(entries, dataDate, siteUrl)
const atom = { a: 'http://www.w3.org/2005/Atom' }

const textsAt = (xml: string, path: string): readonly string[] =>
  XmlDocument.fromString(xml)
    .find(path, atom)
    .map(node => ('content' in node ? node.content : ''))

describe('the feed', () => {
  it('tells the commits of all projects, newest first, each once', () => {
    const told = entries.flatMap(({ news }) => news)
    const updated = textsAt(body, '/a:feed/a:entry/a:updated')
    expect(updated).toHaveLength(Math.min(told.length, 100))
    expect(updated).toEqual(updated.toSorted().toReversed())
    expect(textsAt(body, '/a:feed/a:updated')).toEqual([updated[0]])
    const ids = textsAt(body, '/a:feed/a:entry/a:id')
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.every(id => /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/.test(id))).toBe(
      true
    )
  })

  it('keeps the identity of its entries when the site moves', () => {
    const elsewhere = atomFeedFile(entries, dataDate, 'https://elsewhere.example.org/').body
    expect(textsAt(elsewhere, '//a:entry/a:id')).toEqual(textsAt(body, '//a:entry/a:id'))
  })

  it('is the same to the byte when nothing has changed', () => {
    expect(atomFeedFile(entries, dataDate, siteUrl).body).toBe(body)
  })

  it('shows what people typed as text', () => {
    const [entry] = entries
    const hostile = {
      ...entry!,
      summary: { ...entry!.summary, name: ']]><script>alert(1)</script>&amp;' },
      news: entry!.news.map(news => ({ ...news, sentences: [{ zh: '<b>', en: ']]>' }] }))
    }
    const [title] = textsAt(atomFeedFile([hostile], dataDate, siteUrl).body, '//a:entry/a:title')
    expect(title).toBe(']]&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;:&lt;b&gt;')
  })

  it('has no entry and still a date when nothing was ever written', () => {
    const empty = atomFeedFile([], dataDate, undefined).body
    expect(textsAt(empty, '/a:feed/a:updated')).toEqual(['2021-06-20T16:00:00.000Z'])
  })
})

const schema = outsideData('feeds/rfc4287_atom.rng')

describe.skipIf(schema === undefined)('by the schema of RFC 4287', () => {
  const validate = (xml: string) =>
    RelaxNGValidator.fromDoc(XmlDocument.fromString(readFileSync(schema ?? '', 'utf8'))).validate(
      XmlDocument.fromString(xml)
    )

  it.each([
    ['with an address', body],
    ['without one', atomFeedFile(entries, dataDate, undefined).body],
    ['without entries', atomFeedFile([], dataDate, undefined).body]
  ])('it is valid %s', (_what, xml) => {
    expect(() => validate(xml)).not.toThrow()
  })

  it('and the schema tells good from bad', () => {
    const [good, bad] = ['valid', 'invalid'].map(name =>
      readFileSync(outsideData(`feeds/${name}-feed.xml`) ?? '', 'utf8')
    )
    expect(() => validate(good ?? '')).not.toThrow()
    expect(() => validate(bad ?? '')).toThrow(/author/)
  })
})
