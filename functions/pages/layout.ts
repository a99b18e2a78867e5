import type { IsoDate } from '../core/dates.ts'
import type { PageFile } from '../core/ports.ts'
import { clockMark } from './clock-mark.ts'
import { timeMarkup } from './date-text.ts'
import { type Language, languageTag, sayIn, twinOf } from './language.ts'
import { html, type Markup } from './markup.ts'
import { typeset, typesetAroundCode, typesetText } from './typography.ts'

/** What a page says of the data it shows; all of it absent on pages without data. */
export interface DataMarks {
  /** The last day that the data speak of. */
  readonly dataDate?: IsoDate | undefined
  /** Dates on the page are derived from a template and say nothing official. */
  readonly demonstration?: boolean | undefined
  /** Dates on the page lie in a year without a holiday notice. */
  readonly provisional?: boolean | undefined
  /** The tracker runs on a demonstration clock, so that the age of the data means nothing. */
  readonly demonstrationClock?: boolean | undefined
}

/** What all pages of a publication share. */
export interface SiteSetting {
  /** The address of the site, ending in `/`: search engines follow whole addresses only. Relative where it is not known. */
  readonly siteUrl?: string | undefined
  /** The date on which a demonstration clock stands, for pages that show no data; absent on the real clock. */
  readonly clockStandsAt?: IsoDate | undefined
}

/** A page of the site in one language. */
export interface Page extends DataMarks, SiteSetting {
  readonly lang: Language
  /** The folder of the page without its language, `''` or ending in `/`: `projects/x/`. */
  readonly folder: string
  readonly kind: 'overview' | 'project' | 'print' | 'report' | 'api'
  readonly title: string
  readonly description: string
  /** A program that brings its own style sheet and scripts in place of those of every page. */
  readonly program?: PageProgram | undefined
  readonly main: Markup
}

/** What a page is made of that is a program; names in `assets/`, but for the manifest, which lies in the page's folder. */
export interface PageProgram {
  readonly style: string
  /** Runs as soon as it is there. */
  readonly first: string
  /** Runs once the page is there. */
  readonly script: string
  /** By this the page can be installed as an application. */
  readonly manifest: string
}

/** The names of the assets, from the root of the site. */
export const assets = {
  style: 'assets/site.css',
  script: 'assets/site.js',
  icon: 'assets/icon.svg',
  touchIcon: 'assets/touch-icon.png'
}

/** The folder of a project's page without its language. */
export const projectFolder = (id: string): string => `projects/${encodeURIComponent(id)}/`

/** The way from a page to the root of the site: `''` or `../` for every folder; links are relative throughout. */
export const rootFrom = (lang: Language, folder: string): string =>
  '../'.repeat(folderIn(lang, folder).split('/').length - 1)

/** A link from a page to a folder of the site in the same language. */
export const linkTo = (target: string, lang: Language, from: string): string =>
  target === from ? './' : rootFrom(lang, from) + folderIn(lang, target) || './'

/** The title of the site. */
export const siteTitle = (lang: Language): string => sayIn(lang)('教育建设项目进度', 'School building projects')

/** The demonstration mark of DOMAIN §1. */
export const demonstrationMark = (lang: Language): string =>
  sayIn(lang)(
    '示例计划,日期由模板推算,非官方数据',
    'Demonstration plan: dates derive from a template and are not official'
  )

/** A page as the file to write. */
export const pageFile = (page: Page): PageFile => ({
  path: `${decodeURIComponent(folderIn(page.lang, page.folder))}index.html`,
  body: frame(page).toString(),
  contentType: 'text/html; charset=utf-8'
})

/** Nothing from elsewhere, nothing inline; `frame-ancestors` can stand in a header only. */
export const contentSecurityPolicy =
  "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; require-trusted-types-for 'script'"

const folderIn = (lang: Language, folder: string): string => (lang === 'zh' ? folder : `${lang}/${folder}`)

const frame = (page: Page): Markup => {
  const { lang, folder, title, description } = page
  const root = rootFrom(lang, folder)
  const home = folder === ''
  return html`<!doctype html>
<html lang="${languageTag[lang]}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${contentSecurityPolicy}">
<title>${typesetText(home ? title : `${title} · ${siteTitle(lang)}`, lang)}</title>
<meta name="description" content="${typesetText(description, lang)}">
<meta name="color-scheme" content="light dark">
<link rel="canonical" href="${addressOf(page.lang, page)}">
<link rel="alternate" hreflang="zh-CN" href="${addressOf('zh', page)}">
<link rel="alternate" hreflang="en" href="${addressOf('en', page)}">
<link rel="alternate" hreflang="x-default" href="${addressOf('zh', page)}">
<link rel="alternate" type="application/atom+xml" href="${root}feed.atom" title="${siteTitle(lang)}">
<link rel="icon" href="${root}${assets.icon}" type="image/svg+xml">
${page.program ? programLinks(page.program, root) : siteLinks(root)}
</head>
<body class="${page.kind}"${dataAttributes(page)}>
${typeset(banner(page), lang)}
${marks(page)}
<main id="main" tabindex="-1">
${page.kind === 'api' ? typesetAroundCode(page.main, lang) : typeset(page.main, lang)}
</main>
${typeset(footer(page), lang)}
</body>
</html>
`
}

