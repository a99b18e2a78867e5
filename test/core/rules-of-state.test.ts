import { describe, expect, it } from 'vitest'
import { approved, chain, given, noChange, pause, register, report, resume } from './given.ts'
import { day0, delay, has, roof, rulesOn, type Steps, withRoof } from './roof.ts'

describe('S1, silence', () => {
  const inPhase = (phase: string, ...more: Steps) =>
    given(
      [day0, register(chain([{ id: 'A', phase }, { id: 'U2' }]), approved({ A: ['2021-03-01', '2021-12-31'] }))],
      ...more
    )

  it('in construction seven days are agreed, the eighth is stale', () => {
    const history = inPhase('construction', ['2021-03-10', noChange])
    expect(has(history, 'S1', '2021-03-17')).toBe(false)
    expect(has(history, 'S1', '2021-03-18')).toBe(true)
    expect(history.flag('S1', '2021-03-18')).toMatchObject({
      severity: 'stale',
      facts: { lastReportOn: '2021-03-10', days: 8, allowedDays: 7, awaited: 'report' },
      text: {
        zh: '自 2021-03-10 起 8 天没有报告(约定 7 天内一报)',
        en: 'No report since 2021-03-10, 8 days (one is agreed every 7 days)'
      }
    })
  })

  it.each(['approval', 'tender', 'permit'])(
    'in the phase %s fourteen days are agreed, the fifteenth is stale',
    phase => {
      const history = inPhase(phase, ['2021-03-10', noChange])
      expect(has(history, 'S1', '2021-03-24')).toBe(false)
      expect(has(history, 'S1', '2021-03-25')).toBe(true)
    }
  )

  it('goes by the phase of what comes next, not of what is done', () => {
    const history = given(
      [
        day0,
        register(
          chain([{ id: 'A', phase: 'approval' }, { id: 'C' }]),
          approved({ A: ['2021-03-01', '2021-03-12'], C: ['2021-03-15', '2021-12-31'] })
        )
      ],
      ['2021-03-10', report('A', { actualFinish: '2021-03-10' })]
    )
    expect(has(history, 'S1', '2021-03-17')).toBe(false)
    expect(has(history, 'S1', '2021-03-18')).toBe(true)
  })

  it('counts from the registration, but not before the project begins', () => {
    const early = given(['2021-01-04', register(roof(), approved({ C3: ['2021-03-01', '2021-12-31'] }))])
    expect(has(early, 'S1', '2021-02-28')).toBe(false)
    expect(has(early, 'S1', '2021-03-08')).toBe(false)
    expect(has(early, 'S1', '2021-03-09')).toBe(true)
    expect(has(withRoof(), 'S1', '2021-03-08')).toBe(false)
    expect(has(withRoof(), 'S1', '2021-03-09')).toBe(true)
  })

  it('shows the last colour hatched: silence is never green, and never hides a red', () => {
    const history = inPhase('construction', ['2021-03-10', report('A', { percentComplete: 50 })])
    expect(history.on('2021-03-17').light).toBe('green')
    expect(history.on('2021-03-18')).toMatchObject({ light: 'stale', lastLight: 'green' })
    expect(history.milestone('A', '2021-03-18').light).toBe('stale')
    const red = withRoof([day0, report('C3', { forecastFinish: '2021-04-30', delay })])
    expect(red.on('2021-03-20')).toMatchObject({ light: 'red' })
    expect(rulesOn(red, '2021-03-20')).toContain('S1')
    expect(red.on('2021-03-20')).not.toHaveProperty('lastLight')
  })
})

