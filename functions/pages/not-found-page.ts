import type { IsoDate } from '../core/dates.ts'
import type { PageFile } from '../core/ports.ts'
import { clockMark } from './clock-mark.ts'
import { assets } from './layout.ts'
import { html } from './markup.ts'
import { typeset } from './typography.ts'

/**
 * Served for any address that does not exist, at any depth: the one page whose links start at the root. `clockStandsAt` is
 * the date of a demonstration clock.
 */
export const notFoundPage = (clockStandsAt?: IsoDate): PageFile => ({
  path: '404.html',
  contentType: 'text/html; charset=utf-8',
  body: html`<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'">
<title>404 · 教育建设项目进度</title>
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="/${assets.icon}" type="image/svg+xml">
<link rel="stylesheet" href="/${assets.style}">
</head>
<body class="lost">${
    clockStandsAt &&
    html`
<div class="marks">${clockMark(clockStandsAt, 'zh')}</div>`
  }
<main id="main">
<h1>404</h1>
${typeset(
  html`<p class="headline">没有这个页面,可能项目编号已变。<a href="/">查看全部项目</a></p>
<p lang="en">There is no such page. <a href="/en/">See all projects</a></p>`,
  'zh'
)}
</main>
</body>
</html>
`.toString()
})
