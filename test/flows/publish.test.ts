import { beforeEach, describe, expect, test } from 'vitest'
import type { PageStore } from '../../functions/core/ports.ts'
import { publishAll, publishProjects } from '../../functions/flows/publish.ts'
import { openApiDocument } from '../../functions/http/openapi.ts'
import { begun, lateBy, school, startWorld, type World } from './world.ts'

const ids = ['a', 'b', 'c', 'd']
let world: World
beforeEach(async () => {
  world = startWorld()
  for (const id of ids) await world.accept(id, school(id))
})

const openapi = openApiDocument()
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
  expect(await publishAll(openapi, world)).toEqual({ written: [], failures: [] })
  expect(await publishProjects(ids, world)).toEqual({ written: [], failures: [] })
})

test('one report: the pages of that project and the overview, no other', async () => {
  await publishAll(openapi, world)
  await world.accept('b', lateBy('2021-12-01'))
  const { written } = await publishProjects(['b'], world)
  expect([...written].sort()).toEqual([
    'data/projects.json',
    'data/projects/b.json',
    'en/index.html',
    'en/projects/b/index.html',
    'index.html',
    'projects/b/index.html'
  ])
  expect(await publishProjects(['b'], world)).toEqual({ written: [], failures: [] })
  // Nor did the others need it: publishing all finds them as they are.
  const { written: rest } = await publishAll(openapi, world)
  expect(rest.map(belongsTo)).not.toContain('d')
})

test('a project named twice is written once, one that is not there not at all', async () => {
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
  await publishAll(openapi, world)
  for (const [path, { body }] of world.pagesStored) {
    expect(body, path).not.toContain('欧阳某某')
    expect(body, path).not.toContain('13912345678')
    expect(body, path).not.toContain('负责人 b')
    expect(body, path).not.toContain('token-1')
  }
})

test('another day changes the pages of the day, and a second run on it nothing', async () => {
  await publishAll(openapi, world)
  world.today('2021-06-02')
  const { written } = await publishAll(openapi, world)
  expect(written).toContain('index.html')
  expect(await publishAll(openapi, world)).toEqual({ written: [], failures: [] })
})
