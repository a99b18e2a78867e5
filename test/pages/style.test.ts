import { describe, expect, it } from 'vitest'
import { siteScript } from '../../functions/pages/site-script.ts'
import { formStyleSheet } from '../../functions/pages/style-form.ts'
import { styleSheet } from '../../functions/pages/style-sheet.ts'
import { tokens } from '../../functions/pages/style-tokens.ts'

const [light, dark] = tokens
  .split('@media')
  .map(part => new Map([...part.matchAll(/--([\w-]+):(#[0-9a-f]+)/g)].map(([, name, colour]) => [name!, colour!])))

describe.each([
  ['light', light!],
  ['dark', dark!]
])('the %s colours', (_name, colours) => {
  it.each(['ink', 'quiet', 'link', 'good', 'bad'])('keep 4.5:1 for text: %s', name => {
    for (const ground of ['paper', 'ground', 'notice'])
      expect(contrast(colours, name, ground)).toBeGreaterThanOrEqual(4.5)
  })

  it.each([
    'red',
    'yellow-edge',
    'blue',
    'green',
    'stale',
    'paused',
    'no-baseline',
    'done',
    'fact',
    'control',
    'focus'
  ])('keep 3:1 for marks: %s', name => {
    for (const ground of ['paper', 'ground']) expect(contrast(colours, name, ground)).toBeGreaterThanOrEqual(3)
  })

  it('keep 4.5:1 for text on the chart and on the button', () => {
    expect(contrast(colours, 'blue', 'paper')).toBeGreaterThanOrEqual(4.5)
    expect(contrast(colours, 'paper', 'link')).toBeGreaterThanOrEqual(4.5)
  })
})

describe('assets', () => {
  it('fetch nothing from elsewhere', () => {
    expect(styleSheet + formStyleSheet).not.toMatch(/url\(|@import|https?:/)
    expect(siteScript).not.toMatch(/https?:|innerHTML|eval\(|localStorage|document\.write/)
  })

  it('have a script that parses', () => {
    expect(() => new Function(siteScript)).not.toThrow()
  })

  it('use only tokens that are defined', () => {
    const used = new Set([...(styleSheet + formStyleSheet).matchAll(/var\(--([\w-]+)\)/g)].map(([, name]) => name!))
    expect([...used].filter(name => !tokens.includes(`--${name}:`))).toEqual([])
  })

  it('grey a page only when its data are older than 48 hours, counted from the end of the data date in China', () => {
    const greyAt = (now: number): boolean => {
      const classes: string[] = []
      const note = { hidden: true }
      const document = {
        body: { dataset: { dataDate: '2021-06-21' }, classList: { add: (name: string) => classes.push(name) } },
        querySelectorAll: (selector: string) => (selector === '.outdated' ? [note] : [])
      }
      new Function('document', 'Date', siteScript)(document, { UTC: Date.UTC, now: () => now })
      expect(note.hidden).toBe(classes.length === 0)
      return classes.includes('old')
    }
    expect(greyAt(Date.UTC(2021, 5, 23, 16, 0, 0))).toBe(false)
    expect(greyAt(Date.UTC(2021, 5, 23, 16, 0, 1))).toBe(true)
  })
})

/** WCAG 2 contrast of two tokens. */
const contrast = (colours: ReadonlyMap<string, string>, a: string, b: string): number => {
  const [bright, dim] = [luminance(colours.get(a)!), luminance(colours.get(b)!)].sort((x, y) => y - x)
  return (bright! + 0.05) / (dim! + 0.05)
}

const luminance = (hex: string): number => {
  const full = hex.length === 4 ? [...hex.slice(1)].map(digit => digit + digit).join('') : hex.slice(1)
  const [red, green, blue] = [0, 2, 4]
    .map(at => Number.parseInt(full.slice(at, at + 2), 16) / 255)
    .map(value => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4))
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!
}
