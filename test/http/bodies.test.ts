import { beforeAll, describe, expect, test } from 'vitest'
import { longestBody } from '../../functions/http/endpoint.ts'
import { type Ask, startApi, type TestApi } from './client.ts'
import { plan } from './plans.ts'

let api: TestApi
beforeAll(async () => {
  api = await startApi()
  await api.call('PUT', '/v1/projects/school', { token: api.tokens.admin, body: plan() })
})

const report = (ask: Ask) => api.call('POST', '/v1/projects/school/reports', { token: api.tokens.reporter, ...ask })
const put = (body: object) => api.call('PUT', '/v1/projects/school', { token: api.tokens.admin, body })

describe('what is no JSON', () => {
  test.each([
    '',
    ' ',
    '{',
    '{"noChange":true',
    "{'noChange':true}",
    '{"noChange":NaN}',
    '{"noChange":true,}',
    '{"noChange":true}{}',
    '<report/>',
    'noChange=true',
    '// comment\n{"noChange":true}'
  ])('%j is 400', async raw => {
    const answer = await report({ raw })
    expect([answer.status, answer.body.code]).toEqual([400, 'not-json'])
  })

  test('text in another encoding is refused, not stored with its characters broken', async () => {
    // 无变化 in GBK, as a form filled in on an older machine sends it.
    const gbk = Uint8Array.from([0xce, 0xde, 0xb1, 0xe4, 0xbb, 0xaf])
    const bytes = Buffer.concat([Buffer.from('{"noChange":true,"note":"'), gbk, Buffer.from('"}')])
    const answer = await report({ bytes })
    expect([answer.status, answer.body.code]).toEqual([400, 'not-json'])
    const taken = await report({ raw: bytes.toString('utf8') })
    expect([taken.status, taken.body.code]).toEqual([400, 'not-json'])
  })

  test('no body at all, though its type is announced', async () => {
    expect((await report({ headers: { 'content-type': 'application/json' } })).status).toBe(400)
  })
})

describe('what carries JSON', () => {
  test.each([
    'application/json',
    'application/json; charset=utf-8',
    'Application/JSON;charset=UTF-8',
    'application/json ;x=y'
  ])('%s is read', async type => {
    expect((await report({ body: { noChange: true }, headers: { 'content-type': type } })).status).toBe(201)
  })

  test.each([
    '',
    'text/plain',
    'text/json',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/jsonp',
    'application/json-patch+json',
    'x/application/json'
  ])('%j is 415', async type => {
    const answer = await report({ body: { noChange: true }, headers: { 'content-type': type } })
    expect([answer.status, answer.body.code]).toEqual([415, 'not-json-content'])
  })

  test('base64, as the gateway sends what it takes for binary, with or without a byte order mark', async () => {
    const text = JSON.stringify({ noChange: true, note: '已到现场查看,无变化 🏫' })
    for (const mark of ['', '\uFEFF']) {
      const answer = await report({ bytes: Buffer.from(mark + text) })
      expect(answer.status).toBe(201)
      expect(answer.body.events[0].note).toBe('已到现场查看,无变化 🏫')
    }
    expect((await report({ raw: `\uFEFF${text}` })).status).toBe(201)
  })

  test('a body of the longest size is read, one byte more is 413, whatever it holds', async () => {
    const fill = (bytes: number) => `{"noChange":true${' '.repeat(bytes - 17)}}`
    expect((await report({ raw: fill(longestBody) })).status).toBe(201)
    for (const ask of [
      { raw: fill(longestBody + 1) },
      { bytes: Buffer.from(fill(longestBody + 1)) },
      { raw: '{'.repeat(longestBody + 1) },
      // Three bytes a character: it is bytes that count.
      { raw: JSON.stringify({ noChange: true, note: '查'.repeat(longestBody / 3) }) }
    ]) {
      const answer = await report(ask)
      expect([answer.status, answer.body.code]).toEqual([413, 'body-too-large'])
    }
  })

  test('a field that stands there twice counts as its last, as JSON.parse reads it', async () => {
    const answer = await report({ raw: '{"noChange":true,"note":"first","note":"last"}' })
    expect(answer.body.events[0].note).toBe('last')
  })
})

const oneReport = (fields: object) => ({ reports: [{ milestoneId: 'C3', ...fields }] })

