import { beforeAll, describe, expect, test } from 'vitest'
import type { EventLog, PageStore, StateStore } from '../../functions/core/ports.ts'
import { partAtMost, wholeAtMost } from '../../functions/core/site-part.ts'
import { publishAll, publishProjects } from '../../functions/flows/publish.ts'
import { openApiDocument } from '../../functions/http/openapi.ts'
import { routes } from '../../functions/http/routes.ts'
import { lateBy, school, startWorld, type World } from './world.ts'

const openapi = openApiDocument(routes)
const inLargeTown = partAtMost + 20
const towns = [
  ...Array<string>(inLargeTown).fill('运河街道'),
  ...Array<string>(wholeAtMost - inLargeTown + 1).fill('泥沟镇')
]
const idOf = (index: number) => `p${String(index).padStart(3, '0')}`
const inSecondPage = idOf(inLargeTown - 1)
const inSmallTown = idOf(wholeAtMost)

let world: World

/** The world with everything counted that a publication reads and writes. */
const counted = () => {
  const seen = { logs: [] as string[], lists: 0, reads: [] as string[], puts: [] as string[] }
  const log: EventLog = {
    ...world.log,
    load: () => Promise.reject(new Error('the log of a project is read as a whole, once')),
    commits: (id, range) => {
      seen.logs.push(id)
      return world.log.commits(id, range)
    }
  }
  const store: StateStore = {
    ...world.store,
    list: (...args) => {
      seen.lists += 1
      return world.store.list(...args)
    }
  }
  const pages: PageStore = {
    read: path => {
      seen.reads.push(path)
      return world.pages.read(path)
    },
    put: file => {
      seen.puts.push(file.path)
      return world.pages.put(file)
    },
    remove: world.pages.remove
  }
  return { seen, deps: { ...world, log, store, pages } }
}

beforeAll(async () => {
  world = startWorld()
  for (const [index, town] of towns.entries()) await world.accept(idOf(index), school(idOf(index), { town }))
  const { failures } = await publishAll(openapi, world)
  expect(failures).toEqual([])
}, 120_000)

const jsonAt = (path: string) => JSON.parse(String(world.pagesStored.get(path)?.body))

describe('a site with more projects than an overview can show', () => {
  test('shows towns, and each town in pages', () => {
    const { total, parts } = jsonAt('data/projects.json')
    expect(total).toBe(towns.length)
    expect(
      parts.map(({ town, page, total: of }: { town: string; page: number; total: number }) => [town, page, of])
    ).toEqual([
      ['泥沟镇', 1, wholeAtMost - inLargeTown + 1],
      ['运河街道', 1, partAtMost],
      ['运河街道', 2, 20]
    ])
    const overview = String(world.pagesStored.get('index.html')?.body)
    expect(overview).toContain(`${towns.length} 个项目`)
    expect(overview).not.toContain(`projects/${inSecondPage}/`)
    for (const folder of ['', 'en/'])
      expect(world.pagesStored.get(`${folder}towns/运河街道/2/index.html`)?.body).toMatch(
        new RegExp(`href="(../){3,4}${folder}projects/${inSecondPage}/"`)
      )
  })

  test('has every project in one part and no other', () => {
    const ids = jsonAt('data/projects.json').parts.flatMap(({ projects }: { projects: string }) =>
      jsonAt(decodeURIComponent(projects.slice(1))).projects.map(({ id }: { id: string }) => id)
    )
    expect(ids.toSorted()).toEqual(towns.map((_, index) => idOf(index)))
  })

  test('has every file that its pages lead to', () => {
    for (const [path, { body }] of world.pagesStored) {
      if (!/^(en\/)?(towns\/|index|print\/)/.test(path) || !path.endsWith('.html')) continue
      for (const [, href = ''] of String(body).matchAll(/(?:href|src)="([^"#?]+)"/g)) {
        const { pathname } = new URL(href, `https://site.test/${path}`)
        const target = decodeURIComponent(pathname).slice(1)
        expect(
          world.pagesStored.has(target.endsWith('/') || target === '' ? `${target}index.html` : target),
          `${path} → ${href}`
        ).toBe(true)
      }
    }
  })
})

describe('one report', () => {
  test('reads that project and its part, and writes the pages of both and the overview', async () => {
    await world.accept(inSecondPage, lateBy('2021-12-01'))
    const { seen, deps } = counted()
    const { written, failures } = await publishProjects([inSecondPage], deps)
    expect(failures).toEqual([])
    expect(seen.logs).toEqual([inSecondPage])
    expect(seen.lists).toBe(0)
    expect(seen.reads).toEqual(['data/index.json', `data/projects/${inSecondPage}.json`, 'towns/运河街道/2/index.json'])
    expect(seen.puts.filter(path => path.includes('泥沟镇') || path.startsWith('towns/运河街道/index'))).toEqual([])
    expect(seen.puts.length).toBeLessThan(30)
    expect(written).toEqual(
      expect.arrayContaining(['index.html', 'towns/运河街道/2/index.html', `projects/${inSecondPage}/index.html`])
    )
    expect(await publishProjects([inSecondPage], world)).toEqual({ written: [], failures: [], lostPhotos: [] })
  })

  test('leaves the site as publishing all of it does', async () => {
    expect((await publishAll(openapi, world)).written).toEqual([])
  })

  test('of a project that moved to another town takes it out of the one and into the other', async () => {
    await world.accept(inSmallTown, school(inSmallTown, { town: '涧头集镇' }))
    const { failures } = await publishProjects([inSmallTown], world)
    expect(failures).toEqual([])
    const idsIn = (town: string) => jsonAt(`towns/${town}/projects.json`).projects.map(({ id }: { id: string }) => id)
    expect(idsIn('泥沟镇')).not.toContain(inSmallTown)
    expect(idsIn('涧头集镇')).toEqual([inSmallTown])
    expect(jsonAt('data/projects.json').total).toBe(towns.length)
  })
})

describe('parts that are no more', () => {
  const files = (folder: string) => [...world.pagesStored.keys()].filter(path => path.includes(folder)).toSorted()

  test('of a town that has no project left stay until the morning, and then nothing of them does', async () => {
    await world.accept(inSmallTown, school(inSmallTown, { town: '泥沟镇' }))
    await publishProjects([inSmallTown], world)
    expect(files('towns/涧头集镇/')).toHaveLength(7)
    await publishAll(openapi, world)
    expect(files('towns/涧头集镇/')).toEqual([])
    expect(files('towns/泥沟镇/')).toHaveLength(7)
  })

  test('go with the division, once there are few enough projects for one overview', async () => {
    const kept = new Set(towns.map((_, index) => idOf(index)).slice(0, 20))
    const list: StateStore['list'] = async (...args) => {
      const page = await world.store.list(...args)
      return { ...page, summaries: page.summaries.filter(({ id }) => kept.has(id)) }
    }
    const few = { ...world, store: { ...world.store, list } }
    expect((await publishAll(openapi, few)).failures).toEqual([])
    expect(files('towns/')).toEqual([])
    expect(jsonAt('data/index.json').kind).toBe('whole')
  })
})
