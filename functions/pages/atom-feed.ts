import { Feed } from 'feed'
import type { IsoDate } from '../core/dates.ts'
import type { PageFile } from '../core/ports.ts'
import { roleWords } from '../core/role-words.ts'
import type { EntryNews, SiteEntry } from '../core/site-entry.ts'
import { languages, languageTag } from './language.ts'
import { demonstrationMark, projectFolder, siteTitle } from './layout.ts'
import { html } from './markup.ts'

/** The feed tells so many commits over all projects. */
const toldAtMost = 100

/**
 * What happened lately, as an Atom feed (RFC 4287): one entry for each commit, newest first. The entries are told by the
 * hash of the commit, so that a reader never shows one twice, wherever the site moves.
 * @param siteUrl address of the site, `https://…/`; without it an entry is its own link.
 */
export const atomFeedFile = (
  entries: readonly SiteEntry[],
  dataDate: IsoDate,
  siteUrl: string | undefined
): PageFile => {
  const told = entries
    .flatMap(entry => entry.news.map(news => ({ entry, news })))
    .toSorted((a, b) => newestFirst(a.news, b.news))
    .slice(0, toldAtMost)
  const feed = new Feed({
    id: `${siteUrl ?? 'urn:capital-project-tracker:'}feed.atom`,
    title: siteTitle('zh'),
    ...(entries.some(({ summary }) => summary.demonstration)
      ? { description: languages.map(demonstrationMark).join(' / ') }
      : {}),
    ...(siteUrl === undefined ? {} : { link: siteUrl, feed: `${siteUrl}feed.atom` }),
    updated: new Date(told[0]?.news.at ?? `${dataDate}T00:00:00+08:00`),
    author: { name: siteTitle('zh') },
    generator: 'capital-project-tracker'
  })
  for (const { entry, news } of told) feed.addItem(itemOf(entry, news, siteUrl))
  return { path: 'feed.atom', body: `${feed.atom1()}\n`, contentType: 'application/atom+xml; charset=utf-8' }
}

const newestFirst = (a: EntryNews, b: EntryNews): number =>
  a.at === b.at ? (a.hash < b.hash ? -1 : 1) : a.at < b.at ? 1 : -1

const itemOf = ({ summary }: SiteEntry, news: EntryNews, siteUrl: string | undefined) => {
  const id = uuidOf(news.hash)
  const [first] = news.sentences
  return {
    id,
    link: siteUrl === undefined ? id : `${siteUrl}${projectFolder(summary.id)}#history`,
    title: html`${summary.name}:${first?.zh ?? ''}`.toString(),
    date: new Date(news.at),
    published: new Date(news.at),
    author: [{ name: roleWords[news.role].zh }],
    content: languages
      .map(
        lang =>
          html`<ul lang="${languageTag[lang]}">${news.sentences.map(sentence => html`<li>${sentence[lang]}</li>`)}</ul>`
      )
      .join('')
  }
}

/** The first 128 bits of a SHA-256 as a UUID of version 8 (RFC 9562). */
const uuidOf = (hash: string): string =>
  `urn:uuid:${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-8${hash.slice(17, 20)}-${hash.slice(20, 32)}`
