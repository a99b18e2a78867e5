import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import type { ImportedPlan, ImportOptions } from '../../functions/import/imported-plan.ts'
import { readPrimaveraXer } from '../../functions/import/primavera-xer.ts'
import { planSchema } from '../../functions/schema/plan.ts'
import { assessImported } from '../../lib/command-line/assess.ts'
import { outsideData } from '../core/outside-data.ts'
import { clndrData, pred, project, task, xer } from './xer.ts'

const read = (bytes: Uint8Array, options: ImportOptions = {}): ImportedPlan => {
  const result = readPrimaveraXer(bytes, options)
  if (!result.ok) throw new Error(`${result.fault.code} ${result.fault.detail}`)
  return result.plan
}

const faultOf = (bytes: Uint8Array) => {
  const result = readPrimaveraXer(bytes)
  return result.ok ? undefined : result.fault
}

const bytesOf = (text: string) => new TextEncoder().encode(text)

const milestone = (plan: ImportedPlan, id: string) => {
  const found = plan.document.project.milestones.find(m => m.id === id)
  if (!found) throw new Error(`no ${id}`)
  return found
}

/** Early and late dates and total float of a milestone, `MM-DDTHH`. */
const dates = (plan: ImportedPlan, id: string, dataDate = plan.dataDate ?? '2026-03-02') => {
  const found = assessImported(plan, dataDate).milestones.find(m => m.id === id)
  const short = (date: string | null | undefined) => date?.slice(5, 13)
  return [found?.earlyStart, found?.earlyFinish, found?.lateStart, found?.lateFinish]
    .map(short)
    .concat(`${found?.totalFloat}`)
}

const lossesOf = (plan: ImportedPlan, id: string) => plan.lost.filter(loss => loss.id === id).map(({ what }) => what)

describe('the sample of P6', () => {
  const file = outsideData('xer/xernative_sample.xer')
  const answers = outsideData('xer/xernative_sample.json')

  it.skipIf(!file || !answers)('gives every date and float that P6 gives', () => {
    const moment = z.string().transform(text => text.replace(' ', 'T'))
    const { tasks } = z
      .object({
        tasks: z.array(
          z.object({
            code: z.string(),
            earlyStart: moment,
            earlyFinish: moment,
            lateStart: moment,
            lateFinish: moment,
            totalFloatHours: z.number(),
            freeFloatHours: z.number()
          })
        )
      })
      .parse(JSON.parse(readFileSync(answers ?? '', 'utf8')))
    const plan = read(readFileSync(file ?? ''))
    const assessment = assessImported(plan, plan.dataDate ?? '')
    expect(tasks).toHaveLength(25)
    expect(
      assessment.milestones.map(m => ({
        code: m.id,
        earlyStart: m.earlyStart,
        earlyFinish: m.earlyFinish,
        lateStart: m.lateStart,
        lateFinish: m.lateFinish,
        totalFloatHours: m.totalFloat,
        freeFloatHours: m.freeFloat
      }))
    ).toEqual(tasks)
    expect(assessment.dataDate).toBe('2021-11-30')
  })
})

