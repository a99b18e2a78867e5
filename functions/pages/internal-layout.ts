import type { IsoDate } from '../core/dates.ts'
import { roleWords } from '../core/role-words.ts'
import { clockMark } from './clock-mark.ts'
import { dateText } from './date-text.ts'
import { type Language, languageTag, sayIn } from './language.ts'
import { assets, siteTitle } from './layout.ts'
import { html, type Markup } from './markup.ts'
import { typeset, typesetText } from './typography.ts'

/** Everything internal stands below this address; nothing below it is ever a public file. */
export const internalRoot = '/internal/'

/** Who looks at an internal page. */
export interface Reader {
  readonly name: string
  readonly role: 'admin' | 'leader' | 'reporter' | 'viewer'
}

/** What every internal page is told. */
export interface InternalFrame {
  readonly lang: Language
  /** The date on which a demonstration clock stands; absent on the real clock. */
  readonly clockStandsAt?: IsoDate | undefined
}

/** An internal page. Links start at the root, since it may be asked for with a slash at its end or without. */
export interface InternalPage extends InternalFrame {
  readonly title: string
  /** Its place below {@link internalRoot}, to mark it among the entries. */
  readonly place: string
  /** Absent on the page that signs in. */
  readonly reader?: Reader | undefined
  readonly dataDate?: IsoDate | undefined
  readonly main: Markup
}

/** What every page but the sign-in knows. */
export interface InternalContext extends InternalFrame {
  readonly reader: Reader
  readonly dataDate: IsoDate
}

/** An internal page for whoever is signed in. */
export const contextPage = (context: InternalContext, place: string, title: string, main: Markup): string =>
  internalPage({ ...context, place, title, main })

/** The page as text; it is made anew for every look and kept by nobody. */
export const internalPage = (page: InternalPage): string => {
  const { lang, title, dataDate, clockStandsAt, main } = page
  const say = sayIn(lang)
  return html`<!doctype html>
<html lang="${languageTag[lang]}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${typesetText(title, lang)} · ${say('内部', 'Internal')} · ${siteTitle(lang)}</title>
<meta name="robots" content="noindex, nofollow">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="/${assets.icon}" type="image/svg+xml">
<link rel="stylesheet" href="/${assets.style}">
</head>
<body class="internal">
<a class="skip" href="#main">${say('跳到正文', 'Skip to content')}</a>
<header class="banner">
<a class="site" href="${lang === 'zh' ? '/' : '/en/'}">${siteTitle(lang)}</a>
${entries(page)}
</header>
<div class="marks">
<p>${typesetText(say('内部页面,含个人信息,不得外传', 'Internal: names and telephones of people, not to be passed on'), lang)}</p>${
    dataDate !== undefined &&
    html`
<p>${say('数据截至', 'Data as of')} <time datetime="${dataDate}">${dateText(dataDate, lang)}</time></p>`
  }${
    clockStandsAt &&
    html`
${clockMark(clockStandsAt, lang)}`
  }
</div>
<main id="main" tabindex="-1">
<h1>${typesetText(title, lang)}</h1>
${typeset(main, lang)}
</main>
</body>
</html>
`.toString()
}

const entries = ({ lang, place, reader }: InternalPage): Markup | undefined => {
  if (!reader) return undefined
  const say = sayIn(lang)
  const entry = (target: string, words: string) =>
    html`<li><a href="${internalRoot}${target}"${target === place && html` aria-current="page"`}>${words}</a></li>`
  const seesAll = reader.role !== 'reporter'
  return html`<nav aria-label="${say('内部', 'Internal')}"><ul>
${entry('', say('项目', 'Projects'))}${
  seesAll &&
  html`
${entry('flags/', say('在案标记', 'Open flags'))}
${entry('cases/', say('督办单', 'Cases'))}
${entry('people/', say('人员', 'People'))}
${entry('deliveries/', say('通知送达', 'Deliveries'))}`
}
</ul></nav>
<form method="post" action="${internalRoot}sign-out"><p>${reader.name} · ${roleWords[reader.role][lang]} <button type="submit">${say('退出', 'Sign out')}</button></p></form>`
}
