import { describe, expect, it } from 'vitest'
import { formFiles } from '../../functions/pages/form-files.ts'
import { overviewFiles, projectFiles, staticFiles } from '../../functions/pages/site.ts'
import { touchIconFile } from '../../functions/pages/site-icon.ts'
import { lightOrder } from '../../functions/pages/words.ts'
import { overview as overviewData, projects } from './bureau.ts'
import { openapi } from './openapi.ts'
import { htmlFiles, renderSite } from './site-files.ts'

const files = renderSite()
const pages = htmlFiles(files)
/** The workbook and the icon of telephones are no text, and made apart. */
const paths = new Set([...files.map(({ path }) => path), 'ledger.xlsx', touchIconFile().path])

describe('every page', () => {
  it.each(pages.map(({ path, body }) => [path, body] as const))(
    'has nothing inline and nothing from elsewhere: %s',
    (_path, body) => {
      expect(body).not.toMatch(/<[^>]*\sstyle\s*=/i)
      expect(body).not.toMatch(/<style/i)
      expect(body).not.toMatch(/<script(?![^>]*\ssrc=)/i)
      expect(tagsOf(body).filter(tag => /\son[a-z]+\s*=/i.test(tag.replace(/"[^"]*"/g, '""')))).toEqual([])
      expect(attributes(body, 'href|src|action').filter(address => /^([a-z]+:|\/\/)/i.test(address))).toEqual([])
      expect(body).toContain('http-equiv="Content-Security-Policy"')
      expect(body).toMatch(/^<!doctype html>\n<html lang="(zh-CN|en)">/)
    }
  )

  it.each(pages.map(({ path, body }) => [path, body] as const))('links only to what there is: %s', (path, body) => {
    const links = attributes(body, 'href|src').filter(
      address => !address.startsWith('#') && !address.startsWith('/v1/')
    )
    expect(links.map(link => targetOf(path, link)).filter(target => !paths.has(target))).toEqual([])
  })

  it.each(pages.map(({ path, body }) => [path, body] as const))(
    'has unique ids and names for all that it refers to: %s',
    (_path, body) => {
      const ids = attributes(body, 'id')
      expect(ids).toEqual([...new Set(ids)])
      const asked = [
        ...attributes(body, 'aria-labelledby|aria-describedby|for').flatMap(list => list.split(' ')),
        ...attributes(body, 'href')
          .filter(address => address.startsWith('#'))
          .map(address => address.slice(1))
      ]
      expect(asked.filter(id => !ids.includes(id))).toEqual([])
    }
  )

  it.each(pages.map(({ path, body }) => [path, body] as const))(
    'opens and closes its elements in order: %s',
    (_path, body) => {
      expect(unbalanced(body)).toEqual([])
    }
  )
})

describe('the overview', () => {
  const overview = pages.find(({ path }) => path === 'index.html')!.body
  const style = files.find(({ path }) => path === 'assets/site.css')!.body

  it('shows every colour as colour, shape and word', () => {
    for (const light of lightOrder) expect(overview).toMatch(new RegExp(`<svg class="mark ${light}"`))
    expect(overview).toContain('灰 · 逾期未报（上次黄灯）')
  })

  it('filters by address: every colour that is there has a link, a note and rules in the style sheet', () => {
    for (const light of lightOrder) {
      expect(overview).toContain(`<a href="#${light}">`)
      expect(overview).toContain(`id="${light}"`)
      expect(style).toContain(`#${light}:target~.projects tbody tr:not(.row-${light}){display:none}`)
    }
  })

  it('says first how many are in danger and which', () => {
    expect(overview).toContain('10 个项目')
    expect(overview).toContain('<b class="bad">1 个可能误期</b>')
    expect(overview).toMatch(/<ul class="endangered">\s*<li><a href="projects\/erzhong-phase-2\/">/)
  })

  it('carries the marks of demonstration and of provisional dates, and the data date', () => {
    expect(overview).toContain('示例计划,日期由模板推算,非官方数据')
    expect(overview).toContain('class="mark-provisional"')
    expect(overview).toContain('数据截至 <time datetime="2021-06-21">2021年6月21日</time>')
    expect(overview).toContain('data-data-date="2021-06-21"')
  })
})

describe('a page on a demonstration clock', async () => {
  const clockStandsAt = '2021-06-21'
  const pages = htmlFiles([
    ...overviewFiles({ ...overviewData, demonstrationClock: true }),
    ...projectFiles({ ...projects[0]!, demonstrationClock: true }),
    ...staticFiles(openapi, { clockStandsAt }),
    ...(await formFiles({ first: '', page: '', worker: '' }, { clockStandsAt }))
  ])

  it.each(pages.map(({ path, body }) => [path, body] as const))(
    'says so with its date and is never greyed for its age: %s',
    (path, body) => {
      const said = path.startsWith('en/') ? 'Demonstration clock: the date is fixed at ' : '演示时钟，日期固定为 '
      expect(body).toContain(`<p class="mark-clock">${said}<time datetime="${clockStandsAt}">`)
      expect(body).not.toContain('data-data-date')
    }
  )
})

describe('the address of a page', async () => {
  const siteUrl = 'https://schools.example.cn/progress/'
  const addressed = htmlFiles([
    ...overviewFiles({ ...overviewData, siteUrl }),
    ...projectFiles({ ...projects[0]!, siteUrl }),
    ...staticFiles(openapi, { siteUrl }).filter(({ path }) => path !== '404.html'),
    ...(await formFiles({ first: '', page: '', worker: '' }, { siteUrl }))
  ])

  it.each(addressed.map(({ path, body }) => [path, body] as const))(
    'is whole where it is known, as is that of its twin: %s',
    (path, body) => {
      const folder = path.replace(/index\.html$/, '')
      const chinese = folder.replace(/^en\//, '')
      const links = tagsOf(body).filter(
        tag => /rel="canonical"|hreflang="[^"]*" href/.test(tag) && tag.startsWith('<link')
      )
      expect(links).toEqual([
        `<link rel="canonical" href="${siteUrl}${folder}">`,
        `<link rel="alternate" hreflang="zh-CN" href="${siteUrl}${chinese}">`,
        `<link rel="alternate" hreflang="en" href="${siteUrl}en/${chinese}">`,
        `<link rel="alternate" hreflang="x-default" href="${siteUrl}${chinese}">`
      ])
      // Links for people stay relative, so that a copy of the folder works anywhere.
      expect(attributes(body, 'href|src').filter(address => address.startsWith(siteUrl))).toHaveLength(4)
    }
  )
})

const tagsOf = (body: string): readonly string[] => body.match(/<[a-z][^>]*>/gi) ?? []

const attributes = (body: string, names: string): readonly string[] =>
  tagsOf(body).flatMap(tag =>
    [...tag.matchAll(new RegExp(`\\s(?:${names})="([^"]*)"`, 'g'))].map(([, value]) => value!)
  )

/** The file that a link on a page leads to; a folder has an index.html. */
const targetOf = (page: string, link: string): string => {
  const { pathname } = new URL(link, `http://site/${page}`)
  const path = decodeURIComponent(pathname).slice(1)
  return path === '' || path.endsWith('/') ? `${path}index.html` : path
}

const voidElements = new Set(['meta', 'link', 'br', 'input', 'img', 'hr'])

const unbalanced = (body: string): readonly string[] => {
  const open: string[] = []
  const wrong: string[] = []
  for (const [, closing, name, , selfClosing] of body.matchAll(/<(\/?)([a-z][a-z0-9]*)((?:\s[^>]*?)?)(\/?)>/gi)) {
    if (selfClosing || voidElements.has(name!)) continue
    if (!closing) open.push(name!)
    else if (open.pop() !== name) wrong.push(name!)
  }
  return [...wrong, ...open]
}
