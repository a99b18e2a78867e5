import type { IsoDate } from '../core/dates.ts'
import { dayTextNear } from '../pages/date-text.ts'
import type { AgendaReply } from './api.ts'
import { lang } from './language.ts'

/** The civil date at the site, by the clock of the telephone; on a demonstration clock, its date. */
export const todayOf = ({ demonstrationClock, today }: AgendaReply): IsoDate =>
  demonstrationClock ? today : inShanghai(new Date()).slice(0, 10)

/** A date as people say it, without its year where that is this one. */
export const dayText = (date: string, today: IsoDate): string => dayTextNear(today)(date, lang)

/** An instant as people at the site say it: `6月21日 08:15`. */
export const momentText = (instant: string): string => {
  const local = inShanghai(new Date(instant))
  return `${dayText(local.slice(0, 10), inShanghai(new Date()))} ${local.slice(11, 16)}`
}

/** `YYYY-MM-DD HH:mm:ss`: Swedish writes dates so. */
const inShanghai = (instant: Date): string =>
  instant.toLocaleString('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'medium' })