describe('reports that are not valid', () => {
  test.each<[unknown, string, string]>([
    [null, '', 'wrong-type'],
    [[], '', 'wrong-type'],
    ['noChange', '', 'wrong-type'],
    [{}, '/reports', 'nothing-reported'],
    [{ reports: [] }, '/reports', 'nothing-reported'],
    [{ reports: {} }, '/reports', 'wrong-type'],
    [{ noChange: false }, '/reports', 'nothing-reported'],
    [{ noChange: 'yes' }, '/noChange', 'unknown-value'],
    [{ noChange: true, reports: [] }, '/reports', 'unknown-field'],
    [{ noChange: true, Note: 'x' }, '/Note', 'unknown-field'],
    [{ noChange: true, 'a/b~c': 1 }, '/a~1b~0c', 'unknown-field'],
    [{ noChange: true, note: 5 }, '/note', 'wrong-type'],
    [{ noChange: true, note: null }, '/note', 'wrong-type'],
    [{ noChange: true, note: '' }, '/note', 'too-small'],
    [{ noChange: true, note: ' \n\t' }, '/note', 'too-small'],
    [{ noChange: true, note: '\u200B\u2060' }, '/note', 'blank'],
    [{ noChange: true, note: 'a\u0000b' }, '/note', 'control-character'],
    [{ noChange: true, note: 'a\u001B[31mb' }, '/note', 'control-character'],
    [{ noChange: true, note: 'a\u202Eb' }, '/note', 'control-character'],
    [{ noChange: true, note: 'a\uD83Cb' }, '/note', 'control-character'],
    [{ noChange: true, note: 'x'.repeat(2001) }, '/note', 'too-big'],
    [{ reports: [{ milestoneId: 'C3' }] }, '/reports/0', 'nothing-reported'],
    [{ reports: [{ percentComplete: 3 }] }, '/reports/0/milestoneId', 'required'],
    [{ reports: [null] }, '/reports/0', 'wrong-type'],
    [{ reports: [{ milestoneId: '__proto__', percentComplete: 3 }] }, '/reports/0/milestoneId', 'reserved-name'],
    [{ reports: [{ milestoneId: 'constructor', percentComplete: 3 }] }, '/reports/0/milestoneId', 'reserved-name'],
    [{ reports: [{ milestoneId: '../C3', percentComplete: 3 }] }, '/reports/0/milestoneId', 'wrong-form'],
    [
      {
        reports: [
          { milestoneId: 'C3', percentComplete: 3 },
          { milestoneId: 'C3', percentComplete: 4 }
        ]
      },
      '/reports/1/milestoneId',
      'duplicate-milestone'
    ],
    [oneReport({ percentComplete: -1 }), '/reports/0/percentComplete', 'too-small'],
    [oneReport({ percentComplete: 100.1 }), '/reports/0/percentComplete', 'too-big'],
    [oneReport({ percentComplete: '80' }), '/reports/0/percentComplete', 'wrong-type'],
    [oneReport({ percentComplete: true }), '/reports/0/percentComplete', 'wrong-type'],
    [oneReport({ percentComplete: null }), '/reports/0/percentComplete', 'wrong-type'],
    [oneReport({ remainingDuration: -1 }), '/reports/0/remainingDuration', 'too-small'],
    [oneReport({ remainingDuration: 1e300 }), '/reports/0/remainingDuration', 'too-big'],
    [oneReport({ actualFinish: '2021-02-30' }), '/reports/0/actualFinish', 'not-a-date'],
    [oneReport({ actualFinish: '2021-6-1' }), '/reports/0/actualFinish', 'not-a-date'],
    [oneReport({ actualFinish: '2021-06-01T00:00:00Z' }), '/reports/0/actualFinish', 'not-a-date'],
    [oneReport({ actualFinish: '2021-06-01 ' }), '/reports/0/actualFinish', 'not-a-date'],
    [oneReport({ actualFinish: '２０２１-06-01' }), '/reports/0/actualFinish', 'not-a-date'],
    [oneReport({ actualFinish: 20210601 }), '/reports/0/actualFinish', 'wrong-type'],
    [oneReport({ forecastFinish: '9999-12-31' }), '/reports/0/forecastFinish', 'not-a-date'],
    [oneReport({ forecastFinish: '1969-12-31' }), '/reports/0/forecastFinish', 'not-a-date'],
    [oneReport({ forecastFinish: '' }), '/reports/0/forecastFinish', 'not-a-date'],
    [oneReport({ forecastFinish: null }), '/reports/0/forecastFinish', 'wrong-type'],
    [oneReport({ delay: {} }), '/reports/0/delay/code', 'required'],
    [oneReport({ delay: { code: 'RAIN' } }), '/reports/0/delay/code', 'unknown-value'],
    [oneReport({ delay: { code: 'weather' } }), '/reports/0/delay/code', 'unknown-value'],
    [oneReport({ delay: { code: 'OTHER' } }), '/reports/0/delay/note', 'note-required'],
    [oneReport({ delay: 'WEATHER' }), '/reports/0/delay', 'wrong-type'],
    [oneReport({ photos: [] }), '/reports/0/photos', 'too-small'],
    [oneReport({ photos: ['javascript:alert(1)'] }), '/reports/0/photos/0', 'wrong-form'],
    [oneReport({ photos: ['file:///etc/passwd'] }), '/reports/0/photos/0', 'wrong-form'],
    [oneReport({ photos: ['data:text/html,x'] }), '/reports/0/photos/0', 'wrong-form'],
    [oneReport({ photos: Array.from({ length: 21 }, () => 'https://x.cn/1.jpg') }), '/reports/0/photos', 'too-big'],
    [{ count: { done: -1 } }, '/count/done', 'too-small'],
    [{ count: {} }, '/count/done', 'required'],
    [{ count: 5 }, '/count', 'wrong-type']
  ])('%j: %s %s', async (body, pointer, code) => {
    const answer = await report({ body })
    expect([answer.status, answer.body.code]).toEqual([422, 'not-valid'])
    expect(answer.body.errors).toContainEqual(expect.objectContaining({ pointer, code }))
    // One sentence for each thing that is wrong.
    const places = answer.body.errors.map(
      (error: { pointer: string; code: string }) => `${error.pointer} ${error.code}`
    )
    expect(new Set(places).size).toBe(places.length)
  })

  test('numbers that JSON can write and no number can hold', async () => {
    for (const number of ['1e999', '-1e999']) {
      const answer = await report({ raw: `{"reports":[{"milestoneId":"C3","percentComplete":${number}}]}` })
      expect(answer.body.errors).toEqual([
        { pointer: '/reports/0/percentComplete', code: 'wrong-type', message: '应为数字' }
      ])
    }
  })

  test('all faults are told at once, up to a hundred', async () => {
    const many = Array.from({ length: 400 }, (_, i) => ({ milestoneId: `M${i}`, percentComplete: 101, note: 3 }))
    const answer = await report({ body: { reports: many } })
    expect(answer.status).toBe(422)
    expect(answer.body.errors).toHaveLength(100)
    expect(answer.body.errors[1]).toMatchObject({ pointer: '/reports/0/note', code: 'wrong-type' })
  })

  test('a body of nothing but faults makes no reply larger than a Lambda may send', async () => {
    for (const raw of [
      `{"reports":[${'{},'.repeat(80_000)}{}]}`,
      `{${Array.from({ length: 20_000 }, (_, i) => `"k${i}":1`).join(',')}}`
    ]) {
      const answer = await report({ raw })
      expect(answer.status).toBe(422)
      expect(answer.text.length).toBeLessThan(64 * 1024)
    }
  })
})

