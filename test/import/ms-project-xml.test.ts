import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { builtInCalendars } from '../../data/calendars.ts'
import { projectCalendars, startOfDate } from '../../functions/core/schedule.ts'
import type { ImportedPlan } from '../../functions/import/imported-plan.ts'
import { readMsProjectXml } from '../../functions/import/ms-project-xml.ts'
import { planOf } from '../../functions/schema/plan.ts'
import { assessImported } from '../../lib/command-line/assess.ts'
import { outsideData } from '../core/outside-data.ts'

const bytesOf = (text: string) => new TextEncoder().encode(text)

const read = (bytes: Uint8Array): ImportedPlan => {
  const result = readMsProjectXml(bytes)
  if (!result.ok) throw new Error(`${result.fault.code} ${result.fault.detail}`)
  return result.plan
}

type Fields = Readonly<Record<string, string | number>>

const elements = (fields: Fields) =>
  Object.entries(fields)
    .map(([name, value]) => `<${name}>${value}</${name}>`)
    .join('')

const task = (UID: number, hours: number, more: Fields = {}, inner = '') =>
  `<Task>${elements({ UID, ID: UID, Name: `Task ${UID}`, IsNull: 0, OutlineLevel: 1, Summary: 0, Milestone: 0, Duration: `PT${hours}H0M0S`, DurationFormat: 7, ConstraintType: 0, CalendarUID: -1, ...more })}${inner}</Task>`

const link = (from: number, Type = 1, LinkLag = 0, LagFormat = 7) =>
  `<PredecessorLink>${elements({ PredecessorUID: from, Type, CrossProject: 0, LinkLag, LagFormat })}</PredecessorLink>`

const times = (...shifts: readonly (readonly [string, string])[]) =>
  `<DayWorking>${shifts.length > 0 ? 1 : 0}</DayWorking><WorkingTimes>${shifts
    .map(([from, to]) => `<WorkingTime><FromTime>${from}:00</FromTime><ToTime>${to}:00</ToTime></WorkingTime>`)
    .join('')}</WorkingTimes>`

const office = times(['08:00', '12:00'], ['13:00', '17:00'])

const week = (days: Readonly<Record<number, string>>) =>
  `<WeekDays>${Object.entries(days)
    .map(([day, hours]) => `<WeekDay><DayType>${day}</DayType>${hours}</WeekDay>`)
    .join('')}</WeekDays>`

const standardWeek = { 1: times(), 2: office, 3: office, 4: office, 5: office, 6: office, 7: times() }

const calendar = (UID: number, name: string, inner: string, base = -1, isBase = 1) =>
  `<Calendar>${elements({ UID, Name: name, IsBaseCalendar: isBase, BaseCalendarUID: base })}${inner}</Calendar>`

const period = (from: string, to: string) =>
  `<TimePeriod><FromDate>${from}T00:00:00</FromDate><ToDate>${to}T23:59:00</ToDate></TimePeriod>`

const exception = (from: string, to: string, fields: Fields, hours = times()) =>
  `<Exception>${period(from, to)}${elements(fields)}${hours}</Exception>`

/** A file of ours that starts on Monday 2026-03-02. */
const mspdi = (
  tasks: readonly string[],
  { calendars = '', head = {}, rest = '' }: { calendars?: string; head?: Fields; rest?: string } = {}
) =>
  bytesOf(
    `<?xml version="1.0" encoding="UTF-8"?>\n<Project xmlns="http://schemas.microsoft.com/project">${elements({ Name: 'yard.xml', Title: '操场 &amp; 看台', StartDate: '2026-03-02T08:00:00', CalendarUID: 1, ...head })}<Calendars>${calendars || calendar(1, 'Standard', week(standardWeek))}</Calendars><Tasks>${tasks.join('\n')}</Tasks>${rest}</Project>`
  )

const dates = (plan: ImportedPlan, id: string, dataDate = plan.document.project.start) => {
  const found = assessImported(plan, dataDate).milestones.find(m => m.id === id)
  return [found?.earlyStart, found?.earlyFinish].map(date => date?.slice(5, 13))
}

