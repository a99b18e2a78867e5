/// <reference lib="dom" />
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { demonstrationDate } from '../../data/demonstration/load.ts'
import { readFormPrograms } from '../../functions/adapters/form-programs.ts'
import { formFiles } from '../../functions/pages/form-files.ts'
import { withExif } from '../form/exif.ts'
import { makeDirectory, type RunningTracker, startTracker } from '../local/tracker.ts'
import { launchChromium } from './chromium.ts'

let tracker: RunningTracker
let browser: Browser
let context: BrowserContext
let page: Page
let taps: number

beforeAll(async () => {
  ;[tracker, browser] = await Promise.all([startTracker(makeDirectory()), launchChromium()])
})

afterAll(async () => {
  await browser?.close()
  await tracker?.stop()
})

beforeEach(async () => {
  context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
    locale: 'zh-CN'
  })
  page = await context.newPage()
  taps = 0
})

afterEach(() => context.close())

/** Opens the link that an administrator gave, and waits until there is something to tap. */
const open = async (token = tracker.tokens.reporter, where = '/report/', on = page): Promise<void> => {
  await on.goto(`${tracker.url}${where}#token=${token}`)
  await on.waitForSelector('.work li a')
}

const tap = async (selector: string, text?: string | RegExp): Promise<void> => {
  taps += 1
  await page
    .locator(selector, text === undefined ? {} : { hasText: text })
    .first()
    .tap()
}

/** The card of a milestone, which need not be among the first ones. */
const openMilestone = async (project: string, milestone: string): Promise<void> => {
  const card = page.locator(`a[href="#milestone/${project}/${milestone}"]`)
  if (!(await card.isVisible())) await tap(`.work:has(a[href^="#milestone/${project}/"]) button`)
  await tap(`a[href="#milestone/${project}/${milestone}"]`)
}

const barSays = (text: RegExp, on = page): Promise<unknown> =>
  on.locator('.outbox-bar').filter({ hasText: text }).waitFor({ timeout: 15_000 })

interface Sent {
  readonly version: number
  readonly events: readonly { readonly type: string; readonly reports?: readonly object[] }[]
}

/** What was reported of a project since a version, oldest first. */
const reportsSince = async (project: string, version: number): Promise<readonly object[]> => {
  const response = await tracker.call(`/v1/projects/${project}/history?limit=200`, { role: 'admin' })
  const { commits }: { readonly commits: readonly Sent[] } = await response.json()
  return commits
    .filter(commit => commit.version > version)
    .toReversed()
    .flatMap(({ events }) =>
      events.flatMap(({ type, reports }) => (type === 'progress-reported' ? (reports ?? []) : []))
    )
}

const versionOf = async (project: string): Promise<number> => {
  const response = await tracker.call(`/v1/projects/${project}`, { role: 'viewer' })
  const { version }: { readonly version: number } = await response.json()
  return version
}

/** Until the service worker has the form, it opens without a network. */
const installed = (): Promise<unknown> =>
  page.waitForFunction(() => navigator.serviceWorker.controller?.state === 'activated')

/** A picture of one colour as a camera would give it: large, and with an Exif block. */
const picture = async (colour: string): Promise<Buffer> => {
  const bytes = await page.evaluate(async fill => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 2400, height: 1800 })
    const context = canvas.getContext('2d')
    if (context) Object.assign(context, { fillStyle: fill }).fillRect(0, 0, 2400, 1800)
    const blob = await new Promise<Blob | null>(resolve => canvas.toBlob(resolve, 'image/jpeg'))
    return [...new Uint8Array((await blob?.arrayBuffer()) ?? new ArrayBuffer(0))]
  }, colour)
  return Buffer.from(withExif(new Uint8Array(bytes), { taken: '2021:06:21 08:15:30' }))
}

/** Chooses a photograph of one colour. */
const choosePhoto = async (colour: string): Promise<void> => {
  const buffer = await picture(colour)
  await page.setInputFiles('input[type=file]', { name: '现场.jpg', mimeType: 'image/jpeg', buffer })
}

const firstMilestone = async (): Promise<string> =>
  (await page.locator('.work:first-of-type li a').first().getAttribute('href'))?.split('/')[2] ?? ''

