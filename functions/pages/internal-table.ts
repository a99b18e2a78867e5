import { html, type Markup, type Piece } from './markup.ts'

/** A plain table of an internal page, under an id of its own; it scrolls by itself where it is wider than the page. */
export const table = (
  id: string,
  heads: readonly string[],
  rows: readonly (readonly Piece[])[]
): Markup => html`<div class="scroll" role="region" aria-label="${heads.join(' · ')}" tabindex="0"><table id="${id}">
<thead><tr>${heads.map(head => html`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>${rows.map(
  cells => html`
<tr>${cells.map(cell => html`<td>${cell}</td>`)}</tr>`
)}
</tbody></table></div>`
