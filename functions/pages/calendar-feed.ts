import { ICalCalendar, ICalEventStatus, ICalEventTransparency } from 'ical-generator'
import { calendarDateOf } from '../core/dates.ts'
import type { PageFile } from '../core/ports.ts'
import { dateOf } from '../core/schedule.ts'
import type { EntryMilestone, SiteEntry } from '../core/site-entry.ts'
import { dateText } from './date-text.ts'
import { type Language, languages, nameText, sayIn } from './language.ts'
import { demonstrationMark, projectFolder, siteTitle } from './layout.ts'
import { workingDaysText } from './numbers.ts'
import { lightWords, statusWords } from './words.ts'

/** Where a calendar stands in the site, and what it is of. */
export interface CalendarOptions {
  readonly path: string
  readonly name: string
  /** Address of the site, `https://…/`; events carry no link where it is not known. */
  readonly siteUrl?: string | undefined
}

/** How often a subscriber should look again, in seconds. */
const refreshAfter = 6 * 3600

/**
 * Milestones as all-day events (RFC 5545). The same log on the same day gives the same bytes, and while no date moves so
 * does every later day: stamp and sequence come from the revision of the entry, never from the clock.
 */
export const calendarFile = (entries: readonly SiteEntry[], { path, name, siteUrl }: CalendarOptions): PageFile => {
  const demonstration = entries.some(({ summary }) => summary.demonstration)
  const calendar = new ICalCalendar({
    prodId,
    name: escaped(name),
    ttl: refreshAfter,
    ...(demonstration ? { description: escaped(languages.map(demonstrationMark).join(' / ')) } : {})
  })
  const frame = calendar.toString()
  const events = entries.map(entry => eventsOf(entry, siteUrl)).join('')
  return {
    path,
    body: `${frame.slice(0, -calendarEnd.length)}${events}${calendarEnd}\r\n`,
    contentType: 'text/calendar; charset=utf-8'
  }
}

const prodId = { company: 'capital-project-tracker', product: 'milestones', language: 'ZH-CN' }
const eventBegin = 'BEGIN:VEVENT\r\n'
const calendarEnd = 'END:VCALENDAR'

/**
 * The milestones of a project as the library writes and folds them in a calendar of their own: they are the same in
 * every calendar, and stand in two, so they are made once.
 */
const eventsOf = (entry: SiteEntry, siteUrl: string | undefined): string => {
  const known = madeEvents.get(entry)
  if (known && known.siteUrl === siteUrl) return known.events
  const calendar = new ICalCalendar({ prodId })
  for (const milestone of entry.milestones) addEvent(calendar, entry, milestone, siteUrl)
  const text = calendar.toString()
  const begin = text.indexOf(eventBegin)
  const events = begin < 0 ? '' : text.slice(begin, -calendarEnd.length)
  madeEvents.set(entry, { siteUrl, events })
  return events
}

const madeEvents = new WeakMap<SiteEntry, { readonly siteUrl: string | undefined; readonly events: string }>()

/** A text as RFC 5545 §3.3.11 has it: the library does so in events, but not in what it says of the calendar itself. */
const escaped = (text: string): string => text.replace(/[\\;,]/g, String.raw`\$&`)

/** The calendar of one project. */
export const projectCalendarFile = (entry: SiteEntry, siteUrl: string | undefined): PageFile =>
  calendarFile([entry], {
    path: `projects/${entry.summary.id}/calendar.ics`,
    name: entry.summary.name,
    siteUrl
  })

/** The calendar of all projects. */
export const wholeCalendarFile = (entries: readonly SiteEntry[], siteUrl: string | undefined): PageFile =>
  calendarFile(entries, { path: 'calendar.ics', name: siteTitle('zh'), siteUrl })

const addEvent = (
  calendar: ICalCalendar,
  { summary, revision }: SiteEntry,
  milestone: EntryMilestone,
  siteUrl: string | undefined
): void => {
  if (milestone.finish === null) return
  calendar.createEvent({
    id: uidOf(summary.id, milestone.id),
    sequence: revision.number,
    stamp: new Date(revision.at),
    lastModified: new Date(revision.at),
    start: calendarDateOf(dateOf(milestone.finish)),
    allDay: true,
    summary: `${marks[milestone.status]}${summary.name}:${milestone.name}`,
    description: descriptionOf(milestone, summary.demonstration),
    status: statusOf(milestone),
    transparency: ICalEventTransparency.TRANSPARENT,
    categories: [{ name: standingOf(milestone, 'zh') }],
    ...(siteUrl === undefined ? {} : { url: `${siteUrl}${projectFolder(summary.id)}` })
  })
}

/** Stable for as long as project and milestone keep their ids, whatever happens to their dates. */
const uidOf = (project: string, milestone: string): string =>
  `${encodeURIComponent(milestone)}.${project}@capital-project-tracker`

const marks: Readonly<Record<EntryMilestone['status'], string>> = {
  'not-started': '',
  'in-progress': '',
  done: '✓ ',
  cancelled: '✗ '
}

/** A date that was reached, or stands as approved, is confirmed; one that is only projected is tentative. */
const statusOf = ({ status, finish, baselineFinish }: EntryMilestone): ICalEventStatus => {
  if (status === 'cancelled') return ICalEventStatus.CANCELLED
  return status === 'done' || finish === baselineFinish ? ICalEventStatus.CONFIRMED : ICalEventStatus.TENTATIVE
}

/** The colour of what is open; what is over has none. */
const standingOf = ({ status, light }: EntryMilestone, lang: Language): string =>
  status === 'done' || status === 'cancelled' ? statusWords[status][lang] : lightWords[light].name[lang]

const descriptionOf = (milestone: EntryMilestone, demonstration: boolean): string =>
  languages.map(lang => described(milestone, demonstration, lang)).join('\n')

const described = (milestone: EntryMilestone, demonstration: boolean, lang: Language): string => {
  const { id, status, finish, baselineFinish, lateWorkingDays } = milestone
  const say = sayIn(lang)
  const isDone = status === 'done'
  const days = workingDaysText(Math.abs(lateWorkingDays ?? 0), lang)
  return [
    `${id} ${nameText(milestone, lang)}`,
    standingOf(milestone, lang),
    baselineFinish !== null && `${say('批准', 'approved')} ${dateText(baselineFinish, lang)}`,
    finish !== null &&
      status !== 'cancelled' &&
      `${isDone ? say('实际', 'actual') : say('预计', 'expected')} ${dateText(finish, lang)}`,
    lateWorkingDays !== null && lateWorkingDays > 0 && say(`晚 ${days}`, `${days} late`),
    lateWorkingDays !== null && lateWorkingDays < 0 && say(`早 ${days}`, `${days} early`),
    demonstration && demonstrationMark(lang)
  ]
    .filter(part => part !== false)
    .join(' · ')
}
