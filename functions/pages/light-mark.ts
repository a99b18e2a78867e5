import type { Light } from '../core/policy.ts'
import type { Language } from './language.ts'
import { html, type Markup, trusted } from './markup.ts'
import { colourWords, lightWords } from './words.ts'

/** A colour as three signs at once: colour, shape and word. `last` is what a silent project showed before. */
export const lightMark = (light: Light, lang: Language, last?: Light | undefined): Markup =>
  html`<span class="light">${lightIcon(light, last)}${lightWords[light].name[lang]}${
    last === undefined ? '' : lang === 'zh' ? `(上次${colourWords[last].zh})` : ` (last ${colourWords[last].en})`
  }</span>`

/** The shape alone, for where the word stands beside it. Hidden from screen readers. */
export const lightIcon = (light: Light, last?: Light | undefined): Markup =>
  light === 'stale' && last !== undefined ? hatched[last] : icons[light]

const icon = (light: string, shape: string): Markup =>
  trusted(`<svg class="mark ${light}" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">${shape}</svg>`)

const shapes: Readonly<Record<Light, string>> = {
  green: '<circle cx="8" cy="8" r="6.5"/>',
  blue: '<circle class="hollow" cx="8" cy="8" r="5.2"/>',
  yellow: '<path d="M8 1.4 15.4 14.4H.6z"/>',
  red: '<path d="M8 .4 15.6 8 8 15.6.4 8z"/>',
  stale: '<path class="hollow" d="M2 2h12v12H2zM2 9.5 9.5 2M3.5 14 14 3.5M9 14l5-5"/>',
  paused: '<path d="M3.5 2H7v12H3.5zM9 2h3.5v12H9z"/>',
  'no-baseline': '<circle class="hollow dashed" cx="8" cy="8" r="6"/>',
  done: '<path class="hollow" d="m2.5 8.5 3.7 4L13.5 3.5"/>'
}

const icons: Readonly<Record<Light, Markup>> = {
  green: icon('green', shapes.green),
  blue: icon('blue', shapes.blue),
  yellow: icon('yellow', shapes.yellow),
  red: icon('red', shapes.red),
  stale: icon('stale', shapes.stale),
  paused: icon('paused', shapes.paused),
  'no-baseline': icon('no-baseline', shapes['no-baseline']),
  done: icon('done', shapes.done)
}

/** A grey frame hatched in the last colour. */
const hatch = (last: Light): Markup =>
  icon(
    'stale',
    `<path class="hollow" d="M1.5 1.5h13v13h-13z"/><path class="hatch ${last}" d="M2.5 8.5l6-6M3 13 13 3M7.5 13.5l6-6"/>`
  )

const hatched: Readonly<Record<Light, Markup>> = {
  green: hatch('green'),
  blue: hatch('blue'),
  yellow: hatch('yellow'),
  red: hatch('red'),
  stale: icons.stale,
  paused: hatch('paused'),
  'no-baseline': hatch('no-baseline'),
  done: hatch('done')
}
