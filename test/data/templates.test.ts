import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { builtInCalendars } from '../../data/calendars.ts'
import { documentOf, type PlanRequest, planFromTemplate } from '../../data/plan-from-template.ts'
import { type Template, type TemplateId, templateIds, templates } from '../../data/templates.ts'
import { checkPlan } from '../../functions/core/check-plan.ts'
import { addDays, addMonths, daysBetween, type IsoDate } from '../../functions/core/dates.ts'
import { handoverOf, startOfWorksOf } from '../../functions/core/milestone.ts'
import { runs } from '../properties/runs.ts'

const plan = (template: TemplateId, dates: PlanRequest['dates'], more: Partial<PlanRequest> = {}) =>
  planFromTemplate(templates[template], { project: { id: 'p', name: 'p' }, dates, ...more }, builtInCalendars)

const lasts = (template: TemplateId, start: IsoDate, from: string, to: string): number => {
  const { dates } = plan(template, { start })
  return daysBetween(from === 'start' ? start : dates[from]!.finish, dates[to]!.finish)
}

/** The first working day of each month of three years, so that holidays fall everywhere. */
const starts = Array.from({ length: 36 }, (_, i) =>
  builtInCalendars('cn')!.ceil(`${2022 + Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, '0')}-01`)
)
const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length

describe('every template', () => {
  it.each(templateIds)('%s is a plan that can be registered, whose hand-over is U2', id => {
    const { project, dates } = plan(id, { start: '2023-03-01' })
    expect(checkPlan(project, dates, builtInCalendars)).toEqual([])
    expect(handoverOf(project)?.id).toBe('U2')
    expect(templates[id].handover).toBe('U2')
  })

  it.each(templateIds)('%s weighs a hundred in all, close-out nothing', id => {
    const { milestones } = templates[id]
    expect(milestones.reduce((sum, { weight }) => sum + weight, 0)).toBe(100)
    for (const { phase, weight } of milestones) if (phase === 'closeout') expect(weight).toBe(0)
  })

  it.each(templateIds)('%s has unique codes and names a source for each row that is law', id => {
    const { milestones } = templates[id]
    expect(new Set(milestones.map(({ code }) => code)).size).toBe(milestones.length)
    for (const { basis } of milestones)
      for (const { kind, source } of basis) if (kind !== 'guess') expect(source).toBeTruthy()
  })

  it.each(templateIds)('%s keeps within what statutes allow and within the range seen', id => {
    for (const { code, duration, typical, legal, after } of templates[id].milestones) {
      const waited = duration + after.reduce((lag, link) => Math.max(lag, typeof link === 'string' ? 0 : link.lag), 0)
      expect(waited, code).toBeGreaterThanOrEqual(legal?.minimum ?? 0)
      expect(waited, code).toBeLessThanOrEqual(legal?.maximum ?? Number.POSITIVE_INFINITY)
      // Three months are 89 days at least.
      if (legal?.maximumMonths) expect(waited, code).toBeLessThanOrEqual(legal.maximumMonths * 30 - 1)
      if (typical) expect(duration >= typical[0] && duration <= typical[1], code).toBe(true)
    }
  })
})

describe('a new school', () => {
  it('has every row of the specification, in its order', () => {
    const codes =
      'A1 A2 A3 A4 A5 A6 A7 A8 A9 A10 A11 A12 T1 T2 T3 T4 P1 P2 C1 C2 C3 C4 C5 C6 C7 C8 V1 V2 V3 V4 V5 U1 U2 F1 F2'
    expect(templates['new-school'].milestones.map(({ code }) => code).join(' ')).toBe(codes)
  })

  it('takes about 657 calendar days from A1 to in use, whenever it starts', () => {
    const days = starts.map(start => lasts('new-school', start, 'start', 'U2'))
    expect(Math.abs(mean(days) - 657)).toBeLessThan(5)
    for (const each of days) expect(Math.abs(each - 657)).toBeLessThan(15)
  })

  it('takes about 328 calendar days from the start of works to completion acceptance', () => {
    const days = starts.map(start => lasts('new-school', start, 'C1', 'V2'))
    expect(Math.abs(mean(days) - 328)).toBeLessThan(4)
    for (const each of days) expect(Math.abs(each - 328)).toBeLessThan(12)
  })

  it('runs through land clearance and external works, not through fit-out', () => {
    const { dates } = plan('new-school', { start: '2022-09-01' })
    expect(dates.A7!.start > dates.A4!.finish).toBe(true)
    expect(addDays(dates.A6!.finish, 1)).toBe(dates.A7!.start)
    expect(dates.C8!.finish > dates.C7!.finish).toBe(true)
    expect(dates.V3!.finish).toBe(dates.U2!.finish)
  })

  it('must start its works by late September for the first of September after', () => {
    const { dates } = plan('new-school', { finish: '2023-08-25' })
    expect(dates.C1!.finish >= '2022-09-10' && dates.C1!.finish <= '2022-09-30').toBe(true)
  })

  it('keeps the legal waits between milestones', () => {
    for (const start of starts) {
      const { dates } = plan('new-school', { start })
      expect(daysBetween(dates.T1!.finish, dates.T2!.finish)).toBeGreaterThanOrEqual(20)
      expect(daysBetween(dates.T2!.finish, dates.T3!.finish)).toBeGreaterThanOrEqual(3)
      expect(daysBetween(dates.T3!.finish, dates.T4!.finish)).toBeLessThanOrEqual(30)
      expect(dates.C1!.finish <= addMonths(dates.P2!.finish, 3)).toBe(true)
      expect(daysBetween(dates.V2!.finish, dates.V3!.finish)).toBeLessThanOrEqual(15)
      expect(dates.F1!.finish <= addMonths(dates.V2!.finish, 3)).toBe(true)
      expect(dates.F2!.finish >= addDays(addMonths(dates.V2!.finish, 24), -1)).toBe(true)
    }
  })
})