describe('from the opened link', () => {
  it('a new date with its reason is sent with five taps', async () => {
    const before = await versionOf('erzhong-phase-2')
    await open()
    await tap('.work li a')
    await tap('.choices label', '新日期')
    await tap('.chips label', /月/)
    await tap('.chips label', '天气')
    await tap('button[type=submit]')
    await barSays(/已收到/)
    expect(taps).toBeLessThanOrEqual(5)
    expect(await reportsSince('erzhong-phase-2', before)).toEqual([
      expect.objectContaining({ delay: { code: 'WEATHER' }, forecastFinish: expect.stringMatching(/^2021-/) })
    ])
  })

  it('what is done is sent with three, and the page of the project shows it soon', async () => {
    await open(tracker.tokens.reporter, '/report/?project=shiyan-primary-complex')
    await tap('a[href="#milestone/shiyan-primary-complex/V4"]')
    await tap('.choices label', '已完成')
    await tap('button[type=submit]')
    await barSays(/已收到/)
    expect(taps).toBe(3)
    const shown = async () => {
      await page.goto(`${tracker.url}/projects/shiyan-primary-complex/`)
      return page.locator('.milestones tr', { hasText: 'V4' }).first().innerText()
    }
    await expect.poll(shown, { timeout: 20_000 }).toMatch(/V4[\s\S]*?2021年6月21日/)
  })

  it('the token leaves the address at once and goes to the API alone', async () => {
    const asked: string[] = []
    page.on('request', request => {
      if (`${request.url()} ${JSON.stringify(request.headers())}`.includes(tracker.tokens.reporter))
        asked.push(new URL(request.url()).pathname)
    })
    await open()
    expect(page.url()).toBe(`${tracker.url}/report/`)
    expect(new Set(asked)).toEqual(new Set(['/v1/agenda']))
    await page.goto(`${tracker.url}/`)
    await page.goBack()
    await page.waitForSelector('.work li a')
    expect(page.url()).toBe(`${tracker.url}/report/`)
  })

  it('shows how each milestone stands, and says how old that is once there is no network', async () => {
    await open()
    await installed()
    expect(await page.locator('.work li').first().innerText()).toMatch(/预计 \d+月\d+日.*%/)
    await context.setOffline(true)
    await page.reload()
    await page.waitForSelector('.fresh.old-data')
    expect(await page.locator('.fresh').innerText()).toMatch(/没有网络。\s*以下是 .* 的情况/)
    expect(await page.locator('.work li').count()).toBeGreaterThan(10)
  })

  it('everything that is tapped is 48 px high', async () => {
    await open()
    const low = () =>
      page.$$eval('.app a, .app button, .app .choice, .app summary', elements =>
        elements.flatMap(element => {
          const { height } = element.getBoundingClientRect()
          return height > 0 && height < 48 ? [`${element.textContent} ${height}`] : []
        })
      )
    expect(await low()).toEqual([])
    await tap('.work li a')
    await tap('.choices label', '新日期')
    expect(await low()).toEqual([])
  })
})

describe('without a network', () => {
  it('three reports with two photographs wait through a reload, and each is recorded once when the network is back', async () => {
    const project = 'shiyan-kindergarten-complex'
    const before = await versionOf(project)
    await open(tracker.tokens.reporter, `/report/?project=${project}`)
    await installed()
    await context.setOffline(true)
    const ids = await page.$$eval('.work:first-of-type li a', links =>
      links.slice(0, 3).map(a => a.getAttribute('href'))
    )
    for (const [at, href] of ids.entries()) {
      await tap(`a[href="${href}"]`)
      if (at < 2) {
        await choosePhoto(['#a33', '#3a3'][at]!)
        await page.waitForSelector('.strip canvas')
      }
      await tap('summary', '备注')
      await page.fill('textarea', `离线 ${href}`)
      await tap('button[type=submit]')
      await barSays(/待发送/)
    }
    await page.reload()
    await barSays(/3 条待发送/)
    expect(await versionOf(project)).toBe(before)
    await context.setOffline(false)
    await barSays(/全部已收到/)
    const reports = await reportsSince(project, before)
    expect(reports).toMatchObject(ids.map(href => ({ note: `离线 ${href}` })))
    const photos = reports.flatMap(report => ('photos' in report && Array.isArray(report.photos) ? report.photos : []))
    expect(new Set(photos).size).toBe(2)
    expect(photos).toHaveLength(2)
    const thumbnails = async () => {
      await page.goto(`${tracker.url}/projects/${project}/`)
      // They are loaded when they come near.
      for (const image of await page.locator('.photos img').all()) await image.scrollIntoViewIfNeeded()
      await page.waitForLoadState('networkidle')
      return page.$$eval('.photos img', images =>
        images.map(image => (image instanceof HTMLImageElement ? image.naturalWidth : 0))
      )
    }
    await expect.poll(thumbnails, { timeout: 10_000 }).toEqual([320, 320])
    expect(await page.locator('.photos img').first().getAttribute('alt')).toContain('摄于 2021年6月21日 08:15')
    for (const sha256 of photos) {
      const response = await fetch(`${tracker.url}/photos/${project}/${sha256}`)
      const bytes = Buffer.from(await response.arrayBuffer())
      expect(response.headers.get('content-type')).toBe('image/jpeg')
      expect(response.headers.get('x-content-type-options')).toBe('nosniff')
      expect(bytes.toString('latin1')).not.toMatch(/Exif|GPS/)
    }
  })

  it('two windows send a report once', async () => {
    const project = 'erzhong-phase-2'
    await open(tracker.tokens.reporter, `/report/?project=${project}`)
    await installed()
    const other = await context.newPage()
    await open(tracker.tokens.reporter, `/report/?project=${project}`, other)
    await page.bringToFront()
    let posts = 0
    context.on('response', response => {
      if (response.request().method() === 'POST') posts += 1
    })
    const before = await versionOf(project)
    await context.setOffline(true)
    await tap('.also a', '无变化')
    await tap('button[type=submit]')
    await barSays(/1 条待发送/)
    await context.setOffline(false)
    await Promise.all([barSays(/全部已收到/), barSays(/全部已收到/, other)])
    expect(posts).toBe(1)
    expect(await versionOf(project)).toBe(before + 1)
  })
})

