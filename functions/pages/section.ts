import { html, type Markup, type Piece } from './markup.ts'

/** A part of a page under its heading, which also names it for `aria-labelledby`. */
export const section = (id: string, title: string, inside: Piece): Markup => html`<section aria-labelledby="${id}">
<h2 id="${id}">${title}</h2>
${inside}
</section>`
