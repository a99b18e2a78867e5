import type { AgendaMilestone } from '../core/agenda.ts'
import { addDays, type IsoDate } from '../core/dates.ts'
import type { DelayCode } from '../core/delay.ts'
import type { ReportBody } from './api.ts'
import type { Photo } from './photo.ts'

/** What a report is about. */
export type Subject =
  | { readonly type: 'milestone'; readonly project: string; readonly milestone: string }
  /** The number of counted works. */
  | { readonly type: 'count'; readonly project: string }
  | { readonly type: 'project'; readonly project: string }

/** What somebody says of it, as it is being filled in. */
export interface Draft {
  readonly subject: Subject
  readonly said?: Said | undefined
  /** When it began, where that is not known yet. */
  readonly start?: string | undefined
  readonly delay?: { readonly code: DelayCode; readonly note?: string | undefined } | undefined
  readonly note?: string | undefined
  readonly photos?: readonly Photo[] | undefined
}

/** The Idempotency-Key of one of the reports that a draft comes to (`reportsOf`), by the key of the draft. */
export const reportKey = (key: string, at: number): string => `${key}-${at}`

/** One thing at a time: reached, how far, when instead, how many, or nothing new. */
export type Said =
  | { readonly type: 'done'; readonly on: string }
  | { readonly type: 'percent'; readonly percent: number }
  | { readonly type: 'date'; readonly finish?: string | undefined }
  | { readonly type: 'count'; readonly done?: number | undefined }
  | { readonly type: 'no-change' }

/** What is still missing or impossible before a draft can be sent. */
export type Missing =
  | 'choice'
  | 'date'
  | 'done-in-future'
  | 'date-in-past'
  | 'start-in-future'
  | 'start-after-finish'
  | 'count'
  | 'reason'
  | 'reason-note'

/** What keeps a draft from being sent, the first thing from the top of the form; `milestone` is what it is about. */
export const missingIn = (
  draft: Draft,
  milestone: AgendaMilestone | undefined,
  today: IsoDate
): Missing | undefined => {
  const { said, start, delay } = draft
  if (!said) return draft.note || draft.photos?.length ? undefined : 'choice'
  if (said.type === 'date' && !said.finish) return 'date'
  if (said.type === 'date' && said.finish && said.finish.slice(0, 10) < today) return 'date-in-past'
  if (said.type === 'done' && said.on.slice(0, 10) > today) return 'done-in-future'
  if (said.type === 'count' && said.done === undefined) return 'count'
  if (start && asksStart(said, milestone)) {
    if (start.slice(0, 10) > today) return 'start-in-future'
    if (said.type === 'done' && start > said.on) return 'start-after-finish'
  }
  if (!needsReason(said, milestone)) return undefined
  if (!delay) return 'reason'
  return delay.code === 'OTHER' && !delay.note ? 'reason-note' : undefined
}

/** Whether it may be said when the work began: with how far it is, and once. */
export const asksStart = (said: Said | undefined, milestone: AgendaMilestone | undefined): boolean =>
  (said?.type === 'done' || said?.type === 'percent') && milestone?.actualStart === null

/** Whether a later finish than was promised is said, which has a reason (DOMAIN §5). */
export const needsReason = (said: Said | undefined, milestone: AgendaMilestone | undefined): boolean => {
  const finish = said?.type === 'done' ? said.on : said?.type === 'date' ? said.finish : undefined
  const promised = milestone?.promisedFinish
  return finish !== undefined && promised !== null && promised !== undefined && finish > promised
}

/**
 * The reports that a draft comes to. "No change" confirms the whole project and has no place for photographs, so those
 * taken at a milestone are a report of it, before the other.
 */
export const reportsOf = (draft: Draft): readonly Draft[] => {
  const { subject, said, note, photos = [] } = draft
  if (said?.type !== 'no-change' || subject.type !== 'milestone') return [draft]
  const confirmed: Draft = { subject: { type: 'project', project: subject.project }, said, note }
  return photos.length > 0 ? [{ subject, photos }, confirmed] : [confirmed]
}

/** How far something is by what was reported. */
export interface Recorded {
  readonly percent?: number | undefined
  readonly count?: number | undefined
}

/** What is said, with nothing less than is recorded: a report goes forward only. */
export const atLeast = (said: Said | undefined, { percent = 0, count = 0 }: Recorded): Said | undefined => {
  if (said?.type === 'percent') return { ...said, percent: Math.max(said.percent, percent) }
  if (said?.type === 'count' && said.done !== undefined) return { ...said, done: Math.max(said.done, count) }
  return said
}

/** The body of `POST /v1/projects/{id}/reports` for a draft in which nothing is missing; `milestone` is what it is about. */
export const bodyOf = (
  { subject, said, start, delay, note, photos = [] }: Draft,
  milestone: AgendaMilestone | undefined
): ReportBody => {
  const noted = note ? { note } : {}
  if (said?.type === 'count') return { ...(said.done === undefined ? {} : { count: { done: said.done } }), ...noted }
  if (said?.type === 'no-change' || subject.type !== 'milestone') return { noChange: true, ...noted }
  const report = {
    milestoneId: subject.milestone,
    ...fieldsOf(said),
    ...(start && asksStart(said, milestone) ? { actualStart: start } : {}),
    ...(delay && needsReason(said, milestone) ? { delay: delay.code === 'OTHER' ? delay : { code: delay.code } } : {}),
    ...noted,
    ...(photos.length > 0 ? { photos: photos.map(({ sha256 }) => sha256) } : {})
  }
  return { reports: [report] }
}

const fieldsOf = (said: Exclude<Said, { readonly type: 'no-change' | 'count' }> | undefined) => {
  if (!said) return {}
  switch (said.type) {
    case 'done':
      return { actualFinish: said.on }
    case 'percent':
      return { percentComplete: said.percent }
    case 'date':
      return said.finish === undefined ? {} : { forecastFinish: said.finish }
  }
}

/** A day as a date of the milestone: where its dates have a time, at the end of a day's work. */
export const onDay = (day: IsoDate, { unit }: Pick<AgendaMilestone, 'unit'>): string =>
  unit === 'hour' ? `${day}T17:00` : day

/** The days that are offered for a later finish: one, two and four weeks after what is expected now, none before today. */
export const laterDates = (
  { projectedFinish }: Pick<AgendaMilestone, 'projectedFinish'>,
  today: IsoDate
): readonly IsoDate[] => {
  const expected = projectedFinish?.slice(0, 10) ?? today
  const from = expected > today ? expected : today
  return [7, 14, 28].map(days => addDays(from, days))
}
