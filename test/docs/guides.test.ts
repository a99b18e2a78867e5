import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import * as client from '@capital-project-tracker/client'
import { CommanderError } from 'commander'
import { beforeAll, describe, expect, it } from 'vitest'
import { createApi } from '../../functions/http/api.ts'
import { isInternal } from '../../functions/http/internal-address.ts'
import { overviewForms } from '../../functions/pages/site.ts'
import { personSchema } from '../../functions/schema/bureau.ts'
import { leavesOf } from '../../lib/command-line/leaves.ts'
import { trackerProgram } from '../../lib/command-line/program.ts'
import { isOutbox } from '../../lib/local/outbox.ts'
import { help as startHelp, startOptionsOf } from '../../lib/local/start-options.ts'
import { typed } from '../command-line/typed.ts'
import { eventOf, routeOf, startApi } from '../http/client.ts'
import { overview } from '../pages/bureau.ts'
import { entries, renderSite, siteUrl } from '../pages/site-files.ts'

const root = join(import.meta.dirname, '..', '..')
const folder = join(root, 'docs', 'guide')
const read = (path: string): string => readFileSync(join(root, path), 'utf8')

const guides = readdirSync(folder)
  .filter(name => name.endsWith('.md'))
  .map(name => ({ name, text: readFileSync(join(folder, name), 'utf8') }))

const all = (text: string, pattern: RegExp): readonly string[] =>
  [...text.matchAll(pattern)].map(([, found = '']) => found)

/** Lines to be typed, and pieces of code within a sentence. */
const typedIn = (text: string): readonly string[] =>
  all(text, /```sh\n([\s\S]*?)```/g).flatMap(block => block.trim().split('\n'))
const quotedIn = (text: string): readonly string[] => all(text.replaceAll(/```[\s\S]*?```/g, ''), /`([^`\n]+)`/g)

let sitePaths: ReadonlySet<string>

/** A command that is only named may lack its arguments. */
const isNamed = (error: unknown): boolean =>
  error instanceof CommanderError && /^commander\.(missing|help)/.test(error.code)

let statusOf: (path: string) => Promise<number | undefined>
beforeAll(async () => {
  const files = [...renderSite(), ...(await overviewForms(entries, overview.dataDate, siteUrl))]
  sitePaths = new Set(files.map(({ path }) => `/${path.replace(/(^|\/)index\.html$/, '$1')}`))
  const { deps, tokens } = await startApi()
  const handler = createApi(deps, () => {})
  const grant = await deps.access.find(tokens.leader)
  const { text } = await deps.sessions.open(grant!)
  statusOf = async path => {
    const event = { ...eventOf('GET', path), cookies: [`tracker_session=${text}`] }
    return (await handler(event, {} as never)).statusCode
  }
})

describe.each(guides.map(({ name, text }) => [name, text] as const))('%s', (_name, text) => {
  it('says nothing to be typed that the command line, npm or the API does not know', async () => {
    const { scripts } = JSON.parse(read('package.json'))
    for (const line of typedIn(text)) {
      const [program, verb = '', script = ''] = line.split(' ')
      if (program === 'tracker') await typed(line)
      else if (program === 'npm' && verb === 'run') expect(Object.keys(scripts), line).toContain(script)
      else if (program === 'npm' && verb === 'start')
        expect(startOptionsOf(line.split(/\s+/).slice(3)), line).toHaveProperty('port')
      else if (program === 'npm') expect(['ci', 'test'], line).toContain(verb)
      else if (program === 'curl')
        expect(routeOf(/-X (\w+)/.exec(line)?.[1] ?? 'GET', /:8787(\/\S*)/.exec(line)?.[1] ?? ''), line).toBeDefined()
      else expect(line).toMatch(/^(alias tracker='npm run -s tracker --'|source <\(tracker completion bash\))$/)
    }
  })

  it('names no command, option, route, address, script or variable that is not there', async () => {
    const options = leavesOf(trackerProgram()).flatMap(({ command }) => command.options.map(({ long }) => long))
    const { scripts } = JSON.parse(read('package.json'))
    const variables = [
      'functions/adapters/env.ts',
      ...readdirSync(join(root, 'lib/command-line'))
        .filter(name => name.endsWith('.ts'))
        .map(name => `lib/command-line/${name}`)
    ]
      .map(read)
      .join('\n')
    for (const code of quotedIn(text)) {
      if (code.startsWith('tracker '))
        await typed(code).catch(error => expect(isNamed(error), `${code}: ${error.message}`).toBe(true))
      const [, method = '', path = ''] = /^(GET|POST|PUT|DELETE) (\/v1\/\S*)$/.exec(code) ?? []
      if (method !== '') expect(routeOf(method, path)?.path, code).toBe(path)
      if (/^--[a-z-]+$/.test(code)) expect([...options, ...startHelp.split(/\s+/), '--help']).toContain(code)
      if (/^[A-Z]+(_[A-Z]+)*$/.test(code) && code.length > 3) expect(variables.includes(code), code).toBe(true)
      if (code.startsWith('npm run ')) expect(Object.keys(scripts), code).toContain(code.split(' ')[2])
      if (!code.startsWith('/') || code.includes('#')) continue
      if (isInternal(code)) expect(await statusOf(code), code).toBe(200)
      else if (!isOutbox(code)) expect(sitePaths, code).toContain(code)
    }
  })

  it('imports what the client has', () => {
    for (const names of all(text, /import \{ ([^}]+) \} from '@capital-project-tracker\/client'/g))
      for (const name of names.split(', ')) expect(Object.keys(client)).toContain(name)
  })

  it('leads to files that are there', () => {
    for (const target of all(text, /\]\((?!https?:)([^)#]+)/g))
      expect(existsSync(join(folder, target)), target).toBe(true)
  })
})

it('gives samples of entries in the directory that are taken', () => {
  const samples = guides.flatMap(({ text }) => all(text, /```json\n([\s\S]*?)```/g))
  expect(samples.length).toBeGreaterThan(0)
  for (const sample of samples) expect(personSchema.safeParse(JSON.parse(sample)).error).toBeUndefined()
})

it('has few pictures, small and all of them shown', () => {
  const pictures = readdirSync(folder).filter(name => !name.endsWith('.md'))
  expect(pictures.length).toBeLessThanOrEqual(8)
  const shown = guides.flatMap(({ text }) => all(text, /!\[[^\]]+\]\(([^)]+)\)/g))
  expect(pictures.toSorted()).toEqual([...new Set(shown)].toSorted())
  for (const picture of pictures) expect(statSync(join(folder, picture)).size).toBeLessThanOrEqual(100_000)
})