const milestone = (plan: ImportedPlan, id: string) => plan.document.project.milestones.find(m => m.id === id)

describe('files of MS Project', () => {
  const folder = outsideData('mspdi')
  const files = folder ? readdirSync(folder).filter(file => file.endsWith('.xml')) : []
  const readFile = (file: string) => read(readFileSync(`${folder}/${file}`))

  it.skipIf(!folder)('are all read', () => {
    expect(files.map(file => readFile(file).document.project.milestones.length)).toEqual([1, 0, 3, 5, 16, 16])
  })

  it.skipIf(!folder)('link as their elements say', () => {
    const links = (file: string) =>
      Object.fromEntries(
        readFile(file).document.project.milestones.flatMap(({ id, predecessors = [] }) =>
          predecessors.map(({ milestoneId, type, lag }) => [`${milestoneId}-${id}`, `${type} ${lag}`])
        )
      )
    expect(links('mspdirelations.xml')).toEqual({ '1-2': 'FS 0', '2-3': 'SS 8', '3-4': 'FF 0', '4-5': 'SF 0' })
    expect(links('task-links-project2019-mspdi.xml')).toEqual({
      '1-2': 'FS 0',
      '3-4': 'FS 8',
      '5-6': 'FS 16',
      '7-8': 'FS 40',
      '9-10': 'FS 80',
      '11-12': 'SF 16',
      '13-14': 'SS 16',
      '15-16': 'FF 16'
    })
    expect(links('sample.xml')).toEqual({
      '9-10': 'FS 0',
      '11-12': 'FS 8',
      '13-14': 'FS -8',
      '15-16': 'SS 0',
      '17-18': 'FF 0',
      '20-21': 'SF 0'
    })
  })

  it.skipIf(!folder)('have no empty rows, no summaries, and only baseline 0', () => {
    const withNulls = readFile('mspdinulltasks.xml')
    expect(withNulls.document.project.milestones.map(({ id, name }) => `${id} ${name}`)).toEqual([
      '3 Task 2',
      '4 Task 3',
      '8 Task 5'
    ])
    expect(withNulls.lost.map(({ what }) => what)).toEqual(['3 × IsNull', 'Task 1 · Task 4'])
    const withBaselines = readFile('baselines.xml')
    expect(withBaselines.document.baseline).toEqual({})
    expect(withBaselines.lost[0]).toMatchObject({ path: 'Task[UID=1]', what: 'Baseline 1 2 3 4 5 6 7 8 9 10' })
  })

  it.skipIf(!folder)('have their base calendars, with the hours of two resources together where both work', () => {
    expect(Object.keys(readFile('calendar-calendars-project2019-mspdi.xml').document.project.calendars ?? {})).toEqual([
      'Standard',
      'Calendar1',
      'Calendar2'
    ])
    expect(milestone(readFile('sample.xml'), '2')?.calendar).toBe('First Resource + Second Resource')
  })

  it.skipIf(!folder)('have the dates and slacks that MS Project computed, to the minute of working time', () => {
    const otherwise: string[] = []
    let compared = 0
    for (const file of files) {
      const plan = readFile(file)
      const { project } = plan.document
      if (project.milestones.length === 0) continue
      const calendars = projectCalendars(planOf(plan.document, builtInCalendars).project, builtInCalendars)
      const tasks = readFileSync(`${folder}/${file}`, 'utf8').match(/<Task>[\s\S]*?<\/Task>/g) ?? []
      for (const ours of assessImported(plan, project.start).milestones) {
        const own = tasks.find(element => element.includes(`<UID>${ours.id}</UID>`)) ?? ''
        const field = (name: string) => new RegExp(`<${name}>([^<]{1,16})`).exec(own)?.[1] ?? ''
        const time = calendars(milestone(plan, ours.id)?.calendar ?? '')?.time
        // MS Project may write the start of the next shift for the end of one: no work lies between them.
        const isSame = (a: string | null, b: string) => a !== null && time?.count(startOfDate(a), startOfDate(b)) === 0
        const isSlack = (a: number | null, b: string) => a !== null && Math.round(a * 600) === Number(b)
        const { earlyStart, earlyFinish, lateStart, lateFinish, totalFloat, freeFloat } = ours
        const equal = {
          earlyStart: isSame(earlyStart, field('EarlyStart')),
          earlyFinish: isSame(earlyFinish, field('EarlyFinish')),
          lateStart: isSame(lateStart, field('LateStart')),
          lateFinish: isSame(lateFinish, field('LateFinish')),
          totalSlack: isSlack(totalFloat, field('TotalSlack')),
          freeSlack: isSlack(freeFloat, field('FreeSlack'))
        }
        compared += 6
        for (const [name, is] of Object.entries(equal))
          if (!is) otherwise.push(`${file} ${ours.id} ${name}${field('Manual') === '1' ? ' manual' : ''}`)
      }
    }
    expect([compared, otherwise]).toEqual([246, []])
  })
})