describe('text', () => {
  it('in GB18030, as a Chinese Windows writes it, is found out', () => {
    const plan = read(readFileSync(new URL('fixtures/school-gb18030.xer', import.meta.url)))
    expect(plan.source).toEqual({ id: '7', name: '区实验小学北校新建工程', encoding: 'gb18030' })
    expect(plan.document.project.milestones).toMatchObject([
      { id: '701', name: '主体封顶', duration: 40, calendar: '现场八小时' },
      { id: 'U2', name: '交付启用', duration: 0, predecessors: [{ milestoneId: '701', type: 'FS', lag: 0 }] }
    ])
    expect(plan.milestones[0]).toEqual({ id: '701', sourceId: '701', code: '施工-01', kind: 'task' })
    expect(lossesOf(plan, '701')).toEqual(['施工-01'])
    // Must finish by the first moment of 1 July: by the end of June.
    expect(plan.document.project).toMatchObject({ id: 'p6-7', requiredBy: '2021-06-30' })
    expect(dates(plan, 'U2').slice(0, 2)).toEqual(['06-25T17', '06-25T17'])
  })

  it('in Windows-1252 keeps its accents', () => {
    const text = new TextDecoder().decode(xer({ ...project, TASK: [task(1, 8, { task_name: 'Beton gie?en' })] }))
    const bytes = bytesOf(text).map(byte => (byte === 0x3f ? 0xdf : byte))
    const plan = read(bytes)
    expect([plan.source.encoding, milestone(plan, 'A1').name]).toEqual(['windows-1252', 'Beton gießen'])
  })

  it('is read as told', () => {
    const plan = read(xer({ ...project, TASK: [task(1, 8)] }), { encoding: 'utf-8' })
    expect(plan.source.encoding).toBe('utf-8')
    expect(readPrimaveraXer(bytesOf('ERMHDR'), { encoding: 'no-such' })).toMatchObject({
      fault: { code: 'unknown-encoding' }
    })
  })
})

describe('calendars', () => {
  it('have other hours on Saturday, holidays of the calendar beneath and days that work for once', () => {
    const CALENDAR = [
      {
        clndr_id: 1,
        clndr_name: 'site',
        base_clndr_id: 2,
        clndr_data: clndrData({ week: { 7: [['08:00', '12:00']] }, exceptions: { '2026-03-08': [['08:00', '10:00']] } })
      },
      {
        clndr_id: 2,
        clndr_name: 'state',
        base_clndr_id: '',
        clndr_data: clndrData({ exceptions: { '2026-03-04': [], '2026-03-05': [] } })
      }
    ]
    const plan = read(xer({ ...project, CALENDAR, TASK: [task(1, 34)] }))
    // Monday, Tuesday and Friday give 24 hours, Saturday four, Sunday two; four are left for Monday the 9th.
    expect(dates(plan, 'A1').slice(0, 2)).toEqual(['03-02T08', '03-09T12'])
    expect(plan.document.project.calendars?.site).toMatchObject({
      week: [1, 2, 3, 4, 5, 6],
      shifts: [
        ['08:00', '12:00'],
        ['13:00', '17:00']
      ]
    })
    expect(plan.document.project.calendars?.site?.exceptions?.slice(0, 3)).toEqual([
      { from: '2026-03-04', to: '2026-03-05', working: false },
      { from: '2026-03-07', to: '2026-03-07', working: true, shifts: [['08:00', '12:00']] },
      { from: '2026-03-08', to: '2026-03-08', working: true, shifts: [['08:00', '10:00']] }
    ])
    expect(plan.lost.map(({ path }) => path)).toContain('calendar site')
  })

  it('round the clock end at midnight', () => {
    const week = Object.fromEntries([1, 2, 3, 4, 5, 6, 7].map(day => [day, [['00:00', '00:00'] as const]]))
    const CALENDAR = [{ clndr_id: 1, clndr_name: 'cn', base_clndr_id: '', clndr_data: clndrData({ week }) }]
    const plan = read(xer({ ...project, CALENDAR, TASK: [task(1, 36)] }))
    expect(plan.document.project.calendars).toEqual({
      'cn (file)': { week: [1, 2, 3, 4, 5, 6, 7], shifts: [['00:00', '24:00']] }
    })
    expect(dates(plan, 'A1').slice(0, 2)).toEqual(['03-02T00', '03-03T12'])
  })

  it('that never work give way to office hours, and say so', () => {
    const CALENDAR = [{ clndr_id: 1, clndr_name: 'empty', base_clndr_id: 1, clndr_data: '' }]
    const plan = read(xer({ ...project, CALENDAR, TASK: [task(1, 8)] }))
    expect(dates(plan, 'A1').slice(0, 2)).toEqual(['03-02T08', '03-02T17'])
    expect(plan.lost.map(({ path }) => path)).toEqual(['CALENDAR 1', 'calendar empty'])
  })
})

