import ICAL from 'ical.js'
import { describe, expect, it } from 'vitest'
import { addDays } from '../../functions/core/dates.ts'
import type { SiteEntry } from '../../functions/core/site-entry.ts'
import { projectCalendarFile, wholeCalendarFile } from '../../functions/pages/calendar-feed.ts'
import { siteEntryOf } from '../../functions/pages/site-entry.ts'
import { projects } from './bureau.ts'
import { entries, siteUrl, unmoved } from './site-files.ts'

/** The events of a calendar as another program reads them. */
const eventsIn = (text: string): readonly ICAL.Event[] =>
  new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent').map(component => new ICAL.Event(component))

const property = (event: ICAL.Event, name: string): string => String(event.component.getFirstPropertyValue(name))

const withFirstMilestone = (change: Partial<SiteEntry['milestones'][number]>): SiteEntry => {
  const [entry] = entries
  const [first, ...rest] = entry!.milestones
  return { ...entry!, milestones: [{ ...first!, ...change }, ...rest] }
}

describe('the calendar of all projects', () => {
  const { body, contentType } = wholeCalendarFile(entries, siteUrl)
  const events = eventsIn(body)

  it('has every milestone with a date, once, as a whole day', () => {
    const dated = entries.flatMap(({ milestones }) => milestones.filter(({ finish }) => finish !== null))
    expect(events).toHaveLength(dated.length)
    expect(new Set(events.map(({ uid }) => uid)).size).toBe(dated.length)
    expect(events.map(({ startDate }) => startDate.toString())).toEqual(dated.map(({ finish }) => finish))
    expect(events.every(({ startDate }) => startDate.isDate)).toBe(true)
    expect(events.map(event => addDays(event.startDate.toString(), 1))).toEqual(
      events.map(event => event.endDate.toString())
    )
  })

  it('says where it stands, how sure its date is, and that nobody is busy for it', () => {
    const [entry] = entries
    const done = events[0]!
    expect(property(done, 'status')).toBe('CONFIRMED')
    expect(property(done, 'transp')).toBe('TRANSPARENT')
    expect(property(done, 'url')).toBe(`${siteUrl}projects/${entry!.summary.id}/`)
    expect(done.summary).toContain(entry!.summary.name)
    const statusOf = (status: string) => events.filter(event => property(event, 'status') === status)
    expect(statusOf('CANCELLED')).toHaveLength(
      entries.flatMap(e => e.milestones.filter(m => m.status === 'cancelled' && m.finish !== null)).length
    )
    expect(statusOf('TENTATIVE').length).toBeGreaterThan(0)
  })

  it('keeps to RFC 5545: lines of 75 octets at most that end with CRLF, a stamp on each event', () => {
    expect(contentType).toBe('text/calendar; charset=utf-8')
    expect(body.endsWith('END:VCALENDAR\r\n')).toBe(true)
    expect(body.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
    for (const line of body.split('\r\n')) expect(Buffer.byteLength(line), line).toBeLessThanOrEqual(75)
    for (const event of events) expect(property(event, 'dtstamp')).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
  })

  it('is the same to the byte when nothing has changed', () => {
    expect(wholeCalendarFile(entries, siteUrl).body).toBe(body)
  })

  it('escapes what the format itself uses', () => {
    const name = 'a;b,c\\n:"d" — \u{1F3EB}'.repeat(5)
    const [event] = eventsIn(projectCalendarFile(withFirstMilestone({ name }), siteUrl).body)
    expect(event!.summary).toContain(name)
  })

  it('writes the name of a calendar as the standard has texts', () => {
    const [entry] = entries
    const summary = { ...entry!.summary, name: '一期,二期;北\\南' }
    const { body } = projectCalendarFile({ ...entry!, summary }, siteUrl)
    for (const property of ['NAME', 'X-WR-CALNAME'])
      expect(body).toContain(`\r\n${property}:${String.raw`一期\,二期\;北\\南`}\r\n`)
    expect(body.replaceAll('\r\n ', '')).toMatch(/^X-WR-CALDESC:(?:[^\\,;]|\\[\\,;])+\r$/m)
  })

  it('leaves links out where nobody knows the address of the site', () => {
    expect(wholeCalendarFile(entries, undefined).body).not.toContain('URL')
  })
})

describe('the revision of an event', () => {
  const [data] = projects
  const { state, assessment } = data!
  const later = { ...assessment, dataDate: addDays(assessment.dataDate, 1) }
  const pushed = {
    ...later,
    milestones: later.milestones.map(m => ({
      ...m,
      projectedFinish: m.projectedFinish && addDays(m.projectedFinish, 1)
    }))
  }
  const revisionOf = (now: typeof assessment, version = state.version) =>
    siteEntryOf({ ...data!, state: { ...state, version }, assessment: now }, unmoved(assessment)).revision

  it('stays while no date has moved, whatever the day', () => {
    expect(revisionOf(later)).toEqual(revisionOf(assessment))
  })

  it('grows when waiting moved a date, and with every commit', () => {
    expect(revisionOf(pushed).number).toBeGreaterThan(revisionOf(assessment).number)
    expect(revisionOf(pushed).at > revisionOf(assessment).at).toBe(true)
    expect(revisionOf(assessment, state.version + 1).number).toBeGreaterThan(revisionOf(assessment).number)
  })

  it('keeps the identity of the event', () => {
    const uids = (entry: SiteEntry) => eventsIn(projectCalendarFile(entry, siteUrl).body).map(({ uid }) => uid)
    expect(uids(withFirstMilestone({ finish: '2022-01-01', name: '改名' }))).toEqual(uids(entries[0]!))
  })
})
