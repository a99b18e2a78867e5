import { html, type Markup, type Piece, trusted } from './markup.ts'

/** A chart as a picture with words: its place on the page, its size in units of its own, its name and what it says. */
export interface Picture {
  readonly id: string
  readonly size: { readonly width: number; readonly height: number }
  readonly title: string
  /** What a reader who cannot see it has to know. */
  readonly text: string
}

/**
 * A chart in SVG that scrolls inside itself where it is wide, with its text alternative, its key and, where another table
 * does not have it all, its twin. Stands in the section of the same id.
 */
export const chartFigure = (
  { id, size, title, text }: Picture,
  marks: Markup,
  { key, twin }: { readonly key?: Markup | undefined; readonly twin?: Markup }
): Markup =>
  html`<figure class="chart"><div class="scroll" role="group" aria-labelledby="${id}" tabindex="0">
<svg viewBox="0 0 ${size.width} ${size.height}" role="img" aria-labelledby="${id}-title ${id}-text">
<title id="${id}-title">${title}</title>
<desc id="${id}-text">${text}</desc>
${marks}
</svg></div>
${key}</figure>${twin}`

/** The twin of a chart: the same in a table, folded away. The first cell of a row names it. */
export const chartTable = (
  title: string,
  heads: readonly string[],
  rows: readonly (readonly Piece[])[]
): Markup => html`<details><summary>${title}</summary><div class="scroll" role="group" aria-label="${title}" tabindex="0"><table class="twin">
<thead><tr>${heads.map(head => html`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>${rows.map(
  ([name, ...cells]) => html`
<tr><th scope="row">${name}</th>${cells.map(cell => [openCell, cell, closeCell])}</tr>`
)}
</tbody></table></div></details>`

/** Cells by the thousand: a template for each would cost more than all the rest of the table. */
const openCell = trusted('<td>')
const closeCell = trusted('</td>')

/** A name cut to the room that a chart has for it; the whole one stands in the table. */
export const shortened = (name: string, most: number): string =>
  name.length > most ? `${name.slice(0, most - 1)}…` : name