describe('links', () => {
  it('of all four types with lags in hours', () => {
    const TASK = [task(1, 16), task(2, 8), task(3, 8), task(4, 8), task(5, 8)]
    const TASKPRED = [pred(2, 1, 'PR_FS', 4), pred(3, 1, 'PR_SS', 4), pred(4, 1, 'PR_FF', 8), pred(5, 2, 'PR_SF', 12)]
    const plan = read(xer({ ...project, TASK, TASKPRED }))
    // A1 works on Monday and Tuesday.
    expect(dates(plan, 'A2').slice(0, 2)).toEqual(['03-04T13', '03-05T12'])
    expect(dates(plan, 'A3').slice(0, 2)).toEqual(['03-02T13', '03-03T12'])
    expect(dates(plan, 'A4').slice(0, 2)).toEqual(['03-04T08', '03-04T17'])
    expect(dates(plan, 'A5').slice(0, 2)).toEqual(['03-05T08', '03-05T17'])
  })

  it('whose lag runs round the clock do so here, by the rules of the scheduling options', () => {
    const SCHEDOPTIONS = [
      {
        schedoptions_id: 1,
        proj_id: 1,
        sched_retained_logic: 'N',
        sched_float_type: 'FT_SF',
        sched_calendar_on_relationship_lag: 'rcal_24Hour'
      }
    ]
    const TASK = [task(1, 8, { early_start_date: '2026-03-02 08:00', early_end_date: '2026-03-02 17:00' }), task(2, 8)]
    const plan = read(xer({ ...project, SCHEDOPTIONS, TASK, TASKPRED: [pred(2, 1, 'PR_FS', 48)] }))
    // From Monday 17:00 to Wednesday 17:00.
    expect(milestone(plan, 'A2').predecessors).toEqual([
      { milestoneId: 'A1', type: 'FS', lag: 48, lagCalendar: '24 h' }
    ])
    expect(dates(plan, 'A2').slice(0, 2)).toEqual(['03-05T08', '03-05T17'])
    expect(plan.document.project.schedulingRules).toEqual({ program: 'p6', totalFloat: 'start' })
    // Actual dates: neither retained logic nor progress override.
    expect(plan.lost.map(({ what }) => what)).toEqual(['sched_retained_logic N'])
  })

  it('to levels of effort, summaries and other projects are named as lost', () => {
    const TASK = [
      task(1, 8),
      task(2, 8, { task_type: 'TT_LOE' }),
      task(3, 8, { task_type: 'TT_WBS' }),
      task(4, 8),
      { ...task(5, 8), proj_id: 2 }
    ]
    const TASKPRED = [pred(2, 1, 'PR_SS'), pred(4, 2, 'PR_FF'), pred(4, 99), pred(4, 1)]
    const plan = read(xer({ ...project, TASK, TASKPRED }))
    expect(plan.document.project.milestones.map(({ id }) => id)).toEqual(['A1', 'A4'])
    expect(milestone(plan, 'A4').predecessors).toEqual([{ milestoneId: 'A1', type: 'FS', lag: 0 }])
    expect(plan.lost.map(({ path, what }) => `${path} ${what}`)).toEqual([
      'TASK 2 A2 Activity 2',
      'TASK 3 A3 Activity 3',
      'TASKPRED 2-4 FF 2',
      'TASKPRED 99-4 FS 99'
    ])
  })
})

