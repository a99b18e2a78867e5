import { Unreadable } from './imported-plan.ts'
import { momentOf } from './xer-tables.ts'
import { textOf, type XmlValue } from './xml-tree.ts'

/** A field that holds a moment; `undefined` where it is empty or NA. */
export const dateOf = (element: XmlValue, field: string, path: string): string | undefined => {
  const text = textOf(element, field)
  if (text === '' || text === 'NA') return undefined
  const date = momentOf(text)
  if (date === undefined) throw new Unreadable('not-a-date', `${path}/${field}: ${text.slice(0, 60)}`)
  return date
}

/** A field that holds a number; `undefined` where it is empty. */
export const numberOf = (element: XmlValue, field: string, path: string): number | undefined => {
  const text = textOf(element, field)
  if (text === '') return undefined
  const value = Number(text)
  if (!Number.isFinite(value)) throw new Unreadable('not-a-number', `${path}/${field}: ${text.slice(0, 60)}`)
  return value
}

/** A field that holds a duration such as `PT40H30M0S`, in hours; `undefined` where it is empty. */
export const hoursOf = (element: XmlValue, field: string, path: string): number | undefined => {
  const text = textOf(element, field)
  if (text === '') return undefined
  const found = /^P(?:(\d+)D)?(?:T(?:(\d+(?:\.\d+)?)H)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)S)?)?$/.exec(text)
  if (!found) throw new Unreadable('not-a-number', `${path}/${field}: ${text.slice(0, 60)}`)
  const [, days = '0', hours = '0', minutes = '0', seconds = '0'] = found
  return Number(days) * 24 + Number(hours) + Number(minutes) / 60 + Number(seconds) / 3600
}