describe('calendars', () => {
  const recurring = (fields: Fields, to = '2026-12-31', from = '2026-03-01') => {
    const calendars = calendar(
      1,
      'site',
      `${week(standardWeek)}<Exceptions>${exception(from, to, { Name: 'rest', ...fields })}</Exceptions>`
    )
    const plan = read(mspdi([task(1, 8)], { calendars }))
    return plan.document.project.calendars?.site?.exceptions?.map(({ from, to }) =>
      from === to ? from : `${from} ${to}`
    )
  }

  it.each<[string, Fields, readonly string[]]>([
    ['every day of a period', { Type: 1 }, ['2026-03-02 2026-03-07']],
    ['every second day', { Type: 1, Period: 2 }, ['2026-03-03', '2026-03-05']],
    ['twice', { Type: 1, EnteredByOccurrences: 1, Occurrences: 3 }, ['2026-03-02 2026-03-03']],
    ['every week on Tuesday and Friday', { Type: 6, Period: 1, DaysOfWeek: 4 + 32 }, ['2026-03-03', '2026-03-06']],
    ['on the third of each month', { Type: 4, Period: 1, MonthDay: 3 }, ['2026-03-03']],
    ['on the fourth of March', { Type: 2, Month: 2, MonthDay: 4 }, ['2026-03-04']],
    ['on the first Thursday of March', { Type: 3, Month: 2, MonthItem: 7, MonthPosition: 0 }, ['2026-03-05']],
    ['on the first weekday of each month', { Type: 5, Period: 1, MonthItem: 1, MonthPosition: 0 }, ['2026-03-02']]
  ])('rest %s', (_name, fields, expected) => {
    expect(recurring(fields, '2026-03-07')).toEqual(expected)
  })

  it('rest on the last weekend day of a month only where it works', () => {
    const site = `${week({ ...standardWeek, 7: office })}<Exceptions>${exception('2026-03-01', '2026-04-30', { Type: 5, Period: 1, MonthItem: 9, MonthPosition: 4 })}</Exceptions>`
    const plan = read(mspdi([task(1, 8)], { calendars: calendar(1, 'site', site) }))
    expect(plan.document.project.calendars?.site?.exceptions?.map(({ from }) => from)).toEqual([
      '2026-03-28',
      '2026-04-25'
    ])
  })

  it('of an unknown recurrence are lost, old exceptions and work weeks are read', () => {
    const old = week({ ...standardWeek, 0: '' }).replace(
      '<WeekDay><DayType>0</DayType></WeekDay>',
      `<WeekDay><DayType>0</DayType>${times()}${period('2026-03-03', '2026-03-04')}</WeekDay>`
    )
    const workWeek = `<WorkWeeks><WorkWeek>${period('2026-03-05', '2026-03-08')}<Name>rush</Name>${week({ 7: office, 5: times(['06:00', '18:00']) })}</WorkWeek></WorkWeeks>`
    const site = read(mspdi([task(1, 8)], { calendars: calendar(1, 'site', old + workWeek) })).document.project
      .calendars?.site
    expect(site?.exceptions).toEqual([
      { from: '2026-03-03', to: '2026-03-04', working: false },
      { from: '2026-03-05', to: '2026-03-05', working: true, name: 'rush', shifts: [['06:00', '18:00']] },
      { from: '2026-03-07', to: '2026-03-07', working: true, name: 'rush' }
    ])
    const odd = calendar(
      1,
      'site',
      `${week(standardWeek)}<Exceptions>${exception('2026-03-01', '2026-03-09', { Type: 77, Name: 'odd' })}</Exceptions>`
    )
    expect(read(mspdi([task(1, 8)], { calendars: odd })).lost.map(({ what }) => what)).toEqual(['Exception odd'])
  })

  it('of a task, of its people, or of both at once', () => {
    const calendars = [
      calendar(1, 'Standard', week(standardWeek)),
      calendar(
        2,
        'mornings',
        week({
          2: times(['08:00', '12:00']),
          3: times(['08:00', '12:00']),
          4: times(['08:00', '12:00']),
          5: times(['08:00', '12:00']),
          6: times(['08:00', '12:00'])
        }),
        1
      ),
      calendar(3, 'Li', week({ 2: times() }), 1, 0)
    ].join('')
    const rest = `<Resources><Resource>${elements({ UID: 5, Name: 'Li', Type: 1, CalendarUID: 3 })}</Resource></Resources><Assignments>${[
      2, 3, 4
    ]
      .map(TaskUID => `<Assignment>${elements({ TaskUID, ResourceUID: 5 })}</Assignment>`)
      .join('')}</Assignments>`
    const tasks = [
      task(1, 8, { CalendarUID: 2 }),
      task(2, 8),
      task(3, 8, { CalendarUID: 2 }),
      task(4, 8, { CalendarUID: 2, IgnoreResourceCalendar: 1 })
    ]
    const plan = read(mspdi(tasks, { calendars, rest }))
    // Li rests on Mondays.
    expect(dates(plan, '1')).toEqual(['03-02T08', '03-03T12'])
    expect(dates(plan, '2')).toEqual(['03-03T08', '03-03T17'])
    expect(dates(plan, '3')).toEqual(['03-03T08', '03-04T12'])
    expect(dates(plan, '4')).toEqual(['03-02T08', '03-03T12'])
  })
})

