import { strFromU8, unzipSync } from 'fflate'
import { beforeEach, describe, expect, test } from 'vitest'
import type { PageStore, SiteFile } from '../../functions/core/ports.ts'
import { publishAll, publishProjects } from '../../functions/flows/publish.ts'
import { openApiDocument } from '../../functions/http/openapi.ts'
import { routes } from '../../functions/http/routes.ts'
import { begun, lateBy, school, startWorld, type World } from './world.ts'

const ids = ['a', 'b', 'c', 'd']
/** What a file says: of a workbook each of its parts, unzipped; of a calendar with its folded lines joined. */
const textsIn = ({ path, body }: SiteFile): readonly { readonly path: string; readonly text: string }[] => {
  if (typeof body === 'string') return [{ path, text: body.replaceAll('\r\n ', '') }]
  if (path.endsWith('.png')) return []
  return Object.entries(unzipSync(body)).map(([part, bytes]) => ({ path: `${path}/${part}`, text: strFromU8(bytes) }))
}

let world: World
beforeEach(async () => {
  world = startWorld()
  for (const id of ids) await world.accept(id, school(id))
})

const openapi = openApiDocument(routes)
const belongsTo = (path: string) => /(?:^|\/)projects\/([^/.]+)/.exec(path)?.[1]

test('publishing everything writes every project in both languages, the overview, and what depends on none', async () => {
  const { written, failures } = await publishAll(openapi, world)
  expect(failures).toEqual([])
  expect(new Set(written).size).toBe(written.length)
  for (const id of ids)
    expect(written).toEqual(
      expect.arrayContaining([`projects/${id}/index.html`, `en/projects/${id}/index.html`, `data/projects/${id}.json`])
    )
  expect(written).toEqual(
    expect.arrayContaining(['index.html', 'en/index.html', 'data/projects.json', 'api/index.html'])
  )
})

test('a second time nothing is written', async () => {
  await publishAll(openapi, world)
  expect(await publishAll(openapi, world)).toEqual({ written: [], failures: [], lostPhotos: [] })
  expect(await publishProjects(ids, world)).toEqual({ written: [], failures: [], lostPhotos: [] })
})

test('one report: the pages of that project and the overview, no other', async () => {
  await publishAll(openapi, world)
  await world.accept('b', lateBy('2021-12-01'))
  const { written } = await publishProjects(['b'], world)
  expect([...written].sort()).toEqual([
    'calendar.ics',
    'data/index.json',
    'data/oc4ids.json',
    'data/projects.json',
    'data/projects/b.json',
    'en/index.html',
    'en/print/index.html',
    'en/projects/b/index.html',
    'feed.atom',
    'index.html',
    'ledger.xlsx',
    'print/index.html',
    'projects/b/calendar.ics',
    'projects/b/index.html'
  ])
  expect(await publishProjects(['b'], world)).toEqual({ written: [], failures: [], lostPhotos: [] })
  // Nor did the others need it: publishing all finds them as they are.
  const { written: rest } = await publishAll(openapi, world)
  expect(rest.map(belongsTo)).not.toContain('d')
})

test('a project named twice is written once, one that is not there not at all', async () => {
  await publishAll(openapi, world)
  await world.accept('a', begun)
  const { written, failures } = await publishProjects(['a', 'a', 'nope', '__proto__'], world)
  expect(failures).toEqual([])
  expect(written.filter(path => path === 'projects/a/index.html')).toHaveLength(1)
  expect(new Set(written.flatMap(path => belongsTo(path) ?? []))).toEqual(new Set(['a']))
})

describe('a failure', () => {
  test('of one project leaves the others published, and is named', async () => {
    const item = world.items.get('b')?.get(1)
    world.items.get('b')?.set(1, { ...(item as object), events: '{' })
    const { written, failures } = await publishAll(openapi, world)
    expect(failures.map(({ item: failed }) => failed)).toEqual(['b'])
    expect(new Set(written.flatMap(path => belongsTo(path) ?? []))).toEqual(new Set(['a', 'c', 'd']))
    expect(written).toContain('index.html')
  })

  test('of the store on one page is that of its project, and is made good the next time', async () => {
    let failing = true
    const pages: PageStore = {
      ...world.pages,
      put: file =>
        failing && file.path.startsWith('projects/c/')
          ? Promise.reject(new Error('no space left'))
          : world.pages.put(file)
    }
    const first = await publishAll(openapi, { ...world, pages })
    expect(first.failures.map(({ item }) => item)).toEqual(['c'])
    failing = false
    const second = await publishAll(openapi, { ...world, pages })
    expect(second.failures).toEqual([])
    expect(new Set(second.written.map(belongsTo))).toEqual(new Set(['c']))
  })
})

test('no public file names a person or how to reach one', async () => {
  await world.accept('a', school('a', { manager: { name: '欧阳某某', contact: '13912345678' } }))
  await world.accept('a', begun)
  await world.accept('a', lateBy('2021-12-01'))
  await world.accept('a', {
    type: 'acknowledge-case',
    caseId: 'a.1',
    committedFinish: '2021-12-01',
    measure: '由上官某某驻场督办',
    author: '司马某某'
  })
  await publishAll(openapi, world)
  const forms = [...world.pagesStored.values()].flatMap(textsIn)
  expect(forms.map(({ path }) => path)).toEqual(
    expect.arrayContaining([
      'index.html',
      'calendar.ics',
      'feed.atom',
      'ledger.xlsx/xl/sharedStrings.xml',
      'data/index.json'
    ])
  )
  for (const { path, text } of forms)
    for (const internal of ['欧阳某某', '13912345678', '负责人 b', 'token-1', '上官某某', '司马某某'])
      expect(text, path).not.toContain(internal)
})

test('another day changes the pages of the day, and a second run on it nothing', async () => {
  await publishAll(openapi, world)
  world.today('2021-06-02')
  const { written } = await publishAll(openapi, world)
  expect(written).toContain('index.html')
  expect(await publishAll(openapi, world)).toEqual({ written: [], failures: [], lostPhotos: [] })
})
