import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { type FaultCode, faultCodes } from '../../functions/core/refusal.ts'
import { errorsOfFaults } from '../../functions/http/field-errors.ts'
import { type Answer, startApi, type TestApi } from './client.ts'
import { plan, span } from './plans.ts'

let api: TestApi
const met = new Set<string>()

beforeEach(async () => {
  api = await startApi()
  await send('PUT', '', plan())
  await send('POST', '/reports', {
    reports: [
      { milestoneId: 'C1', actualStart: '2021-03-01', actualFinish: '2021-03-01' },
      { milestoneId: 'C3', actualStart: '2021-03-02', percentComplete: 60 }
    ]
  })
})

const send = (method: string, path: string, body: object): Promise<Answer> =>
  api.call(method, addressOf(path), { token: api.tokens.admin, body })

const addressOf = (path: string) => (path.startsWith('/v1/') ? path : `/v1/projects/school${path}`)

const reportOf = (fields: object, milestoneId = 'C3') => ({ reports: [{ milestoneId, ...fields }] })
const correction = (fields: object, milestoneId = 'C3') => ({
  corrects: 2,
  reason: '误报',
  reports: [{ milestoneId, ...fields }]
})
const planWith = (id: string, fields: object, more: object = {}) => {
  const { milestones, ...rest } = plan(more)
  return { ...rest, milestones: milestones.map(m => (m.id === id ? { ...m, ...fields } : m)) }
}
const counted = { unit: '套', total: 68, plan: [{ date: '2021-12-31', value: 68 }] }

/** A request that contradicts the project, with what the answer says and where it points. */
interface Contradiction {
  readonly code: FaultCode
  readonly status: 409 | 422
  readonly request: readonly [method: string, path: string, body: object]
  readonly pointer: string
  readonly first?: readonly (readonly [method: string, path: string, body: object])[]
}

const reports = (body: object) => ['POST', '/reports', body] as const
const corrections = (body: object) => ['POST', '/corrections', body] as const
const baselines = (body: object) => ['POST', '/baselines', { reason: '调整', ...body }] as const
const cancel = (id: string) => ['POST', `/milestones/${id}/cancel`, { reason: '不再需要' }] as const
const put = (body: object) => ['PUT', '', body] as const
const pause = (reviewOn: string) => ['POST', '/pause', { reason: '停工', reviewOn }] as const
const resume = ['POST', '/resume', { reason: '复工' }] as const

const red = reports(reportOf({ forecastFinish: '2021-08-31', delay: { code: 'CONTRACTOR' } }))
/** In use too late from now on, with no reason of delay reported anywhere. */
const missed = put(plan({ requiredBy: '2021-08-31' }))
const ofCase = (what: string, body: object) => ['POST', `/v1/cases/school.1/${what}`, body] as const
const answer = (committedFinish: string) => ofCase('acknowledge', { committedFinish, measure: '增加班组' })
const close = ofCase('close', { evidence: '验收记录' })
const ruling = ofCase('ruling', { excusable: true, reason: '经核实' })
const judge = (body: object) => ['POST', '/judgement', { reason: '现场核实', ...body }] as const
const silence = (body: object) => ['POST', '/silences', { reason: '专家评审期间', ...body }] as const