describe('durations and lags', () => {
  it('may be elapsed', () => {
    const plan = read(
      mspdi([
        task(1, 48, { DurationFormat: 8 }),
        task(2, 8, {}, link(1)),
        task(3, 8),
        task(4, 8, {}, link(3, 1, 28_800, 8))
      ])
    )
    expect(dates(plan, '1')).toEqual(['03-02T08', '03-04T08'])
    expect(dates(plan, '2')).toEqual(['03-04T08', '03-04T17'])
    // Two days by the clock from Monday evening.
    expect(milestone(plan, '4')?.predecessors).toEqual([{ milestoneId: '3', type: 'FS', lag: 48, lagCalendar: '24 h' }])
    expect(dates(plan, '4')).toEqual(['03-05T08', '03-05T17'])
    expect(plan.lost).toEqual([])
  })

  it('may be a share of the predecessor, or a lead', () => {
    const plan = read(mspdi([task(1, 40), task(2, 8, {}, link(1, 1, 50, 19)), task(3, 8, {}, link(1, 0, -4800))]))
    expect(milestone(plan, '2')?.predecessors).toEqual([{ milestoneId: '1', type: 'FS', lag: 20 }])
    expect(milestone(plan, '3')?.predecessors).toEqual([{ milestoneId: '1', type: 'FF', lag: -8 }])
    expect(plan.lost.map(({ what }) => what)).toEqual(['50 %'])
  })
})

