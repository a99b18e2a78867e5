import type { SiteFile } from '../core/ports.ts'
import { assets } from './layout.ts'
import { type Colour, squarePng } from './png.ts'

/** The sign of the site, a milestone on a line, in a square of 32 units. */
const sign = {
  side: 32,
  ground: [11, 79, 138],
  line: { colour: [255, 255, 255], left: 4, right: 28, top: 15, bottom: 17 },
  milestone: { colour: [255, 206, 61], x: 18, y: 16, reach: 9 }
} as const

const { side, ground, line, milestone } = sign

const cssOf = ([red, green, blue]: Colour): string => `rgb(${red},${green},${blue})`

/** The icon of the site for browsers. */
export const siteIcon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}"><rect width="${side}" height="${side}" rx="6" fill="${cssOf(ground)}"/><path fill="${cssOf(line.colour)}" d="M${line.left} ${line.top}H${line.right}V${line.bottom}H${line.left}z"/><path fill="${cssOf(milestone.colour)}" d="m${milestone.x} ${milestone.y - milestone.reach} ${milestone.reach} ${milestone.reach}-${milestone.reach} ${milestone.reach}-${milestone.reach}-${milestone.reach}z"/></svg>
`

/** Side of the icon on the home screen of a telephone, in pixels. */
export const touchIconSide = 180

/** The same as a picture, for the home screens of telephones that take no SVG; they round its corners themselves. */
export const touchIconFile = (): SiteFile => ({
  path: assets.touchIcon,
  body: squarePng(touchIconSide, colourAt),
  contentType: 'image/png'
})

const unitsPerPixel = side / touchIconSide

const colourAt = (x: number, y: number): Colour => {
  const [u, v] = [(x + 0.5) * unitsPerPixel, (y + 0.5) * unitsPerPixel]
  const intoLine = Math.min(u - line.left, line.right - u, v - line.top, line.bottom - v)
  const intoMilestone = (milestone.reach - Math.abs(u - milestone.x) - Math.abs(v - milestone.y)) / Math.SQRT2
  return laid(milestone.colour, covered(intoMilestone), laid(line.colour, covered(intoLine), ground))
}

/** How much of a pixel a shape covers whose edge is so many units away from its middle. */
const covered = (units: number): number => Math.min(1, Math.max(0, units / unitsPerPixel + 0.5))

const laid = (top: Colour, share: number, under: Colour): Colour => {
  const mixed = (channel: 0 | 1 | 2): number => Math.round(top[channel] * share + under[channel] * (1 - share))
  return [mixed(0), mixed(1), mixed(2)]
}