const contradictions: readonly Contradiction[] = [
  // reports
  {
    code: 'unknown-milestone',
    status: 422,
    request: reports(reportOf({ percentComplete: 1 }, 'ZZ')),
    pointer: '/reports/0/milestoneId'
  },
  {
    code: 'date-in-future',
    status: 422,
    request: reports(reportOf({ actualFinish: '2021-06-22' })),
    pointer: '/reports/0/actualFinish'
  },
  {
    code: 'date-in-future',
    status: 422,
    request: reports(reportOf({ actualStart: '2021-06-22' }, 'V2')),
    pointer: '/reports/0/actualStart'
  },
  {
    code: 'forecast-in-past',
    status: 422,
    request: reports(reportOf({ forecastFinish: '2021-06-20' })),
    pointer: '/reports/0/forecastFinish'
  },
  {
    code: 'date-form',
    status: 422,
    request: reports(reportOf({ actualFinish: '2021-06-20T08:00' })),
    pointer: '/reports/0/actualFinish'
  },
  {
    code: 'finish-before-start',
    status: 422,
    request: reports(reportOf({ actualFinish: '2021-03-01' })),
    pointer: '/reports/0/actualFinish'
  },
  {
    code: 'already-started',
    status: 409,
    request: reports(reportOf({ actualStart: '2021-03-03' })),
    pointer: '/reports/0/actualStart'
  },
  {
    code: 'already-finished',
    status: 409,
    request: reports(reportOf({ actualFinish: '2021-03-02', delay: { code: 'LAND' } }, 'C1')),
    pointer: '/reports/0/actualFinish'
  },
  {
    code: 'already-finished',
    status: 409,
    request: reports(reportOf({ forecastFinish: '2021-07-02', delay: { code: 'LAND' } }, 'C1')),
    pointer: '/reports/0/forecastFinish'
  },
  {
    code: 'progress-went-back',
    status: 409,
    request: reports(reportOf({ percentComplete: 59 })),
    pointer: '/reports/0/percentComplete'
  },
  {
    code: 'finished-below-hundred',
    status: 422,
    request: reports(reportOf({ actualFinish: '2021-06-20', percentComplete: 99 })),
    pointer: '/reports/0/percentComplete'
  },
  {
    code: 'finished-with-work-left',
    status: 422,
    request: reports(reportOf({ actualFinish: '2021-06-20', remainingDuration: 1 })),
    pointer: '/reports/0/remainingDuration'
  },
  {
    code: 'whole-days-only',
    status: 422,
    request: reports(reportOf({ remainingDuration: 1.5 })),
    pointer: '/reports/0/remainingDuration'
  },
  {
    code: 'delay-reason-required',
    status: 422,
    request: reports(reportOf({ forecastFinish: '2021-07-16' })),
    pointer: '/reports/0/delay'
  },
  {
    code: 'delay-reason-required',
    status: 422,
    request: reports(reportOf({ remainingDuration: 90 })),
    pointer: '/reports/0/delay'
  },
  {
    code: 'milestone-cancelled',
    status: 409,
    first: [cancel('V2')],
    request: reports(reportOf({ percentComplete: 5 }, 'V2')),
    pointer: '/reports/0/milestoneId'
  },
  { code: 'not-counted', status: 422, request: reports({ count: { done: 1 } }), pointer: '/count/done' },
  {
    code: 'count-above-total',
    status: 422,
    first: [put(plan({ count: counted }))],
    request: reports({ count: { done: 69 } }),
    pointer: '/count/done'
  },
  {
    code: 'progress-went-back',
    status: 409,
    first: [put(plan({ count: counted })), reports({ count: { done: 20 } })],
    request: reports({ count: { done: 19 } }),
    pointer: '/count/done'
  },
  // the second of two reports, so that the index counts
  {
    code: 'progress-went-back',
    status: 409,
    request: reports({
      reports: [
        { milestoneId: 'V2', note: '准备' },
        { milestoneId: 'C3', percentComplete: 1 }
      ]
    }),
    pointer: '/reports/1/percentComplete'
  },
  // corrections
  {
    code: 'unknown-version',
    status: 422,
    request: corrections({ ...correction({ percentComplete: 5 }), corrects: 3 }),
    pointer: '/corrects'
  },
  {
    code: 'unknown-milestone',
    status: 422,
    request: corrections(correction({ percentComplete: 5 }, 'ZZ')),
    pointer: '/reports/0/milestoneId'
  },
  {
    code: 'percent-required',
    status: 422,
    request: corrections(correction({ actualFinish: null }, 'C1')),
    pointer: '/reports/0/percentComplete'
  },
  {
    code: 'date-in-future',
    status: 422,
    request: corrections(correction({ actualStart: '2021-06-30' })),
    pointer: '/reports/0/actualStart'
  },
  {
    code: 'not-counted',
    status: 422,
    request: corrections({ corrects: 2, reason: '误报', count: { done: 1 } }),
    pointer: '/count/done'
  },
  {
    code: 'finish-before-start',
    status: 422,
    request: corrections(correction({ actualStart: '2021-03-02' }, 'C1')),
    pointer: '/reports/0/actualStart'
  },
  // baselines, in the order of the body
  {
    code: 'unknown-milestone',
    status: 422,
    request: baselines({ milestones: [{ id: 'ZZ', ...span('2021-08-01', '2021-08-02') }] }),
    pointer: '/milestones/0/id'
  },
  {
    code: 'date-form',
    status: 422,
    request: baselines({ milestones: [{ id: 'V2', start: '2021-08-01', finish: '2021-10-01T17:00' }] }),
    pointer: '/milestones/0/finish'
  },
  {
    code: 'delay-reason-required',
    status: 422,
    request: baselines({
      milestones: [
        { id: 'V2', ...span('2021-07-16', '2021-09-30') },
        { id: 'U2', ...span('2021-10-15', '2021-10-21') }
      ]
    }),
    pointer: '/milestones/1/finish'
  },
  { code: 'delay-reason-required', status: 422, request: baselines({}), pointer: '/delay' },
  // plans
  { code: 'no-milestones', status: 422, request: put(plan({ milestones: [] })), pointer: '/milestones' },
  {
    code: 'too-far',
    status: 422,
    request: put(planWith('U2', { predecessors: [{ milestoneId: 'V2', lag: 10_000 }] }, { start: '2180-01-01' })),
    pointer: '/milestones'
  },
  {
    code: 'unknown-predecessor',
    status: 422,
    request: put(planWith('V2', { predecessors: [{ milestoneId: 'ZZ' }] })),
    pointer: '/milestones/2/predecessors/0/milestoneId'
  },
  {
    code: 'cycle',
    status: 422,
    request: put(planWith('C1', { predecessors: [{ milestoneId: 'U2' }] })),
    pointer: '/milestones'
  },
  {
    code: 'unknown-calendar',
    status: 422,
    request: put(planWith('V2', { calendar: 'moon' })),
    pointer: '/milestones/2/calendar'
  },
  {
    code: 'unknown-calendar',
    status: 422,
    request: put(plan({ calendars: { site: { base: 'moon' } } })),
    pointer: '/calendars'
  },
  {
    code: 'unknown-calendar',
    status: 422,
    request: put(plan({ calendars: { site: { base: 'site' } } })),
    pointer: '/calendars'
  },
  {
    code: 'calendar-without-work',
    status: 422,
    request: put(
      plan({ calendars: { site: { exceptions: [{ from: '1970-01-01', to: '2199-12-31', working: false }] } } })
    ),
    pointer: '/calendars'
  },
  {
    code: 'whole-days-only',
    status: 422,
    request: put(planWith('V2', { duration: 0.5 })),
    pointer: '/milestones/2/duration'
  },
  {
    code: 'count-above-total',
    status: 422,
    request: put(plan({ count: { ...counted, total: 67 } })),
    pointer: '/count/plan/0/value'
  },
  {
    code: 'milestone-vanished',
    status: 409,
    request: put({ ...plan(), milestones: plan().milestones.filter(({ id }) => id !== 'U2') }),
    pointer: '/milestones'
  },
  {
    code: 'date-locked',
    status: 409,
    request: put(planWith('C3', { baseline: span('2021-03-02', '2021-07-14') })),
    pointer: '/milestones/1/baseline'
  },
  {
    code: 'delay-reason-required',
    status: 422,
    request: put(planWith('U2', { baseline: span('2021-10-08', '2021-10-15') })),
    pointer: '/milestones/3/baseline'
  },
  { code: 'delay-reason-required', status: 422, request: put(plan({ requiredBy: '2022-01-31' })), pointer: '/delay' },
  { code: 'delay-reason-required', status: 422, request: put(plan({ requiredBy: undefined })), pointer: '/delay' },
  // state
  { code: 'already-paused', status: 409, first: [pause('2021-07-01')], request: pause('2021-08-01'), pointer: '' },
  { code: 'not-paused', status: 409, request: resume, pointer: '' },
  { code: 'date-not-in-future', status: 422, request: pause('2021-06-21'), pointer: '/reviewOn' },
  { code: 'handover-needed', status: 409, request: cancel('U2'), pointer: '{milestoneId}' },
  { code: 'already-finished', status: 409, request: cancel('C1'), pointer: '{milestoneId}' },
  { code: 'milestone-cancelled', status: 409, first: [cancel('V2')], request: cancel('V2'), pointer: '{milestoneId}' },
  // cases
  { code: 'case-closed', status: 409, first: [red, close], request: answer('2021-08-31'), pointer: '{id}' },
  { code: 'case-closed', status: 409, first: [red, close], request: close, pointer: '{id}' },
  {
    code: 'already-acknowledged',
    status: 409,
    first: [red, answer('2021-08-31')],
    request: answer('2021-09-30'),
    pointer: '{id}'
  },
  { code: 'date-in-past', status: 422, first: [red], request: answer('2021-06-20'), pointer: '/committedFinish' },
  { code: 'no-delay-reason', status: 409, first: [missed], request: ruling, pointer: '{id}' },
  { code: 'date-in-past', status: 422, request: silence({ until: '2021-06-20' }), pointer: '/until' },
  { code: 'silence-too-long', status: 422, request: silence({ until: '2021-07-22' }), pointer: '/until' },
  {
    code: 'unknown-milestone',
    status: 422,
    request: silence({ until: '2021-07-01', milestoneId: 'ZZ' }),
    pointer: '/milestoneId'
  },
  // judgements
  {
    code: 'not-coloured',
    status: 409,
    first: [pause('2021-07-01')],
    request: judge({ light: 'red' }),
    pointer: '/light'
  },
  { code: 'colour-as-computed', status: 409, first: [red], request: judge({ light: 'red' }), pointer: '/light' },
  { code: 'approver-required', status: 422, first: [red], request: judge({ light: 'green' }), pointer: '/approvedBy' },
  { code: 'not-judged', status: 409, request: ['POST', '/judgement/withdraw', { reason: '已核实' }], pointer: '' }
]