describe('constraints', () => {
  it.each([
    ['CS_MSOA', { type: 'SNET', date: '2026-03-10T08:00' }],
    ['CS_MSOB', { type: 'SNLT', date: '2026-03-10T08:00' }],
    ['CS_MEOA', { type: 'FNET', date: '2026-03-10T08:00' }],
    ['CS_MEOB', { type: 'FNLT', date: '2026-03-10T08:00' }],
    ['CS_MSO', { type: 'SO', date: '2026-03-10T08:00' }],
    ['CS_MEO', { type: 'FO', date: '2026-03-10T08:00' }],
    ['CS_MANDSTART', { type: 'MSO', date: '2026-03-10T08:00' }],
    ['CS_MANDFIN', { type: 'MFO', date: '2026-03-10T08:00' }],
    ['CS_ALAP', { type: 'ALAP' }]
  ])('%s', (cstr_type, expected) => {
    const plan = read(xer({ ...project, TASK: [task(1, 8, { cstr_type, cstr_date: '2026-03-10 08:00' })] }))
    expect([milestone(plan, 'A1').constraint, plan.lost]).toEqual([expected, []])
  })

  it('of second rank are kept beside the first; of a third and fourth those that decide', () => {
    const both = {
      cstr_type: 'CS_MSOA',
      cstr_date: '2026-03-10 08:00',
      cstr_type2: 'CS_MEOB',
      cstr_date2: '2026-03-20 17:00'
    }
    const TASK = [
      task(1, 8, both),
      task(2, 8, {
        ...both,
        cstr_type: 'CS_MEOA',
        external_early_start_date: '2026-03-12 08:00',
        early_start_date: '2026-03-12 08:00',
        late_end_date: '2026-03-20 17:00'
      }),
      task(3, 8, { cstr_type: 'CS_NEW', cstr_date: '2026-03-10 08:00' })
    ]
    const plan = read(xer({ ...project, TASK }))
    const notAfter = { type: 'FNLT', date: '2026-03-20T17:00' }
    expect(milestone(plan, 'A1').constraint).toEqual({ type: 'SNET', date: '2026-03-10T08:00' })
    expect(milestone(plan, 'A1').secondaryConstraint).toEqual(notAfter)
    expect(lossesOf(plan, 'A1')).toEqual([])
    const { constraint, secondaryConstraint } = milestone(plan, 'A2')
    expect([constraint, secondaryConstraint]).toEqual([notAfter, { type: 'SNET', date: '2026-03-12T08:00' }])
    expect(lossesOf(plan, 'A2')).toEqual(['FNET 2026-03-10T08:00'])
    expect(plan.lost.map(({ what }) => what)).toContain('cstr_type CS_NEW 2026-03-10 08:00')
  })
})

