import { describe, expect, expectTypeOf, test } from 'vitest'
import * as z from 'zod'
import { dailyCalendar, stateCouncilCalendar } from '../../functions/core/calendar.ts'
import { decodes } from '../../functions/schema/fields.ts'
import { planOf, planSchema, projectDocument } from '../../functions/schema/plan.ts'
import { issuesOf } from './issues.ts'

const contractDocument = {
  id: 'erzhong-phase-2',
  name: '枣庄二中续建二期',
  nameEn: 'Phase 2',
  programme: '续建启用',
  town: '运河街道',
  category: 'building',
  responsibleUnit: '规划建设股',
  manager: { name: '张三', contact: '0632-6611000' },
  requiredBy: '2021-08-25',
  start: '2020-03-01',
  source: { document: '台教体字〔2021〕1号', item: '二.16', owed: '建成启用' },
  demonstration: true,
  calendars: {
    site: {
      base: 'daily',
      exceptions: [{ from: '2021-02-05', to: '2021-02-20', working: false, name: '春节停工' }]
    },
    hours: {
      shifts: [
        ['08:00', '12:00'],
        ['13:00', '17:00']
      ]
    }
  },
  milestones: [
    { id: 'C2', name: '基础完工', duration: 60, baseline: { start: '2020-12-01', finish: '2021-01-29' } },
    {
      id: 'C3',
      name: '主体封顶',
      phase: 'construction',
      duration: 105,
      calendar: 'site',
      weight: 20,
      predecessors: [{ milestoneId: 'C2' }, { milestoneId: 'C2', type: 'SS', lag: -5 }],
      constraint: { type: 'SNET', date: '2021-01-30' },
      typicalDuration: 105
    }
  ],
  count: { unit: '套', total: 68, plan: [{ date: '2021-06-30', value: 10 }] }
}

const [c2, c3] = contractDocument.milestones
const withMilestones = (...milestones: readonly object[]) => ({ ...contractDocument, milestones })
const builtIn = (name: string) =>
  new Map([
    ['cn', stateCouncilCalendar([])],
    ['daily', dailyCalendar()]
  ]).get(name)

