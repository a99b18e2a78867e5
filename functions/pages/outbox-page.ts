import type { IsoDate } from '../core/dates.ts'
import type { Attempt, Delivery } from '../core/delivery.ts'
import { secondsAfter } from '../core/instants.ts'
import { clockMark } from './clock-mark.ts'
import { dateText } from './date-text.ts'
import { deliveryStatusWords } from './delivery-words.ts'
import { assets } from './layout.ts'
import { html, type Markup } from './markup.ts'
import { typeset } from './typography.ts'

/** What the outbox shows. */
export interface OutboxView {
  /** The last change first. */
  readonly deliveries: readonly Delivery[]
  /** The ledger holds more than these. */
  readonly isCut: boolean
  /** The date on which a demonstration clock stands; absent on the real clock. */
  readonly clockStandsAt?: IsoDate | undefined
}

/**
 * What each person was sent, or would have been: by day, then by person, each message with the state of its deliveries. It
 * names people, so it is no page of the site: the tracker on one machine alone shows it, and writes it nowhere.
 */
export const outboxPage = ({ deliveries, isCut, clockStandsAt }: OutboxView): string => {
  const days = [...Map.groupBy(deliveries, ({ date }) => date)].sort(([a], [b]) => (a < b ? 1 : -1))
  return html`<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>发件箱 · Outbox</title>
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="/${assets.icon}" type="image/svg+xml">
<link rel="stylesheet" href="/${assets.style}">
</head>
<body class="outbox">${
    clockStandsAt &&
    html`
<div class="marks">${clockMark(clockStandsAt, 'zh')}</div>`
  }
<main id="main">
${typeset(
  html`<p><a href="/">← 总览</a> · <a href="/en/" lang="en">Overview</a></p>
<h1>发件箱 <span lang="en">· Outbox</span></h1>
<p class="headline">${
    deliveries.length === 0 ? '还没有发出过通知。' : '每个人收到(或本应收到)的通知,按日、按人排列。'
  }</p>
<p lang="en">${
    deliveries.length === 0
      ? 'Nobody has been sent anything yet.'
      : 'What each person was sent, or would have been, by day and by person. Only this machine shows this page.'
  }</p>${
    isCut &&
    html`
<p class="warning">只列出最近 ${deliveries.length} 次投递。<span lang="en">Only the last ${deliveries.length} deliveries are listed.</span></p>`
  }`,
  'zh'
)}${days.map(([date, ofDay]) => day(date, ofDay))}
</main>
</body>
</html>
`.toString()
}

const day = (date: IsoDate, deliveries: readonly Delivery[]): Markup => {
  const people = [...Map.groupBy(deliveries, ({ recipient }) => recipient)].sort(([a], [b]) => (a < b ? -1 : 1))
  return html`
<section aria-labelledby="d${date}">
<h2 id="d${date}">${dateText(date, 'zh')} <small lang="en">${dateText(date, 'en')}</small></h2>${people.map(
    ([recipient, ofPerson]) => html`
<h3>${recipient}</h3>${messagesOf(ofPerson).map(message)}`
  )}
</section>`
}

/** The deliveries of one message stand together, whatever their channels. */
const messagesOf = (deliveries: readonly Delivery[]): readonly (readonly Delivery[])[] => [
  ...Map.groupBy(deliveries, ({ subject, text }) => JSON.stringify([subject, text])).values()
]

const message = (deliveries: readonly Delivery[]): Markup => {
  const [first] = deliveries
  return html`
<article>
<p><b>${first?.subject}</b></p>
<pre tabindex="0">${first?.text}</pre>
<div class="scroll" role="group" aria-label="投递 / deliveries" tabindex="0"><table>
<thead><tr>${heads.map(
    ([zh, en, kind]) =>
      html`<th scope="col"${kind !== undefined && html` class="${kind}"`}>${zh} <span lang="en">${en}</span></th>`
  )}</tr></thead>
<tbody>${deliveries.toSorted((a, b) => (a.channel < b.channel ? -1 : 1)).map(row)}
</tbody></table></div>
</article>`
}

const heads: readonly (readonly [zh: string, en: string, kind?: string])[] = [
  ['渠道', 'channel'],
  ['状态', 'state'],
  ['尝试', 'tries', 'figure'],
  ['时间', 'time'],
  ['说明', 'detail']
]

const row = (delivery: Delivery): Markup => {
  const { channel, address, status, attempts, at, dueAt, history } = delivery
  const words = deliveryStatusWords[status]
  const last = history.findLast(({ outcome }) => outcome !== undefined)
  return html`
<tr><th scope="row">${channel}${address !== undefined && html` <small>${address}</small>`}</th><td class="${
    status === 'failed' || status === 'unknown' ? 'bad' : status === 'sent' ? 'good' : ''
  }">${words.zh} <span lang="en">${words.en}</span></td><td class="figure">${attempts}</td><td>${clockTime(at)}</td><td>${
    last && detail(last)
  }${
    dueAt !== undefined && html` <span>下次 ${clockTime(dueAt)}</span> <span lang="en">next try then</span>`
  }</td></tr>`
}

const detail = ({ httpStatus, code, reason }: Attempt): Markup => {
  const said = [httpStatus === undefined ? '' : `HTTP ${httpStatus}`, code ?? ''].filter(Boolean).join(' · ')
  return html`${said}${reason && html` ${reason.zh} <span lang="en">${reason.en}</span>`}`
}

/** Beijing's time to the second; China has had no summer time since 1991. */
const clockTime = (instant: string): Markup =>
  html`<time datetime="${instant}">${secondsAfter(instant, 8 * 3600)
    .slice(0, 19)
    .replace('T', ' ')}</time>`