describe('progress', () => {
  const started = { status_code: 'TK_Active', act_start_date: '2026-03-02 08:00' }

  it('goes on from the data date by retained logic', () => {
    // A2 began before A1 was done: what is left of it waits for A1.
    const TASK = [
      task(1, 40, { ...started, remain_drtn_hr_cnt: 16 }),
      task(2, 24, { ...started, act_start_date: '2026-03-04 08:00', remain_drtn_hr_cnt: 8 })
    ]
    const PROJECT = [{ ...project.PROJECT[0], last_recalc_date: '2026-03-05 12:00' }]
    const plan = read(xer({ ...project, PROJECT, TASK, TASKPRED: [pred(2, 1)] }))
    expect(plan.dataDate).toBe('2026-03-05T12:00')
    expect(plan.progress).toEqual([
      { milestoneId: 'A1', percentComplete: 60, actualStart: '2026-03-02T08:00', remainingDuration: 16 },
      { milestoneId: 'A2', percentComplete: 66.67, actualStart: '2026-03-04T08:00', remainingDuration: 8 }
    ])
    // Sixteen hours from Thursday noon end on Monday noon; eight more on Tuesday noon.
    expect(dates(plan, 'A1')[1]).toBe('03-09T12')
    expect(dates(plan, 'A2')[1]).toBe('03-10T12')
    expect(assessImported(plan, '2026-03-05T12:00').dataDate).toBe('2026-03-05')
  })

  it('ends in the evening and goes on the next morning', () => {
    const PROJECT = [{ ...project.PROJECT[0], last_recalc_date: '2026-03-05 17:00' }]
    const TASK = [task(1, 40, { ...started, remain_drtn_hr_cnt: 8 }), task(2, 8)]
    const plan = read(xer({ ...project, PROJECT, TASK }))
    expect(dates(plan, 'A1')[1]).toBe('03-06T17')
    expect(dates(plan, 'A2').slice(0, 2)).toEqual(['03-06T08', '03-06T17'])
  })

  it('has percent of its own type, and finishes of milestones', () => {
    const TASK = [
      task(1, 40, { ...started, complete_pct_type: 'CP_Phys', phys_complete_pct: 35 }),
      task(2, 40, { ...started, complete_pct_type: 'CP_Units', act_work_qty: 30, remain_work_qty: 10 }),
      task(3, 8, { ...started, status_code: 'TK_Complete', act_end_date: '2026-03-02 17:00', remain_drtn_hr_cnt: 0 }),
      task(4, 0, { task_type: 'TT_Mile', status_code: 'TK_Complete', act_start_date: '2026-03-02 08:00' }),
      task(5, 0, { task_type: 'TT_FinMile', status_code: 'TK_Complete', act_end_date: '2026-03-02 17:00' }),
      task(6, 8, { remain_drtn_hr_cnt: 12 })
    ]
    expect(read(xer({ ...project, TASK })).progress).toEqual([
      { milestoneId: 'A1', percentComplete: 35, actualStart: '2026-03-02T08:00', remainingDuration: 40 },
      { milestoneId: 'A2', percentComplete: 75, actualStart: '2026-03-02T08:00', remainingDuration: 40 },
      { milestoneId: 'A3', percentComplete: 100, actualStart: '2026-03-02T08:00', actualFinish: '2026-03-02T17:00' },
      { milestoneId: 'A4', percentComplete: 100, actualStart: '2026-03-02T08:00', actualFinish: '2026-03-02T08:00' },
      { milestoneId: 'A5', percentComplete: 100, actualStart: '2026-03-02T17:00', actualFinish: '2026-03-02T17:00' },
      { milestoneId: 'A6', percentComplete: 0, remainingDuration: 12 }
    ])
  })

  it('holds planned dates as the baseline, those of the baseline project where it is in the file', () => {
    const planned = { target_start_date: '2026-03-02 08:00', target_end_date: '2026-03-03 17:00' }
    const TASK = [
      task(1, 16, planned),
      task(2, 8, { target_start_date: '2026-03-05 08:00', target_end_date: '2026-03-04 17:00' })
    ]
    const plan = read(xer({ ...project, TASK }))
    expect(plan.document.baseline).toEqual({ A1: { start: '2026-03-02T08:00', finish: '2026-03-03T17:00' } })
    expect(lossesOf(plan, 'A2')).toEqual(['baseline 2026-03-05T08:00 – 2026-03-04T17:00'])
    const old = { ...task(9, 16, { ...planned, task_code: 'A1', target_end_date: '2026-03-02 12:00' }), proj_id: 2 }
    const PROJECT = [
      { ...project.PROJECT[0], sum_base_proj_id: 2 },
      { proj_id: 2, proj_short_name: 'OLD' }
    ]
    const withOld = read(xer({ ...project, PROJECT, TASK: [...TASK, old] }))
    expect(withOld.document.baseline.A1?.finish).toBe('2026-03-02T12:00')
  })
})