describe('the variants', () => {
  it('build a small building in 180 to 240 calendar days and propose it within its feasibility study', () => {
    for (const start of starts) {
      const days = lasts('small-building', start, 'C1', 'V2')
      expect(days >= 180 && days <= 240, `${start} ${days}`).toBe(true)
    }
    const codes = templates['small-building'].milestones.map(({ code }) => code)
    expect(codes).not.toContain('A1')
    expect(codes).toHaveLength(templates['new-school'].milestones.length - 1)
  })

  it('repair between 1 July and 20 August and hand over before the school year', () => {
    const { project, dates } = plan('summer-repair', { start: '2023-03-01' })
    expect(project.milestones.map(({ id }) => id).join(' ')).toBe('A4 T1 T2 T3 T4 P2 C1 C7 V2 V5 U2')
    expect(dates.C1!.start).toBe('2023-07-01')
    for (let year = 2015; year <= 2026; year += 1)
      expect(plan('summer-repair', { start: `${year}-03-01` }).dates.U2!.finish <= `${year}-08-20`, `${year}`).toBe(
        true
      )
    expect(plan('summer-repair', { start: '2023-07-02' }).dates.C1!.start).toBe('2024-07-01')
    expect(plan('summer-repair', { finish: '2023-08-25' }).dates.V5!.finish <= '2023-08-20').toBe(true)
  })

  it('buy, install, test and accept equipment without a permit', () => {
    const { project } = plan('equipment', { start: '2023-03-01' })
    expect(project.milestones.map(({ name }) => name)).toEqual(['立项', '采购', '安装', '调试', '验收', '启用'])
    expect(startOfWorksOf(project)).toBeUndefined()
  })

  it('count works along a curve that ends with their last day', () => {
    const { project, dates } = plan('counted', { start: '2023-03-01' }, { count: { unit: '套', total: 68 } })
    expect(project.count?.plan.at(-1)).toEqual({ date: dates.C7!.finish, value: 68 })
    expect(checkPlan(project, dates, builtInCalendars)).toEqual([])
    expect(plan('counted', { start: '2023-03-01' }).project.count).toBeUndefined()
  })
})

describe('a plan from a template', () => {
  it('counts back to the last day on which it can start and still be in use in time', () => {
    const anyFinish = fc.integer({ min: 0, max: 2000 }).map(days => addDays('2018-01-01', days))
    fc.assert(
      fc.property(fc.constantFrom<TemplateId>('new-school', 'small-building', 'equipment'), anyFinish, (id, finish) => {
        const { project, dates } = plan(id, { finish })
        expect(dates.U2!.finish <= finish).toBe(true)
        expect(plan(id, { start: addDays(project.start, 1) }).dates.U2!.finish > finish).toBe(true)
      }),
      { numRuns: runs(25) }
    )
  })

  it('leaves out rows that do not apply and links around them', () => {
    const { project } = plan('new-school', { start: '2023-03-01' }, { omit: ['A2', 'A6', 'A7'] })
    const linksOf = (id: string) =>
      project.milestones.find(milestone => milestone.id === id)?.predecessors?.map(({ milestoneId }) => milestoneId)
    expect(project.milestones.some(({ id }) => id === 'A6')).toBe(false)
    expect(linksOf('A4')).toEqual(['A1'])
    expect(linksOf('A8')).toEqual(['A4', 'A1', 'A5'])
    expect(linksOf('A9')).toEqual(['A4', 'A1'])
  })

  it('puts the rows of a phase on a calendar of the site', () => {
    const calendars = {
      site: { base: 'daily', exceptions: [{ from: '2023-01-15', to: '2023-02-05', working: false, name: '春节停工' }] }
    }
    const start = '2021-10-08'
    const project = { id: 'p', name: 'p', calendars }
    const stopped = plan('new-school', { start }, { project, calendarOfPhase: { construction: 'site' } })
    const free = plan('new-school', { start })
    expect(daysBetween(free.dates.C8!.finish, stopped.dates.C8!.finish)).toBe(22)
    expect(stopped.project.milestones.find(({ id }) => id === 'V1')?.calendar).toBe('cn')
  })

  it('takes adjustments and remembers what was typical', () => {
    const { project } = plan('new-school', { start: '2023-03-01' }, { adjustments: { C3: { duration: 90 } } })
    expect(project.milestones.find(({ id }) => id === 'C3')).toMatchObject({ duration: 90, typicalDuration: 105 })
  })

  it('refuses adjustments of rows that the template has not, and links to none', () => {
    expect(() => plan('equipment', { start: '2023-03-01' }, { adjustments: { C3: {} } })).toThrow(/no milestone C3/)
    expect(() => plan('equipment', { start: '2023-03-01' }, { omit: ['A1'] })).toThrow(RangeError)
    const broken: Template = {
      ...templates.equipment,
      milestones: templates.equipment.milestones.map(row => ({ ...row, after: ['Z9'] }))
    }
    const request = { project: { id: 'p', name: 'p' }, dates: { start: '2023-03-01' } }
    expect(() => planFromTemplate(broken, request, builtInCalendars)).toThrow(/Z9/)
  })

  it('is written as the contract writes a project, each milestone with its baseline', () => {
    const made = plan('equipment', { start: '2023-03-01' })
    const document = documentOf(made)
    expect(document.milestones[0]).toMatchObject({
      id: 'E1',
      name: '立项',
      duration: 10,
      calendar: 'cn',
      baseline: { start: '2023-03-01', finish: '2023-03-14' }
    })
    expect(Object.keys(document)).toEqual(['id', 'name', 'start', 'milestones'])
  })
})