describe('a plan', () => {
  test('of the contract decodes, its baseline split off and its links filled in', () => {
    const { project, baseline, ...rest } = planSchema.parse(contractDocument)
    expect(rest).toEqual({})
    expect(baseline).toEqual({ C2: { start: '2020-12-01', finish: '2021-01-29' } })
    const { baseline: _split, ...first } = c2 ?? {}
    const predecessors = [
      { milestoneId: 'C2', type: 'FS', lag: 0 },
      { milestoneId: 'C2', type: 'SS', lag: -5 }
    ]
    expect(project).toEqual(withMilestones(first, { ...c3, predecessors }))
  })

  test('may give the reason of later dates', () => {
    const delay = { code: 'OTHER', note: '拆迁' }
    expect(planSchema.parse({ ...contractDocument, delay })).toMatchObject({ delay })
  })

  test('may have the dates of a calendar of hours', () => {
    const baseline = { start: '2021-03-01T08:00', finish: '2021-03-02T17:00' }
    const plan = planSchema.parse(withMilestones({ id: 'A', name: 'a', duration: 16, calendar: 'hours', baseline }))
    expect(plan.baseline).toEqual({ A: baseline })
  })

  test('loses no field when it is written out again', () => {
    expect(projectDocument().parse(contractDocument)).toMatchObject(contractDocument)
  })

  test.each([
    ['a project id in capitals', { ...contractDocument, id: 'Erzhong' }, '/id', 'invalid_format'],
    ['no name', { ...contractDocument, name: ' ' }, '/name', 'too_small'],
    ['a name of two lines', { ...contractDocument, name: 'a\nb' }, '/name', 'control-character'],
    ['a day that does not exist', { ...contractDocument, requiredBy: '2021-02-29' }, '/requiredBy', 'not-a-date'],
    [
      'a date with an hour where a day is asked',
      { ...contractDocument, requiredBy: '2021-02-28T08:00' },
      '/requiredBy',
      'not-a-date'
    ],
    ['an hour that does not exist', { ...contractDocument, start: '2021-02-28T24:00' }, '/start', 'not-a-date'],
    ['a misspelt field', { ...contractDocument, requiredby: '2021-08-25' }, '/requiredby', 'unrecognized_keys'],
    [
      'a misspelt field of a milestone',
      withMilestones({ ...c2, wieght: 1 }),
      '/milestones/0/wieght',
      'unrecognized_keys'
    ],
    [
      'a misspelt field of the manager',
      { ...contractDocument, manager: { name: 'x', phone: '1' } },
      '/manager/phone',
      'unrecognized_keys'
    ],
    ['the same id twice', withMilestones({ ...c2 }, { ...c2 }), '/milestones/1/id', 'duplicate-id'],
    ['an id with a space', withMilestones({ ...c2, id: 'C 2' }), '/milestones/0/id', 'invalid_format'],
    ['a negative duration', withMilestones({ ...c2, duration: -1 }), '/milestones/0/duration', 'too_small'],
    [
      'an endless duration',
      withMilestones({ ...c2, duration: Number.POSITIVE_INFINITY }),
      '/milestones/0/duration',
      'invalid_type'
    ],
    ['a duration as text', withMilestones({ ...c2, duration: '60' }), '/milestones/0/duration', 'invalid_type'],
    [
      'a baseline that ends before it starts',
      withMilestones({ ...c2, baseline: { start: '2021-02-01', finish: '2021-01-31' } }),
      '/milestones/0/baseline/finish',
      'finish-before-start'
    ],
    [
      'an unknown link type',
      withMilestones({ ...c2, predecessors: [{ milestoneId: 'C1', type: 'XX' }] }),
      '/milestones/0/predecessors/0/type',
      'invalid_value'
    ],
    [
      'too great a lag',
      withMilestones({ ...c2, predecessors: [{ milestoneId: 'C1', lag: -10_001 }] }),
      '/milestones/0/predecessors/0/lag',
      'too_small'
    ],
    [
      'a constraint without its date',
      withMilestones({ ...c2, constraint: { type: 'MFO' } }),
      '/milestones/0/constraint/date',
      'invalid_type'
    ],
    [
      'a date of ALAP',
      withMilestones({ ...c2, constraint: { type: 'ALAP', date: '2021-01-01' } }),
      '/milestones/0/constraint/date',
      'unrecognized_keys'
    ],
    [
      'more than 500 milestones',
      withMilestones(...Array.from({ length: 501 }, (_, i) => ({ ...c2, id: `m${i}` }))),
      '/milestones',
      'too_big'
    ],
    [
      'more than 50 predecessors',
      withMilestones({ ...c2, predecessors: Array.from({ length: 51 }, () => ({ milestoneId: 'x' })) }),
      '/milestones/0/predecessors',
      'too_big'
    ],
    [
      'more than 50 calendars',
      { ...contractDocument, calendars: Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`c${i}`, {}])) },
      '/calendars',
      'too-many'
    ],
    ['an eighth weekday', { ...contractDocument, calendars: { a: { week: [8] } } }, '/calendars/a/week/0', 'too_big'],
    ['a week without a day', { ...contractDocument, calendars: { a: { week: [] } } }, '/calendars/a/week', 'too_small'],
    [
      'an exception that ends before it starts',
      {
        ...contractDocument,
        calendars: { a: { exceptions: [{ from: '2021-01-02', to: '2021-01-01', working: false }] } }
      },
      '/calendars/a/exceptions/0/to',
      'finish-before-start'
    ],
    [
      'overlapping shifts',
      {
        ...contractDocument,
        calendars: {
          a: {
            shifts: [
              ['08:00', '12:00'],
              ['11:00', '17:00']
            ]
          }
        }
      },
      '/calendars/a/shifts',
      'not-ascending'
    ],
    [
      'a shift past midnight',
      { ...contractDocument, calendars: { a: { shifts: [['22:00', '06:00']] } } },
      '/calendars/a/shifts/0',
      'finish-before-start'
    ],
    [
      'a counted curve that falls',
      {
        ...contractDocument,
        count: {
          unit: '套',
          total: 68,
          plan: [
            { date: '2021-01-01', value: 2 },
            { date: '2021-02-01', value: 1 }
          ]
        }
      },
      '/count/plan',
      'not-ascending'
    ],
    ['OTHER without a note', { ...contractDocument, delay: { code: 'OTHER' } }, '/delay/note', 'note-required']
  ])('with %s is refused', (_, document, pointer, code) => {
    expect(issuesOf(planSchema, document)).toEqual([{ pointer, code }])
  })

  test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', '__defineGetter__', 'valueOf'])(
    'refuses the name %s, which every object has',
    name => {
      expect(issuesOf(planSchema, withMilestones({ ...c2, id: name }))).toContainEqual({
        pointer: '/milestones/0/id',
        code: 'reserved-name'
      })
      expect(issuesOf(planSchema, withMilestones({ ...c2, predecessors: [{ milestoneId: name }] }))).toHaveLength(1)
      expect(issuesOf(planSchema, withMilestones({ ...c2, calendar: name }))).toHaveLength(1)
    }
  )

  test('cannot reach the prototype of anything', () => {
    const hostile = JSON.stringify(contractDocument).replace('{', '{"__proto__":{"polluted":1},')
    expect(issuesOf(planSchema, JSON.parse(hostile))).toEqual([{ pointer: '/__proto__', code: 'unrecognized_keys' }])
    const calendars = JSON.parse('{"__proto__":{"polluted":1},"constructor":{}}')
    expect(issuesOf(planSchema, { ...contractDocument, calendars })).toHaveLength(1)
    expect({}).not.toHaveProperty('polluted')
  })

  test.each([null, [], 'x', 7, {}])('is not %j', document => {
    expect(planSchema.safeParse(document).success).toBe(false)
  })
})