describe('plans that are not valid', () => {
  const withMilestone = (fields: object) => {
    const { milestones, ...rest } = plan()
    return { ...rest, milestones: milestones.map((m, i) => (i === 1 ? { ...m, ...fields } : m)) }
  }

  test.each<[object, string, string]>([
    [plan({ id: 'other' }), '/id', 'id-mismatch'],
    [plan({ id: 'School' }), '/id', 'wrong-form'],
    [plan({ id: '-x' }), '/id', 'wrong-form'],
    [plan({ id: 'x'.repeat(65) }), '/id', 'wrong-form'],
    [plan({ id: 'a\nb' }), '/id', 'wrong-form'],
    [plan({ name: undefined }), '/name', 'required'],
    [plan({ name: 'a\nb' }), '/name', 'control-character'],
    [plan({ name: 'a\u2028b' }), '/name', 'control-character'],
    [plan({ owner: 'x' }), '/owner', 'unknown-field'],
    [plan({ start: '2021-02-29' }), '/start', 'not-a-date'],
    [plan({ requiredBy: '2021-08-25T17:00' }), '/requiredBy', 'not-a-date'],
    [plan({ manager: '张三' }), '/manager', 'wrong-type'],
    [plan({ manager: { name: '张三', phone: '1' } }), '/manager/phone', 'unknown-field'],
    [plan({ milestones: undefined }), '/milestones', 'required'],
    [plan({ milestones: [] }), '/milestones', 'no-milestones'],
    [plan({ calendars: { constructor: {} } }), '/calendars/constructor', 'reserved-name'],
    [plan({ calendars: { site: { week: [] } } }), '/calendars/site/week', 'too-small'],
    [plan({ calendars: { site: { week: [8] } } }), '/calendars/site/week/0', 'too-big'],
    [plan({ calendars: { site: { week: [1, 1] } } }), '/calendars/site/week', 'duplicate-weekday'],
    [
      plan({ calendars: { site: { shifts: [['08:00', '07:00']] } } }),
      '/calendars/site/shifts/0',
      'finish-before-start'
    ],
    [
      plan({
        calendars: {
          site: {
            shifts: [
              ['08:00', '12:00'],
              ['11:00', '13:00']
            ]
          }
        }
      }),
      '/calendars/site/shifts',
      'not-ascending'
    ],
    [plan({ calendars: { site: { shifts: [['8:00', '12:00']] } } }), '/calendars/site/shifts/0/0', 'wrong-form'],
    [
      plan({ calendars: { site: { exceptions: [{ from: '2021-02-02', to: '2021-02-01', working: false }] } } }),
      '/calendars/site/exceptions/0/to',
      'finish-before-start'
    ],
    [
      plan({ calendars: Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`c${i}`, {}])) }),
      '/calendars',
      'too-many'
    ],
    [withMilestone({ id: 'C1' }), '/milestones/1/id', 'duplicate-id'],
    [withMilestone({ id: 'toString' }), '/milestones/1/id', 'reserved-name'],
    [withMilestone({ duration: -1 }), '/milestones/1/duration', 'too-small'],
    [withMilestone({ duration: 1e9 }), '/milestones/1/duration', 'too-big'],
    [withMilestone({ duration: 1.5 }), '/milestones/1/duration', 'whole-days-only'],
    [withMilestone({ calendar: 'moon' }), '/milestones/1/calendar', 'unknown-calendar'],
    [withMilestone({ calendar: '__proto__' }), '/milestones/1/calendar', 'reserved-name'],
    [withMilestone({ predecessors: [{}] }), '/milestones/1/predecessors/0/milestoneId', 'required'],
    [
      withMilestone({ predecessors: [{ milestoneId: 'ZZ' }] }),
      '/milestones/1/predecessors/0/milestoneId',
      'unknown-predecessor'
    ],
    [
      withMilestone({ predecessors: [{ milestoneId: 'C1', lag: 0.5 }] }),
      '/milestones/1/predecessors/0/lag',
      'whole-days-only'
    ],
    [
      withMilestone({ predecessors: [{ milestoneId: 'C1', lag: -10_001 }] }),
      '/milestones/1/predecessors/0/lag',
      'too-small'
    ],
    [
      withMilestone({ predecessors: [{ milestoneId: 'C1', type: 'FX' }] }),
      '/milestones/1/predecessors/0/type',
      'unknown-value'
    ],
    [withMilestone({ predecessors: [{ milestoneId: 'C3' }] }), '/milestones', 'cycle'],
    [withMilestone({ predecessors: [{ milestoneId: 'V2', lag: -100 }] }), '/milestones', 'cycle'],
    [
      withMilestone({ constraint: { type: 'SOON', date: '2021-01-01' } }),
      '/milestones/1/constraint/type',
      'unknown-value'
    ],
    [withMilestone({ constraint: { type: 'SNET' } }), '/milestones/1/constraint/date', 'required'],
    [
      withMilestone({ constraint: { type: 'ALAP', date: '2021-01-01' } }),
      '/milestones/1/constraint/date',
      'unknown-field'
    ],
    [
      withMilestone({ constraint: { type: 'SNET', date: '2021-05-01T08:00' } }),
      '/milestones/1/constraint/date',
      'date-form'
    ],
    [withMilestone({ baseline: { start: '2021-03-02' } }), '/milestones/1/baseline/finish', 'required'],
    [
      withMilestone({ baseline: { start: '2021-07-15', finish: '2021-03-02' } }),
      '/milestones/1/baseline/finish',
      'finish-before-start'
    ],
    [
      withMilestone({ baseline: { start: '2021-03-02T08:00', finish: '2021-07-15' } }),
      '/milestones/1/baseline/start',
      'date-form'
    ],
    [plan({ count: { unit: '套', total: 0, plan: [] } }), '/count/total', 'too-small'],
    [
      plan({
        count: {
          unit: '套',
          total: 68,
          plan: [
            { date: '2021-06-01', value: 10 },
            { date: '2021-06-01', value: 20 }
          ]
        }
      }),
      '/count/plan',
      'not-ascending'
    ],
    [
      plan({ count: { unit: '套', total: 68, plan: [{ date: '2021-06-01', value: 69 }] } }),
      '/count/plan/0/value',
      'count-above-total'
    ],
    [plan({ delay: { code: 'OTHER' } }), '/delay/note', 'note-required']
  ])('%#: %j %s %s', async (body, pointer, code) => {
    const answer = await put(body)
    expect(answer.status).toBe(422)
    expect(answer.body.errors).toContainEqual(expect.objectContaining({ pointer, code }))
  })

  test('a calendar that never works is refused by the place of the calendars, without the words of the engine', async () => {
    const never = { base: 'daily', exceptions: [{ from: '1970-01-01', to: '2199-12-31', working: false }] }
    const answer = await put(plan({ calendars: { site: never } }))
    expect(answer.body.errors).toEqual([
      { pointer: '/calendars', code: 'calendar-without-work', message: '日历的工作日不够,排不出日期' }
    ])
  })

  test('a cycle names its members', async () => {
    const ring = ['A', 'B', 'C'].map((id, i) => ({
      id,
      name: id,
      duration: 1,
      predecessors: [{ milestoneId: ['C', 'A', 'B'][i] }]
    }))
    const answer = await put(plan({ milestones: ring }))
    const { message } = answer.body.errors.find(({ code }: { code: string }) => code === 'cycle')
    for (const id of ['A', 'B', 'C']) expect(message).toContain(id)
  })
})