const siteLinks = (root: string): Markup => html`<link rel="stylesheet" href="${root}${assets.style}">
<script src="${root}${assets.script}" defer></script>`

/** What runs first is asked for first. */
const programLinks = ({ style, first, script, manifest }: PageProgram, root: string): Markup =>
  html`<script src="${root}assets/${first}" async></script>
<link rel="stylesheet" href="${root}assets/${style}">
<script src="${root}assets/${script}" defer></script>
<link rel="manifest" href="${manifest}">
<link rel="apple-touch-icon" href="${root}${assets.touchIcon}">`

/** Read by the script that greys a page whose data are old. */
const dataAttributes = ({ dataDate, demonstrationClock }: Page): Markup | undefined =>
  dataDate === undefined || demonstrationClock ? undefined : html` data-data-date="${dataDate}"`

/** A page in one of the languages: its whole address where that is known, else as seen from this one. */
const addressOf = (lang: Language, page: Page): string =>
  page.siteUrl === undefined ? twinFrom(page, lang) : page.siteUrl + folderIn(lang, page.folder)

/** The way from a page to itself or to its twin. */
const twinFrom = (page: Page, lang: Language): string =>
  lang === page.lang ? './' : rootFrom(page.lang, page.folder) + folderIn(lang, page.folder) || './'

const banner = (page: Page): Markup => {
  const { lang, folder } = page
  const say = sayIn(lang)
  const other = twinOf(lang)
  const entry = (target: string, words: string) =>
    html`<li><a href="${linkTo(target, lang, folder)}"${target === folder && html` aria-current="page"`}>${words}</a></li>`
  return html`<a class="skip" href="#main">${say('跳到正文', 'Skip to content')}</a>
<header class="banner">
<a class="site" href="${linkTo('', lang, folder)}">${siteTitle(lang)}</a>
<nav aria-label="${say('站点', 'Site')}"><ul>
${entry('', say('总览', 'Overview'))}
${entry('print/', say('挂图', 'Board'))}
${entry('report/', say('填报', 'Report'))}
${entry('api/', say('接口', 'API'))}
<li><a href="${twinFrom(page, other)}" lang="${languageTag[other]}" hreflang="${languageTag[other]}">${
    other === 'en' ? 'English' : '中文'
  }</a></li>
</ul></nav>
</header>`
}

const marks = (page: Page): Markup | undefined => {
  const { lang, dataDate, demonstration, provisional, demonstrationClock, clockStandsAt } = page
  const say = sayIn(lang)
  if (dataDate === undefined) {
    if (clockStandsAt === undefined) return undefined
    return html`<aside class="marks" aria-label="${say('时钟说明', 'About the clock')}">
${clockMark(clockStandsAt, lang)}
</aside>`
  }
  return html`<aside class="marks" aria-label="${say('数据说明', 'About these data')}">
<p class="data-date">${say('数据截至', 'Data as of')} ${timeMarkup(dataDate, lang)}</p>${
    demonstrationClock &&
    html`
${clockMark(dataDate, lang)}`
  }${
    demonstration &&
    html`
<p class="mark-demo">${demonstrationMark(lang)}</p>`
  }${
    provisional &&
    html`
<p class="mark-provisional">${typesetText(
      say('暂定:部分日期所在年份尚无放假通知', 'Provisional: no holiday notice yet for the year of some dates'),
      lang
    )}</p>`
  }
<p class="outdated" role="status" hidden>${typesetText(
    say('数据已超过 48 小时未更新,请以后续发布为准', 'These data are more than 48 hours old'),
    lang
  )}</p>
</aside>`
}

const footer = ({ lang, folder }: Page): Markup => {
  const say = sayIn(lang)
  const root = rootFrom(lang, folder)
  return html`<footer class="footer">
<p>${say(
    '日期按国务院放假通知的工作日计算;颜色由规则得出,每条规则附算式。本页不含个人信息。',
    'Working days follow the holiday notices of the State Council; colours follow rules, each printed with its arithmetic. No personal data on this page.'
  )}</p>
<p><a href="${root}data/projects.json">${say('数据(JSON)', 'Data (JSON)')}</a> · <a href="${root}ledger.xlsx">${say('台账(Excel)', 'Ledger (Excel)')}</a> · <a href="${root}calendar.ics">${say('节点日历(ICS)', 'Calendar of milestones (ICS)')}</a> · <a href="${root}feed.atom">${say('动态订阅(Atom)', 'Feed of changes (Atom)')}</a> · <a href="${linkTo('api/', lang, folder)}">${say('接口文档', 'API documentation')}</a></p>
</footer>`
}