describe('constraints', () => {
  it.each([
    [1, { type: 'ALAP' }],
    [2, { type: 'MSO', date: '2026-03-10T08:00' }],
    [3, { type: 'MFO', date: '2026-03-10T08:00' }],
    [4, { type: 'SNET', date: '2026-03-10T08:00' }],
    [5, { type: 'SNLT', date: '2026-03-10T08:00' }],
    [6, { type: 'FNET', date: '2026-03-10T08:00' }],
    [7, { type: 'FNLT', date: '2026-03-10T08:00' }]
  ])('of type %i', (ConstraintType, expected) => {
    const plan = read(mspdi([task(1, 8, { ConstraintType, ConstraintDate: '2026-03-10T08:00:00' })]))
    expect([milestone(plan, '1')?.constraint, plan.lost]).toEqual([expected, []])
  })

  it('of deadlines bound the late dates, and those of manual tasks their start', () => {
    const tasks = [
      task(1, 8, { Deadline: '2026-03-06T17:00:00' }),
      task(2, 8, { Manual: 1, Start: '2026-03-09T08:00:00' }),
      task(3, 8, { ConstraintType: 4, ConstraintDate: '2026-03-03T08:00:00', Deadline: '2026-03-06T17:00:00' })
    ]
    const plan = read(mspdi(tasks))
    expect(milestone(plan, '1')).toMatchObject({ deadline: '2026-03-06T17:00' })
    expect(milestone(plan, '1')?.constraint).toBeUndefined()
    expect(dates(plan, '2')).toEqual(['03-09T08', '03-09T17'])
    expect(milestone(plan, '3')).toMatchObject({
      constraint: { type: 'SNET', date: '2026-03-03T08:00' },
      deadline: '2026-03-06T17:00'
    })
    expect(plan.lost).toEqual([])
  })
})

describe('the outline', () => {
  it('hands links and constraints of summaries down to the tasks that begin or end them', () => {
    const tasks = [
      task(1, 16, { Summary: 1, OutlineLevel: 1 }),
      task(2, 8, { OutlineLevel: 2 }),
      task(3, 8, { OutlineLevel: 2 }, link(2)),
      task(4, 8, { Summary: 1, OutlineLevel: 1, ConstraintType: 4, ConstraintDate: '2026-03-11T08:00:00' }, link(1)),
      task(5, 8, { OutlineLevel: 2 }),
      task(6, 8, { OutlineLevel: 2 }, link(5)),
      task(7, 0, { Milestone: 1 }, link(4))
    ]
    const plan = read(mspdi(tasks))
    const links = Object.fromEntries(
      plan.document.project.milestones.map(m => [m.id, m.predecessors?.map(p => p.milestoneId) ?? []])
    )
    expect(links).toEqual({ 2: [], 3: ['2'], 5: ['3'], 6: ['5'], 7: ['6'] })
    expect(dates(plan, '5')).toEqual(['03-11T08', '03-11T17'])
    expect(dates(plan, '7')).toEqual(['03-12T17', '03-12T17'])
    expect(plan.milestones.find(({ id }) => id === '7')?.kind).toBe('finish-milestone')
    expect(plan.lost.map(({ what }) => what)).toEqual(['Task 1 · Task 4', 'FS 1', 'FS 4'])
  })

  it('leaves out empty, inactive and outside tasks with the links to them', () => {
    const tasks = [
      task(1, 8),
      task(2, 8, { IsNull: 1 }),
      task(3, 8, { Active: 0 }),
      task(4, 8, { ExternalTask: 1 }),
      task(5, 8, {}, link(3) + link(1))
    ]
    const plan = read(mspdi(tasks))
    expect(plan.document.project.milestones.map(({ id }) => id)).toEqual(['1', '5'])
    expect(plan.lost.map(({ what }) => what)).toEqual(['Task 3', 'Task 4', '1 × IsNull', 'FS 3'])
  })
})

describe('progress', () => {
  it('has actual dates, what remains, baseline 0 and the status date', () => {
    const baseline =
      '<Baseline><Number>0</Number><Start>2026-03-02T08:00:00</Start><Finish>2026-03-03T17:00:00</Finish></Baseline>'
    const tasks = [
      task(
        1,
        16,
        { PercentComplete: 100, ActualStart: '2026-03-02T08:00:00', ActualFinish: '2026-03-03T17:00:00' },
        baseline
      ),
      task(2, 16, { PercentComplete: 25, ActualStart: '2026-03-03T08:00:00', RemainingDuration: 'PT12H0M0S' }, link(1)),
      task(3, 16, { PercentComplete: 0, RemainingDuration: 'PT16H0M0S' })
    ]
    const plan = read(mspdi(tasks, { head: { StatusDate: '2026-03-04T17:00:00' } }))
    expect(plan.dataDate).toBe('2026-03-04T17:00')
    expect(plan.document.baseline).toEqual({ 1: { start: '2026-03-02T08:00', finish: '2026-03-03T17:00' } })
    expect(plan.progress).toEqual([
      { milestoneId: '1', percentComplete: 100, actualStart: '2026-03-02T08:00', actualFinish: '2026-03-03T17:00' },
      { milestoneId: '2', percentComplete: 25, actualStart: '2026-03-03T08:00', remainingDuration: 12 }
    ])
    expect(dates(plan, '2', plan.dataDate)).toEqual(['03-03T08', '03-06T12'])
    expect(plan.document.project).toMatchObject({ id: 'yard', name: '操场 & 看台' })
  })
})