describe('what is sent off', () => {
  const project = 'shiyan-primary-complex'

  it('waits for photographs that are still being made ready, and says so', async () => {
    await open(tracker.tokens.reporter, `/report/?project=${project}`)
    const before = await versionOf(project)
    const milestone = await firstMilestone()
    await openMilestone(project, milestone)
    await page.evaluate(() => {
      const atOnce = globalThis.createImageBitmap
      const late = async (source: ImageBitmapSource) => {
        await new Promise(resolve => setTimeout(resolve, 1_000))
        return atOnce(source)
      }
      globalThis.createImageBitmap = late
    })
    await choosePhoto('#aa3')
    await tap('summary', '备注')
    await page.fill('textarea', '照片在后')
    await tap('button[type=submit]')
    expect(await page.locator('button[type=submit]').innerText()).toContain('照片')
    await barSays(/全部已收到/)
    expect(await reportsSince(project, before)).toEqual([
      { milestoneId: milestone, note: '照片在后', photos: [expect.any(String)] }
    ])
  })

  it('is recorded once when it is tapped twice, and the second tap opens nothing', async () => {
    await open(tracker.tokens.reporter, `/report/?project=${project}`)
    const before = await versionOf(project)
    await tap('.also a', '无变化')
    const { x, y, width, height } = (await page.locator('button[type=submit]').boundingBox())!
    await page.locator('button[type=submit]').evaluate(button => {
      if (button instanceof HTMLElement) for (const _tap of [1, 2]) button.click()
    })
    await page.waitForSelector('.work li a')
    await page.touchscreen.tap(x + width / 2, y + height / 2)
    await barSays(/全部已收到/)
    expect(await versionOf(project)).toBe(before + 1)
    expect(new URL(page.url()).hash).toBe('')
  })

  it('as no change at a milestone confirms the project and keeps the photograph with the milestone', async () => {
    await open(tracker.tokens.reporter, `/report/?project=${project}`)
    const before = await versionOf(project)
    const milestone = await firstMilestone()
    await openMilestone(project, milestone)
    await choosePhoto('#3aa')
    await page.waitForSelector('.strip canvas')
    await tap('.choices label', '全项目无变化')
    expect(await page.locator('.strip canvas').isVisible()).toBe(true)
    await tap('button[type=submit]')
    await barSays(/全部已收到/)
    expect(await versionOf(project)).toBe(before + 2)
    await tap('.outbox-bar')
    expect(await page.locator('.outbox').innerText()).toMatch(/区实验小学综合楼 · 照片 1 张/)
    expect(await reportsSince(project, before)).toEqual([{ milestoneId: milestone, photos: [expect.any(String)] }])
  })

  it('is never less than is recorded, to the last decimal', async () => {
    await open(tracker.tokens.reporter, '/report/?project=erzhong-phase-2')
    const milestone = await firstMilestone()
    await tracker.call('/v1/projects/erzhong-phase-2/reports', {
      role: 'reporter',
      body: { reports: [{ milestoneId: milestone, percentComplete: 97.4 }] }
    })
    await open(tracker.tokens.reporter, '/report/?project=erzhong-phase-2')
    const before = await versionOf('erzhong-phase-2')
    await openMilestone('erzhong-phase-2', milestone)
    await tap('.choices label', '进度')
    expect(await page.locator('output').innerText()).toBe('97.4%')
    expect(await page.locator('input[type=range]').getAttribute('min')).toBe('98')
    await tap('button[type=submit]')
    await barSays(/全部已收到/)
    expect(await reportsSince('erzhong-phase-2', before)).toEqual([{ milestoneId: milestone, percentComplete: 97.4 }])
  })
})

