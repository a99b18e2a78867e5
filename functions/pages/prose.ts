import { html, type Markup, type Piece } from './markup.ts'

/** Plain text as paragraphs, which empty lines part. */
export const prose = (text: string): Piece =>
  text === ''
    ? undefined
    : text.split(/\n{2,}/).map(
        paragraph => html`<p>${phrase(paragraph)}</p>
`
      )

/** Plain text in a line: backquoted words as code, line ends kept. */
export const phrase = (text: string): readonly Markup[] =>
  text.split('\n').map((line, index) => html`${index > 0 && html`<br>`}${line.split('`').map(codeEverySecond)}`)

const codeEverySecond = (run: string, index: number): Piece => (index % 2 === 1 ? html`<code>${run}</code>` : run)