describe('P1, an approved pause', () => {
  const late = () =>
    withRoof([day0, report('C3', { forecastFinish: '2021-04-30', delay })], ['2021-03-10', pause('2021-05-10')])

  it('speaks alone: it mutes every other rule of the project', () => {
    expect(late().on('2021-05-10')).toMatchObject({
      light: 'paused',
      rules: ['P1'],
      flags: [
        {
          rule: 'P1',
          severity: 'paused',
          since: '2021-03-10',
          facts: { since: '2021-03-10', reviewOn: '2021-05-10', reason: '汛期' },
          text: {
            zh: '自 2021-03-10 起批准暂停:汛期;2021-05-10 复核',
            en: 'Paused with approval since 2021-03-10: 汛期; to be reviewed on 2021-05-10'
          }
        }
      ]
    })
    expect(late().milestone('C3', '2021-04-01').light).toBe('paused')
  })

  it('turns stale when its review is overdue by a day', () => {
    expect(rulesOn(late(), '2021-05-10')).toEqual(['P1'])
    expect(late().on('2021-05-11')).toMatchObject({ light: 'stale', lastLight: 'paused' })
    expect(rulesOn(late(), '2021-05-11')).toEqual(['P1', 'S1'])
    expect(late().flag('S1', '2021-05-11')).toMatchObject({
      facts: { lastReportOn: '2021-05-10', days: 1, awaited: 'pause-review' },
      text: { zh: '暂停应于 2021-05-10 复核,已逾期 1 天', en: 'The pause was to be reviewed on 2021-05-10, 1 days ago' }
    })
  })

  it('clears the other flags in the commit of the pause; resuming raises again what holds', () => {
    const history = withRoof([day0, report('C3', { forecastFinish: '2021-04-30', delay })])
    expect(history.accept(pause('2021-05-10'), '2021-03-10').slice(1)).toMatchObject([
      { type: 'flag-cleared', rule: 'B1' },
      { type: 'flag-cleared', rule: 'R1' },
      { type: 'flag-raised', rule: 'P1' },
      { type: 'flag-suppressed', rule: 'R1', by: 'pause' }
    ])
    const resumed = history.accept(resume, '2021-03-20')
    expect(resumed).toContainEqual({ type: 'flag-cleared', rule: 'P1' })
    expect(resumed).toContainEqual(expect.objectContaining({ type: 'flag-raised', rule: 'R1' }))
  })

  it('is no silence: that begins with the resumption', () => {
    const history = withRoof(['2021-03-05', pause('2021-05-10')], ['2021-04-19', resume])
    expect(has(history, 'S1', '2021-04-26')).toBe(false)
    expect(has(history, 'S1', '2021-04-27')).toBe(true)
  })
})

describe('N1, no approved baseline', () => {
  const history = () => given([day0, register(roof({ requiredBy: '2021-03-31' }))])

  it('is never green and never late, only silent or not', () => {
    expect(history().on(day0)).toMatchObject({ light: 'no-baseline', rules: ['N1'] })
    expect(history().on('2021-12-01')).toMatchObject({ light: 'no-baseline', rules: ['N1', 'S1'], variance: null })
    expect(history().milestone('C3', day0).light).toBe('no-baseline')
    expect(history().flag('N1', day0)?.text).toEqual({
      zh: '没有批准的基线计划,无从判断快慢',
      en: 'No baseline has been approved, so it is neither early nor late'
    })
  })

  it('ends with the first approval', () => {
    const events = history().accept({ type: 'approve-baseline', reason: '批复' }, day0)
    expect(events).toContainEqual({ type: 'flag-cleared', rule: 'N1' })
  })

  it('a milestone without dates is judged by nobody, the others are', () => {
    const part = given([
      day0,
      register(chain([{ id: 'A' }, { id: 'B' }]), approved({ A: ['2021-03-01', '2021-03-12'] }))
    ])
    expect(part.milestone('B', day0).light).toBe('no-baseline')
    expect(part.milestone('A', day0).light).toBe('blue')
  })
})

describe('A project that is in use', () => {
  const plan = chain([
    { id: 'V2', name: '竣工验收' },
    { id: 'U2', name: '启用' },
    { id: 'F1', name: '决算', phase: 'closeout', predecessors: [{ milestoneId: 'V2', type: 'FS', lag: 0 }] }
  ])
  const history = () =>
    given(
      [
        day0,
        register(
          { ...plan, requiredBy: '2021-03-20' },
          approved({
            V2: ['2021-03-01', '2021-03-12'],
            U2: ['2021-03-15', '2021-03-26'],
            F1: ['2021-04-01', '2021-06-30']
          })
        )
      ],
      ['2021-03-26', report('V2', { actualFinish: '2021-03-26', delay })],
      ['2021-03-31', report('U2', { actualFinish: '2021-03-31', delay })]
    )

  it('is done, however late it came and however long nobody reports', () => {
    expect(history().on('2021-03-31').light).toBe('done')
    expect(history().on('2021-06-16').light).toBe('done')
    expect(rulesOn(history(), '2021-06-16')).toEqual(['B1'])
  })

  it('has only its close-out left to be late with', () => {
    expect(history().on('2021-07-02')).toMatchObject({ light: 'yellow', flags: [{ rule: 'Y1', milestoneId: 'F1' }] })
    expect(history().on('2021-07-22')).toMatchObject({ light: 'red', flags: [{ rule: 'R1', milestoneId: 'F1' }] })
  })
})