describe('a way on', () => {
  it('leads back from what can be reported no more', async () => {
    await open()
    await page.goto(`${tracker.url}/report/#milestone/erzhong-phase-2/NONE`)
    await page.waitForSelector('.warning')
    await tap('a.back')
    await page.waitForSelector('.work li a')
  })

  it('is told to whoever typed a wrong token, and nothing of what does not wait', async () => {
    await page.goto(`${tracker.url}/report/#token=cpt_nobody_nothing`)
    const warning = await page.locator('#sign-in .warning').innerText()
    expect(warning).toContain('令牌无效')
    expect(warning).not.toContain('待发送')
  })

  it('leads from one reason to another, and takes along only the note that is shown', async () => {
    const project = 'shiyan-kindergarten-complex'
    await open(tracker.tokens.reporter, `/report/?project=${project}`)
    const before = await versionOf(project)
    await openMilestone(project, await firstMilestone())
    await tap('.choices label', '新日期')
    await page.locator('input[type=date]').fill('2021-01-01')
    await tap('button[type=submit]')
    expect(await page.locator('.error[role=alert]').innerText()).toContain('不能早于今天')
    await tap('.chips label', /月/)
    await tap('.chips label', '其他')
    await page.locator('.details input[maxlength]').pressSequentially('道路中断')
    expect(await page.locator('.details input[maxlength]').inputValue()).toBe('道路中断')
    await tap('.chips label', '天气')
    await tap('button[type=submit]')
    await barSays(/全部已收到/)
    expect(await reportsSince(project, before)).toMatchObject([{ delay: { code: 'WEATHER' } }])
    expect(JSON.stringify(await reportsSince(project, before))).not.toContain('道路中断')
  })
})

describe('an answer that never came', () => {
  const project = 'erzhong-phase-2'

  /** Lets a report through to the tracker, and loses what it answers. */
  const loseAnswers = () =>
    page.route('**/reports', async route => {
      await route.fetch()
      await route.abort()
    })

  it('is asked for again under the same key, and the report is recorded once', async () => {
    const before = await versionOf(project)
    await open(tracker.tokens.reporter, `/report/?project=${project}`)
    await loseAnswers()
    await tap('.also a', '无变化')
    await tap('button[type=submit]')
    await expect.poll(() => versionOf(project), { timeout: 15_000 }).toBe(before + 1)
    await barSays(/1 条待发送/)
    await page.unroute('**/reports')
    await page.reload()
    await barSays(/全部已收到/)
    expect(await versionOf(project)).toBe(before + 1)
  })

  it('under another token is left to a person, since the key would count anew', async () => {
    const before = await versionOf(project)
    await open(tracker.tokens.reporter, `/report/?project=${project}`)
    await loseAnswers()
    await tap('.also a', '无变化')
    await tap('button[type=submit]')
    await expect.poll(() => versionOf(project), { timeout: 15_000 }).toBe(before + 1)
    await page.unroute('**/reports')
    await open(tracker.tokens.admin, `/report/?project=${project}`)
    await barSays(/1 条待处理/)
    await tap('.outbox-bar')
    expect(await page.locator('.doubtful').innerText()).toContain('没有等到回答')
    await tap('button', '删除')
    await page.waitForSelector('.doubtful', { state: 'detached' })
    expect(await versionOf(project)).toBe(before + 1)
  })
})

