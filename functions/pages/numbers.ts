import { type Language, sayIn } from './language.ts'

/** A percentage to one decimal at most: `63.2%`. */
export const percentText = (percent: number): string => `${Math.round(percent * 10) / 10}%`

/** A ratio to two decimals: `0.91`. */
export const ratioText = (ratio: number): string => ratio.toFixed(2)

/** A signed number with a true minus: `+12`, `−3`, `0`. */
export const signedText = (value: number): string => (value > 0 ? `+${value}` : value < 0 ? `−${-value}` : '0')

/** `12 个工作日`, `12 working days`. */
export const workingDaysText = (days: number, lang: Language): string =>
  sayIn(lang)(`${days} 个工作日`, `${days} working ${days === 1 ? 'day' : 'days'}`)

/** `12 个项目`, `12 projects`. */
export const projectsText = (count: number, lang: Language): string =>
  sayIn(lang)(`${count} 个项目`, `${count} ${count === 1 ? 'project' : 'projects'}`)
