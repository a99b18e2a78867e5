import type { PageFile } from '../core/ports.ts'
import { dateOf } from '../core/schedule.ts'
import type { EntryMilestone, SiteEntry } from '../core/site-entry.ts'
import { dateText } from './date-text.ts'
import { type CalendarProperty, calendarComponent, calendarDate, calendarInstant, calendarText } from './icalendar.ts'
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

/** How often a subscriber should look again. */
const refreshAfter = 'PT6H'

/**
 * Milestones as all-day events (RFC 5545). The same log on the same day gives the same bytes, and while no date moves so
 * does every later day: stamp and sequence come from the revision of the entry, never from the clock.
 */
export const calendarFile = (entries: readonly SiteEntry[], { path, name, siteUrl }: CalendarOptions): PageFile => {
  const demonstration = entries.some(({ summary }) => summary.demonstration)
  const events = entries.flatMap(entry => eventsOf(entry, siteUrl))
  const body = calendarComponent(
    'VCALENDAR',
    [
      ['VERSION', '2.0'],
      ['PRODID', '-//capital-project-tracker//milestones//ZH-CN'],
      ['NAME', calendarText(name)],
      ['X-WR-CALNAME', calendarText(name)],
      ...(demonstration ? [['X-WR-CALDESC', calendarText(languages.map(demonstrationMark).join(' / '))] as const] : []),
      ['REFRESH-INTERVAL;VALUE=DURATION', refreshAfter],
      ['X-PUBLISHED-TTL', refreshAfter]
    ],
    events
  )
  return { path, body, contentType: 'text/calendar; charset=utf-8' }
}

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

const eventsOf = ({ summary, revision, milestones }: SiteEntry, siteUrl: string | undefined): readonly string[] => {
  const stamp = calendarInstant(revision.at)
  const url: readonly CalendarProperty[] =
    siteUrl === undefined ? [] : [['URL;VALUE=URI', `${siteUrl}${projectFolder(summary.id)}`]]
  return milestones.flatMap(milestone =>
    milestone.finish === null
      ? []
      : [
          calendarComponent('VEVENT', [
            ['UID', uidOf(summary.id, milestone.id)],
            ['SEQUENCE', String(revision.number)],
            ['DTSTAMP', stamp],
            ['DTSTART;VALUE=DATE', calendarDate(dateOf(milestone.finish))],
            ['X-MICROSOFT-CDO-ALLDAYEVENT', 'TRUE'],
            ['X-MICROSOFT-MSNCALENDAR-ALLDAYEVENT', 'TRUE'],
            ['SUMMARY', calendarText(`${marks[milestone.status]}${summary.name}:${milestone.name}`)],
            ['TRANSP', 'TRANSPARENT'],
            ['DESCRIPTION', calendarText(descriptionOf(milestone, summary.demonstration))],
            ['CATEGORIES', calendarText(standingOf(milestone, 'zh'))],
            ...url,
            ['STATUS', statusOf(milestone)],
            ['LAST-MODIFIED', stamp]
          ])
        ]
  )
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
const statusOf = ({ status, finish, baselineFinish }: EntryMilestone): 'CANCELLED' | 'CONFIRMED' | 'TENTATIVE' => {
  if (status === 'cancelled') return 'CANCELLED'
  return status === 'done' || finish === baselineFinish ? 'CONFIRMED' : 'TENTATIVE'
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