describe('a report that is refused', () => {
  it('is explained, and goes out anew once it is corrected', async () => {
    const project = 'shiyan-primary-complex'
    await open(tracker.tokens.reporter, `/report/?project=${project}`)
    await installed()
    const [milestone = ''] = await page.$$eval('.work:first-of-type li a', links =>
      links.map(a => a.getAttribute('href')?.split('/')[2] ?? '')
    )
    await context.setOffline(true)
    await openMilestone(project, milestone)
    await tap('.choices label', '进度')
    await tap('.chips button', '90%')
    await tap('button[type=submit]')
    await barSays(/1 条待发送/)
    await tracker.call(`/v1/projects/${project}/reports`, {
      role: 'reporter',
      body: { reports: [{ milestoneId: milestone, percentComplete: 95 }] }
    })
    const before = await versionOf(project)
    await context.setOffline(false)
    await barSays(/1 条待处理/)
    const elsewhere = await versionOf('erzhong-phase-2')
    await tap('a[href="#project/erzhong-phase-2"]')
    await tap('button[type=submit]')
    await expect.poll(() => versionOf('erzhong-phase-2'), { timeout: 15_000 }).toBe(elsewhere + 1)
    await barSays(/1 条待处理[\s\S]*90%/)
    await tap('.outbox-bar')
    const refused = await page.locator('.refused').innerText()
    expect(refused).toMatch(/进度:低于已报进度/)
    expect(refused.split('低于已报进度')).toHaveLength(2)
    expect(refused).not.toContain('/reports')
    expect(refused).toContain('区实验小学综合楼')
    expect(await versionOf(project)).toBe(before)
    await tap('a', '改正后重发')
    expect(await page.locator('output').innerText()).toBe('95%')
    expect(await page.locator('.details').first().innerText()).toContain('已记录 95%')
    await tap('.chips button', '100%')
    await tap('button[type=submit]')
    await barSays(/全部已收到/)
    expect(await reportsSince(project, before)).toEqual([{ milestoneId: milestone, percentComplete: 100 }])
    await tap('.outbox-bar')
    expect(await page.locator('.refused').count()).toBe(0)
  })

  it('for its token keeps what waits, asks to sign in again, and is sent by whoever does', async () => {
    const project = 'erzhong-phase-2'
    const issue = async () => {
      const response = await tracker.call('/v1/tokens', {
        role: 'admin',
        body: { role: 'reporter', name: '现场', projects: [project] }
      })
      const issued: { readonly id: string; readonly token: string } = await response.json()
      return issued
    }
    const [first, second] = [await issue(), await issue()]
    await open(first.token)
    await installed()
    await context.setOffline(true)
    await tap('.also a', '无变化')
    await tap('button[type=submit]')
    await barSays(/1 条待发送/)
    const revoked = await fetch(`${tracker.url}/v1/tokens/${first.id}`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${tracker.tokens.admin}` }
    })
    expect(revoked.status).toBe(204)
    const before = await versionOf(project)
    await context.setOffline(false)
    await page.waitForSelector('#sign-in .warning')
    expect(await page.locator('.warning').innerText()).toContain('令牌已失效')
    await barSays(/1 条待发送/)
    await page.fill('#token', second.token)
    await tap('button[type=submit]')
    await barSays(/全部已收到/)
    expect(await versionOf(project)).toBe(before + 1)
  })
})

describe('axe finds nothing', () => {
  const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
  const violations = async () => {
    await page.evaluate(axeSource)
    const found = await page.evaluate(
      async () => (await globalThis.axe.run({ resultTypes: ['violations'] })).violations
    )
    return found.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`))
  }

  it.each(['/report/', '/en/report/'])('on the list of projects, the form and the list of reports: %s', async where => {
    await open(tracker.tokens.reporter, where)
    expect(await violations()).toEqual([])
    await tap('.work li a')
    await tap('.choices label:nth-of-type(3)')
    await tap('.chips label')
    expect(await violations()).toEqual([])
    await page.goto(`${tracker.url}${where}#project/erzhong-phase-2`)
    await tap('button[type=submit]')
    await tap('.outbox-bar')
    expect(await violations()).toEqual([])
  })
})

it('a newer form takes over whole, and what waits stays', async () => {
  const project = 'erzhong-phase-2'
  await open(tracker.tokens.reporter, `/report/?project=${project}`)
  await installed()
  const before = await versionOf(project)
  await page.route('**/reports', route => route.abort())
  await tap('.also a', '无变化')
  await tap('button[type=submit]')
  await barSays(/1 条待发送/)
  const programs = await readFormPrograms(join(tracker.directory, 'functions', 'publish-status'))
  const newer = { ...programs, page: `${programs.page};document.documentElement.dataset.form='newer'` }
  for (const { path, body } of await formFiles(newer, { siteUrl: `${tracker.url}/`, clockStandsAt: demonstrationDate }))
    writeFileSync(join(tracker.directory, 'site', path), body)
  await page.reload()
  await page.waitForFunction(() => document.documentElement.dataset.form === 'newer')
  await barSays(/1 条待发送/)
  await page.unroute('**/reports')
  await page.reload()
  await barSays(/全部已收到/)
  expect(await versionOf(project)).toBe(before + 1)
})