describe('the duration that a plan leaves out', () => {
  const durationOf = (milestone: object) =>
    planOf(planSchema.parse(withMilestones({ id: 'A', name: 'a', ...milestone })), builtIn).project.milestones[0]
      ?.duration

  test.each([
    [
      'is the working days of the baseline, both ends counted',
      { baseline: { start: '2021-03-01', finish: '2021-03-12' } },
      10
    ],
    ['is one for a single working day', { baseline: { start: '2021-03-01', finish: '2021-03-01' } }, 1],
    [
      'counts in the calendar of the milestone',
      { calendar: 'daily', baseline: { start: '2021-03-01', finish: '2021-03-12' } },
      12
    ],
    [
      'counts in a calendar of the plan',
      { calendar: 'site', baseline: { start: '2021-02-01', finish: '2021-02-28' } },
      12
    ],
    [
      'counts hours in a calendar of hours',
      { calendar: 'hours', baseline: { start: '2021-03-01T10:00', finish: '2021-03-02T17:00' } },
      14
    ],
    [
      'counts whole days in a calendar of hours where the baseline names days',
      { calendar: 'hours', baseline: { start: '2021-03-01', finish: '2021-03-02' } },
      16
    ],
    ['is nothing without a baseline', {}, 0],
    [
      'is nothing in a calendar that does not exist',
      { calendar: 'mars', baseline: { start: '2021-03-01', finish: '2021-03-12' } },
      0
    ],
    ['stays what is given', { duration: 3, baseline: { start: '2021-03-01', finish: '2021-03-12' } }, 3]
  ])('%s', (_, milestone, duration) => {
    expect(durationOf(milestone)).toBe(duration)
  })

  test('is nothing where the calendars of the plan cannot be made', () => {
    const baseline = { start: '2021-03-01', finish: '2021-03-12' }
    const document = { ...withMilestones({ id: 'A', name: 'a', baseline }), calendars: { a: { base: 'a' } } }
    expect(planOf(planSchema.parse(document), builtIn).project.milestones[0]?.duration).toBe(0)
  })
})

test('a schema that leaves out a field of the core, or adds one, does not compile', () => {
  interface Named {
    readonly name: string
    readonly note?: { readonly text: string; readonly by?: string | undefined } | undefined
  }
  const note = z.object({ text: z.string(), by: z.string().optional() }).optional()
  const whole = decodes<Named>()(z.object({ name: z.string(), note }))
  expectTypeOf<z.output<typeof whole>>().toExtend<Named>()
  // @ts-expect-error an optional field is left out
  decodes<Named>()(z.object({ name: z.string() }))
  // @ts-expect-error an optional field further down is left out
  decodes<Named>()(z.object({ name: z.string(), note: z.object({ text: z.string() }).optional() }))
  // @ts-expect-error a field that the core does not have
  decodes<Named>()(z.object({ name: z.string(), note, more: z.string() }))
  // @ts-expect-error a field may be missing that the core needs
  decodes<Named>()(z.object({ name: z.string().optional(), note }))
})