describe('queries that are not valid', () => {
  test.each([
    ['/v1/projects?light=purple', '?/light', 'unknown-value'],
    ['/v1/projects?limit=0', '?/limit', 'too-small'],
    ['/v1/projects?limit=201', '?/limit', 'too-big'],
    ['/v1/projects?limit=ten', '?/limit', 'wrong-type'],
    ['/v1/projects?limit=1.5', '?/limit', 'wrong-type'],
    ['/v1/projects?limit=Infinity', '?/limit', 'wrong-type'],
    ['/v1/projects?limit=1&limit=2', '?/limit', 'wrong-type'],
    ['/v1/projects?cursor=', '?/cursor', 'too-small'],
    ['/v1/projects?cursor=AAAA', '?/cursor', 'bad-cursor'],
    ['/v1/projects?cursor=c2Nob29s%3D', '?/cursor', 'bad-cursor'],
    ['/v1/projects?cursor=Li4vLi4v', '?/cursor', 'bad-cursor'],
    [`/v1/projects?cursor=${'x'.repeat(5000)}`, '?/cursor', 'too-big'],
    ['/v1/projects?lights=red', '?/lights', 'unknown-field'],
    ['/v1/projects?__proto__=1', '?/__proto__', 'unknown-field'],
    ['/v1/projects/school?dataDate=2021-02-30', '?/dataDate', 'not-a-date'],
    ['/v1/projects/school?dataDate=today', '?/dataDate', 'not-a-date'],
    ['/v1/projects/school?dataDate=9999-12-31', '?/dataDate', 'not-a-date'],
    ['/v1/projects/school?dataDate=', '?/dataDate', 'not-a-date'],
    ['/v1/projects/school/history?cursor=abc', '?/cursor', 'wrong-type'],
    ['/v1/projects/school/history?cursor=-1', '?/cursor', 'too-small'],
    ['/v1/projects/school/history?cursor=99999999999999999999', '?/cursor', 'too-big'],
    ['/v1/changes', '?/since', 'required'],
    ['/v1/changes?since=yesterday', '?/since', 'not-a-date'],
    ['/v1/flags?light=red', '?/light', 'unknown-field'],
    ['/v1/health?x=1', '?/x', 'unknown-field']
  ])('%s: %s %s', async (path, pointer, code) => {
    const answer = await api.call('GET', path, { token: api.tokens.admin })
    expect(answer.status).toBe(422)
    expect(answer.body.errors).toContainEqual(expect.objectContaining({ pointer, code }))
  })
})
