/// <reference lib="dom" />
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Browser, Page } from 'playwright-core'
import * as z from 'zod'
import { launchChromium } from './chromium.ts'

// `npm run screenshots`: the pictures of docs/guide, taken from a tracker that runs on the demonstration.

const root = join(import.meta.dirname, '..', '..')
const folder = join(root, 'docs', 'guide')

/** A picture: what a reader of the guide sees when they do what it says. */
interface Shot {
  readonly name: string
  readonly width: number
  readonly height: number
  readonly isMobile?: boolean
  readonly show: (page: Page, tracker: Tracker) => Promise<unknown>
}

interface Tracker {
  readonly url: string
  readonly tokens: Readonly<Record<'admin' | 'reporter' | 'leader' | 'viewer', string>>
}

const signIn = async (page: Page, { url, tokens }: Tracker): Promise<void> => {
  await page.goto(`${url}/internal/`)
  await page.fill('input[name=token]', tokens.leader)
  await page.click('button[type=submit]')
}

/** What a project manager sees who opens the link that an administrator gave. */
const openForm = async (page: Page, { url, tokens }: Tracker): Promise<void> => {
  await page.goto(`${url}/report/#token=${tokens.reporter}`)
  await page.waitForSelector('.work li a')
}

const openMilestone = async (page: Page, tracker: Tracker): Promise<void> => {
  await openForm(page, tracker)
  await page.locator('.work li a').first().tap()
  await page.locator('.choices label', { hasText: '新日期' }).tap()
  await page.locator('.chips label', { hasText: '月' }).first().tap()
  await page.locator('.chips label', { hasText: '天气' }).tap()
  await page.evaluate(() => scrollTo(0, 0))
}

const shots: readonly Shot[] = [
  { name: 'report-list', width: 390, height: 700, isMobile: true, show: openForm },
  { name: 'report-milestone', width: 390, height: 844, isMobile: true, show: openMilestone },
  { name: 'overview', width: 1000, height: 760, show: (page, { url }) => page.goto(`${url}/`) },
  {
    name: 'project',
    width: 1000,
    height: 760,
    show: (page, { url }) => page.goto(`${url}/projects/shiyan-kindergarten-complex/`)
  },
  { name: 'board', width: 1400, height: 900, show: (page, { url }) => page.goto(`${url}/print/`) },
  {
    name: 'cases',
    width: 1000,
    height: 560,
    show: async (page, tracker) => {
      await signIn(page, tracker)
      await page.goto(`${tracker.url}/internal/cases/`)
    }
  }
]

const takeAll = async (browser: Browser, tracker: Tracker): Promise<void> => {
  for (const { name, width, height, isMobile = false, show } of shots) {
    const context = await browser.newContext({
      viewport: { width, height },
      isMobile,
      hasTouch: isMobile,
      locale: 'zh-CN',
      reducedMotion: 'reduce',
      serviceWorkers: 'block'
    })
    const page = await context.newPage()
    // The form tells when it asked; on the day of the demonstration, so that a picture differs only where the page does.
    await page.clock.setFixedTime('2021-06-21T01:30:00Z')
    await show(page, tracker)
    await page.waitForLoadState('networkidle')
    const webp = await asWebp(page, await page.screenshot())
    await writeFile(join(folder, `${name}.webp`), webp)
    process.stdout.write(`${name}.webp ${Math.round(webp.length / 1000)} kB\n`)
    await context.close()
  }
}

/** The browser takes PNG alone, and writes WebP from a canvas: a third of the size. */
const asWebp = async (page: Page, png: Buffer): Promise<Buffer> => {
  await page.goto('about:blank')
  const url = await page.evaluate(
    async source => {
      const picture = new Image()
      picture.src = source
      await picture.decode()
      const canvas = document.createElement('canvas')
      canvas.width = picture.width
      canvas.height = picture.height
      canvas.getContext('2d')?.drawImage(picture, 0, 0)
      return canvas.toDataURL('image/webp', 0.8)
    },
    `data:image/png;base64,${png.toString('base64')}`
  )
  return Buffer.from(url.split(',')[1] ?? '', 'base64')
}

/** Two characters look the same where the machine has a font for neither. */
const hasChineseFont = async (browser: Browser): Promise<boolean> => {
  const page = await browser.newPage()
  return page.evaluate(() => {
    const drawn = (character: string): string => {
      const canvas = document.createElement('canvas')
      const context = canvas.getContext('2d')
      if (!context) return ''
      context.font = '40px sans-serif'
      context.fillText(character, 0, 40)
      return canvas.toDataURL()
    }
    return drawn('项') !== drawn('目')
  })
}

/** Runs work beside a tracker on the demonstration, in a folder of its own that goes with it. */
const withTracker = async (work: (tracker: Tracker) => Promise<void>): Promise<void> => {
  const data = await mkdtemp(join(tmpdir(), 'screenshots-'))
  const child = spawn(process.execPath, [join(root, 'bin', 'start.ts'), '--port', '0', '--data', data], {
    stdio: ['ignore', 'pipe', 'inherit']
  })
  try {
    await work({ url: await readyUrl(child.stdout), tokens: await readTokens(data) })
  } finally {
    child.kill('SIGINT')
    await once(child, 'close')
    await rm(data, { recursive: true, force: true })
  }
}

const readyUrl = async (output: NodeJS.ReadableStream): Promise<string> => {
  for await (const line of createInterface(output)) {
    const url = /^ready (http:\/\/127\.0\.0\.1:\d+)\/$/.exec(line)?.[1]
    if (url !== undefined) return url
  }
  throw new Error('the tracker did not start')
}

const tokensSchema = z.object({ admin: z.string(), reporter: z.string(), leader: z.string(), viewer: z.string() })

const readTokens = async (data: string) =>
  tokensSchema.parse(JSON.parse(await readFile(join(data, 'tokens.json'), 'utf8')))

const browser = await launchChromium()
try {
  if (await hasChineseFont(browser)) await withTracker(tracker => takeAll(browser, tracker))
  else {
    process.stderr.write(
      '本机没有中文字体,截图会是方框;请先安装 fonts-noto-cjk / no Chinese font here, so the pictures would show boxes; install fonts-noto-cjk\n'
    )
    process.exitCode = 1
  }
} finally {
  await browser.close()
}
