import { html } from '../../functions/pages/markup.ts'
import type { TableRenderer } from './table.ts'

/** The tagged literals of the site. */
export const ours: TableRenderer = ({ caption, heads, rows }) =>
  html`<table class="milestones"><caption>${caption}</caption><thead><tr>${heads.map(
    head => html`<th scope="col">${head}</th>`
  )}</tr></thead><tbody>${rows.map(
    row =>
      html`<tr class="${row.status}"><th scope="row"><b>${row.id}</b> ${row.name}${row.critical && html` <i>关键</i>`}</th><td>${row.status}</td><td>${row.original}</td><td>${row.current}</td><td>${row.forecast}</td><td class="figure">${row.variance}</td><td class="figure">${row.float}</td><td>${row.driver}</td></tr>`
  )}</tbody></table>`.toString()