describe('the plan', () => {
  it('is one that the API takes', () => {
    const TASK = [
      task(1, 8, { task_name: `线\u007f${'长'.repeat(300)}` }),
      task(2, 8, { task_code: 'A1' }),
      task(3, 0, { task_type: 'TT_FinMile', task_code: 'constructor' })
    ]
    const { document } = read(xer({ ...project, TASK, TASKPRED: [pred(3, 1), pred(3, 1)] }))
    const milestones = document.project.milestones.map(m => ({ ...m, baseline: document.baseline[m.id] }))
    expect(planSchema.safeParse({ ...document.project, milestones }).error).toBeUndefined()
    expect(milestones.map(({ id }) => id)).toEqual(['1', '2', '3'])
  })

  it('ends with the last of the open ends', () => {
    const end = (id: number, finish: string) => task(id, 8, { early_end_date: finish })
    const TASK = [end(1, '2026-03-09 17:00'), end(2, '2026-04-09 17:00'), end(3, '2026-03-12 17:00')]
    expect(read(xer({ ...project, TASK })).document.project.milestones.map(({ id }) => id)).toEqual(['A1', 'A3', 'A2'])
  })

  it('is that of the project asked for', () => {
    const PROJECT = [project.PROJECT[0], { ...project.PROJECT[0], proj_id: 2, proj_short_name: 'GATE' }]
    const bytes = xer({ ...project, PROJECT, TASK: [task(1, 8), task(2, 8), { ...task(3, 8), proj_id: 2 }] })
    expect(read(bytes).document.project.id).toBe('yard')
    expect(read(bytes, { project: 'GATE' }).document.project.milestones.map(({ id }) => id)).toEqual(['A3'])
    expect(readPrimaveraXer(bytes, { project: 'NONE' })).toMatchObject({ fault: { code: 'no-project' } })
  })

  it('says which tables it does not hold', () => {
    const plan = read(
      xer({ ...project, TASK: [task(1, 8)], RSRC: [{ rsrc_id: 1 }], ZZZ: [{ a: 1 }], constructor: [{ a: 1 }] })
    )
    expect(plan.lost.map(({ what }) => what)).toEqual(['1 × RSRC', '1 × ZZZ', '1 × constructor'])
  })
})

describe('a broken file', () => {
  const good = new TextDecoder().decode(xer({ ...project, TASK: [task(1, 8)] }))
  const lineOf = (text: string, part: string) => text.split('\n').findIndex(line => line.includes(part)) + 1

  it.each([
    ['nothing', '', 'not-xer', 1],
    ['another format', 'hello\tworld', 'not-xer', 1],
    ['no project', 'ERMHDR\t1\n%T\tTASK\n%F\ttask_id\n%E', 'missing-table', undefined],
    ['a record before its fields', 'ERMHDR\t1\n%T\tTASK\n%R\t1', 'not-xer', 3],
    ['fields before a table', 'ERMHDR\t1\n%F\ttask_id', 'not-xer', 2]
  ])('with %s is refused', (_name, text, code, line) => {
    expect(faultOf(bytesOf(text))).toMatchObject({ code, ...(line === undefined ? {} : { line }) })
  })

  it.each([
    ['TT_Task\tTK_NotStart\tA1\tActivity 1\t8', 'TT_Task\tTK_NotStart\tA1\tActivity 1\teight', 'not-a-number', 'eight'],
    ['2026-03-02 00:00\t2026', '2026-02-30 00:00\t2026', 'not-a-date', '02-30'],
    ['(0||3()(', '(0||3()((', 'bad-calendar', 'forty hours'],
    ['(s|08:00|f|12:00)', '(s|08:00|f|99:00)', 'bad-calendar', 'forty hours'],
    ['%R\t1\t1\t1\tTT_Task', '%R\t\t1\t1\tTT_Task', 'missing-field', 'TT_Task']
  ])('%s → %s names the line', (from, to, code, at) => {
    const broken = good.replace(from, to)
    expect(broken).not.toBe(good)
    expect(faultOf(bytesOf(broken))).toMatchObject({ code, line: lineOf(broken, at) })
  })

  it('that names a task twice is refused', () => {
    expect(faultOf(xer({ ...project, TASK: [task(1, 8), task(1, 8)] }))).toMatchObject({ code: 'duplicate-id' })
  })

  it('cut off anywhere gives a plan or a fault, never an exception', () => {
    const bytes = xer({ ...project, TASK: [task(1, 8), task(2, 8)], TASKPRED: [pred(2, 1)] })
    for (let end = 0; end < bytes.length; end += 7)
      expect(typeof readPrimaveraXer(bytes.subarray(0, end)).ok).toBe('boolean')
  })
})