describe('what contradicts the project', () => {
  test.each(contradictions)('%#: $code at $pointer', async ({ code, status, request, pointer, first = [] }) => {
    for (const step of first) expect((await send(...step)).status).toBeLessThan(300)
    const answer = await send(...request)
    expect(
      answer.body.errors.map((error: { pointer: string; code: string }) => [error.pointer, error.code])
    ).toContainEqual([pointer, code])
    expect([answer.status, answer.body.code]).toEqual([status, status === 409 ? 'refused-by-state' : 'not-valid'])
    // The sentence that a person sees first is that of a field.
    const [{ pointer: place, message }] = answer.body.errors
    expect(answer.body.detail).toBe(/^($|\{)/.test(place) ? message : `${place}:${message}`)
    for (const error of answer.body.errors) met.add(error.code)

    const english = await api.call(request[0], addressOf(request[1]), {
      token: api.tokens.admin,
      body: request[2],
      headers: { 'accept-language': 'en' }
    })
    expect(english.body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual(
      answer.body.errors.map(({ pointer }: { pointer: string }) => pointer)
    )
    for (const { message } of english.body.errors) expect(message).not.toMatch(/\p{Script=Han}/u)
  })

  test('silence is not judged better, whoever approves it', async () => {
    await send(...red)
    api.today('2021-07-05')
    const answer = await send(...judge({ light: 'green', approvedBy: 'director' }))
    expect(answer).toMatchObject({ status: 409, body: { errors: [{ pointer: '/light', code: 'silence-not-better' }] } })
    for (const error of answer.body.errors) met.add(error.code)
  })

  // The schemas refuse most of these before the core sees them, and a project that is not there is a 404.
  const neverSent: readonly FaultCode[] = [
    'duplicate-milestone',
    'reported-twice',
    'count-not-ascending',
    'not-registered',
    // What is not there is a 404.
    'unknown-case',
    // Photographs have tests of their own, with something uploaded.
    'photo-missing',
    'no-photo',
    'camera-data'
  ]

  afterAll(() => {
    expect([...faultCodes].filter(code => !met.has(code) && !neverSent.includes(code))).toEqual([])
  })

  test.each(neverSent)('%s has its sentences all the same', code => {
    for (const { message } of errorsOfFaults([{ code, path: [], params: { id: 'C3' } }])) {
      expect(message.zh).toMatch(/\p{Script=Han}/u)
      expect(`${message.zh}${message.en}`).not.toMatch(/undefined/)
    }
  })
})

test('a milestone that the plan has not cannot be cancelled: 404', async () => {
  for (const id of ['ZZ', 'constructor', '%2e%2e', 'x'.repeat(2000)]) {
    const answer = await send(...cancel(id))
    expect([answer.status, answer.body.code]).toEqual([404, 'milestone-not-found'])
  }
})

test('a baseline is pointed into as it was sent, though its ids are numbers', async () => {
  const milestones = ['10', '9', '2'].map(id => ({
    id,
    name: id,
    duration: 5,
    baseline: span('2021-08-02', '2021-08-06')
  }))
  await api.call('PUT', '/v1/projects/numbered', {
    token: api.tokens.admin,
    body: { id: 'numbered', name: '编号', start: '2021-08-02', milestones }
  })
  const body = {
    reason: '调整',
    milestones: [
      { id: '10', ...span('2021-08-02', '2021-08-09') },
      { id: '9', ...span('2021-08-02', '2021-08-06') },
      { id: '2', ...span('2021-08-02', '2021-08-06') }
    ]
  }
  const answer = await api.call('POST', '/v1/projects/numbered/baselines', { token: api.tokens.admin, body })
  expect(answer.body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual(['/milestones/0/finish'])
})

test('a request with one fault in itself is 422, however much of it the state refuses', async () => {
  const answer = await send('POST', '/reports', {
    reports: [
      { milestoneId: 'C3', percentComplete: 1 },
      { milestoneId: 'ZZ', percentComplete: 1 }
    ]
  })
  expect([answer.status, answer.body.errors.length]).toEqual([422, 2])
})