describe('a physical percentage and a leveling delay', () => {
  it('are named as lost where a task is measured or moved by them', () => {
    const measured = { EarnedValueMethod: 1, PhysicalPercentComplete: 30, PercentComplete: 50 }
    const plan = read(
      mspdi([task(1, 8, measured), task(2, 8, { ...measured, EarnedValueMethod: 0, LevelingDelay: 4800 })])
    )
    expect(plan.lost.map(({ path, what }) => `${path} ${what}`)).toEqual([
      'Task[UID=1] PhysicalPercentComplete 30',
      'Task[UID=2] LevelingDelay 4800'
    ])
  })
})

describe('a hostile or broken file', () => {
  const faultOf = (text: string) => {
    const result = readMsProjectXml(bytesOf(text))
    return result.ok ? undefined : result.fault
  }
  const bomb =
    '<?xml version="1.0"?>\n<!DOCTYPE Project [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>\n<Project><Name>&b;</Name></Project>'
  const outside = '<?xml version="1.0"?>\n<!DOCTYPE Project SYSTEM "file:///etc/passwd">\n<Project/>'

  it.each([
    ['entities', bomb, 'doctype-refused', 2],
    ['an outside document', outside, 'doctype-refused', 2],
    ['a tag left open', '<Project>\n<Tasks>\n</Project>', 'not-xml', 3],
    ['another root', '<Plan><Tasks/></Plan>', 'not-ms-project', 1],
    ['a reserved name', '<Project><__proto__>1</__proto__></Project>', 'not-xml', undefined],
    ['nesting without end', `${'<Project>'.repeat(99)}${'</Project>'.repeat(99)}`, 'not-xml', undefined],
    ['nothing', '', 'not-xml', 1]
  ])('with %s is refused', (_name, text, code, line) => {
    expect(faultOf(text)).toMatchObject({ code, ...(line === undefined ? {} : { line }) })
  })

  it.each([
    [{ Duration: 'eight' }, 'not-a-number'],
    [{ ActualStart: '2026-02-30T08:00:00' }, 'not-a-date'],
    [{ UID: '' }, 'missing-field'],
    [{ PercentComplete: 'x' }, 'not-a-number']
  ])('with %o is refused', (fields, code) => {
    expect(readMsProjectXml(mspdi([task(1, 8, fields)]))).toMatchObject({ ok: false, fault: { code } })
  })

  it('twice the same task is refused, other objects of a prototype are no elements', () => {
    expect(readMsProjectXml(mspdi([task(1, 8), task(1, 8)]))).toMatchObject({ fault: { code: 'duplicate-id' } })
    expect(
      read(bytesOf('<Project><StartDate>2026-03-02T08:00:00</StartDate></Project>')).document.project.milestones
    ).toEqual([])
  })

  it('in an encoding that it declares is read, in one that does not exist is refused', () => {
    const text = `<?xml version="1.0" encoding="windows-1252"?><Project>${elements({ StartDate: '2026-03-02T08:00:00' })}<Tasks>${task(1, 8, { Name: 'Stra?e' })}</Tasks></Project>`
    const first = text.indexOf('?e<')
    const plan = read(bytesOf(text).map((byte, i) => (i === first ? 0xdf : byte)))
    expect([plan.source.encoding, milestone(plan, '1')?.name]).toEqual(['windows-1252', 'Straße'])
    expect(faultOf('<?xml version="1.0" encoding="klingon"?><Project/>')).toMatchObject({ code: 'unknown-encoding' })
  })
})
