import { describe, expect, it } from 'vitest'
import type { CaseEvent } from '../../functions/core/case-events.ts'
import { delayCodes } from '../../functions/core/delay.ts'
import { delayWords } from '../../functions/core/delay-words.ts'
import type { ProjectEvent } from '../../functions/core/events.ts'
import { ruleIds } from '../../functions/core/policy.ts'
import { roleWords } from '../../functions/core/role-words.ts'
import type { Text } from '../../functions/core/text.ts'
import { caseStatusWords, excuseWords, positionWords } from '../../functions/pages/case-words.ts'
import { dateText, dayTextNear, withDatesInWords } from '../../functions/pages/date-text.ts'
import { type EventContext, eventText, eventTexts } from '../../functions/pages/event-words.ts'
import { languages } from '../../functions/pages/language.ts'
import {
  colourWords,
  driverKinds,
  driverText,
  lightOrder,
  lightWords,
  phaseText,
  ruleWords,
  statusWords
} from '../../functions/pages/words.ts'
import { projects } from './bureau.ts'

const han = /[\u4e00-\u9fff]/

const bothSaid = (text: Text) => {
  expect(text.zh).toMatch(han)
  expect(text.en).toMatch(/[a-z]/i)
  expect(text.en).not.toMatch(han)
}

describe('words', () => {
  it('exist in both languages for every rule, reason, colour, role and status', () => {
    for (const rule of [...ruleIds, 'G'] as const) bothSaid(ruleWords[rule])
    for (const code of delayCodes) bothSaid(delayWords[code])
    for (const words of [caseStatusWords, excuseWords, positionWords]) Object.values(words).forEach(bothSaid)
    for (const light of lightOrder) {
      bothSaid(lightWords[light].name)
      bothSaid(lightWords[light].meaning)
      bothSaid(colourWords[light])
    }
    for (const words of [...Object.values(roleWords), ...Object.values(statusWords)]) bothSaid(words)
    expect([...lightOrder].sort()).toEqual(Object.keys(lightWords).sort())
  })

  it('say what drives a date, whatever drives it', () => {
    for (const kind of Object.keys(driverKinds) as (keyof typeof driverKinds)[])
      bothSaid({
        zh: driverText({ kind, ref: 'SNET' }, () => '封顶', 'zh'),
        en: driverText({ kind, ref: 'SNET' }, () => 'roof', 'en')
      })
  })

  it('keep the name of a phase that a plan made up', () => {
    expect(phaseText('construction', 'en')).toBe('Construction')
    expect(phaseText('toString', 'zh')).toBe('toString')
  })
})

const project = projects[0]!.state.project

type Told = Exclude<ProjectEvent, CaseEvent>

/** One event of every type that is told; the type of the record asks for each. */
const events: { readonly [Type in Told['type']]: Extract<Told, { type: Type }> } = {
  'project-registered': { type: 'project-registered', project },
  'plan-changed': { type: 'plan-changed', project },
  'baseline-approved': { type: 'baseline-approved', reason: 'r', delay: { code: 'LAND' }, dates: {} },
  'progress-reported': {
    type: 'progress-reported',
    reports: [{ milestoneId: 'C3', remainingDuration: 3 }],
    countDone: 4
  },
  'no-change-reported': { type: 'no-change-reported', note: 'secret' },
  'report-corrected': {
    type: 'report-corrected',
    corrects: 2,
    reason: 'r',
    corrections: [{ milestoneId: 'C3', actualFinish: null }]
  },
  'project-paused': { type: 'project-paused', reason: 'r', reviewOn: '2021-07-20' },
  'project-resumed': { type: 'project-resumed', reason: 'r' },
  'milestone-cancelled': { type: 'milestone-cancelled', milestoneId: 'C3', reason: 'r' },
  'colour-judged': { type: 'colour-judged', light: 'red', reason: 'r' },
  'judgement-withdrawn': { type: 'judgement-withdrawn', reason: 'r' },
  'flag-raised': { type: 'flag-raised', rule: 'R1', severity: 'red', milestoneId: 'C3', facts: {} },
  'flag-cleared': { type: 'flag-cleared', rule: 'R1' }
}

const context = (lang: EventContext['lang']): EventContext => ({
  lang,
  nameOf: id => id,
  withoutPeople: typed => typed.toUpperCase(),
  unit: lang === 'zh' ? '套' : 'flats'
})

describe('events', () => {
  it.each(Object.values(events).map(event => [event.type, event] as const))(
    'are told in both languages: %s',
    (_type, event) => {
      bothSaid({ zh: eventText(event, context('zh')), en: eventText(event, context('en')) })
      for (const lang of languages) expect(eventText(event, context(lang))).not.toContain('secret')
    }
  )

  it('pass every typed reason through the remover of people', () => {
    for (const event of Object.values(events))
      if ('reason' in event) expect(eventText(event, context('en'))).toContain(': R')
  })

  it('tell the first milestones of a long report and how many there were', () => {
    const reports = Array.from({ length: 9 }, (_, at) => ({ milestoneId: `M${at}`, percentComplete: at }))
    const told = eventText({ type: 'progress-reported', reports }, context('en'))
    expect(told).toContain('M7 7%; 9 milestones in all')
    expect(told).not.toContain('M8')
  })

  it('tell one rule on many milestones in one sentence', () => {
    const raised = ['C1', 'C2', 'C3', 'C4', 'C5'].map(milestoneId => ({ ...events['flag-raised'], milestoneId }))
    expect(eventTexts([events['no-change-reported'], ...raised], context('en'))).toEqual([
      'Reported: no change',
      'Raised: R1 Milestone far behind (red), C1, C2, C3 and others, 5 milestones in all'
    ])
  })
})

describe('dates', () => {
  it('are written as the language writes them, hours included', () => {
    expect(dateText('2021-06-21', 'zh')).toBe('2021年6月21日')
    expect(dateText('2021-06-21', 'en')).toBe('21 June 2021')
    expect(dateText('2021-06-01T08:30', 'en')).toBe('1 June 2021 08:30')
  })

  it('leave out the year only where it is the same', () => {
    expect(dayTextNear('2021-06-21')('2021-08-25', 'zh')).toBe('8月25日')
    expect(dayTextNear('2021-06-21')('2027-08-25', 'zh')).toBe('2027年8月25日')
  })

  it('are found in sentences, not in document numbers', () => {
    expect(withDatesInWords('due 2021-06-21; id x-2021-06-21, 12021-06-21', 'en')).toBe(
      'due 21 June 2021; id x-2021-06-21, 12021-06-21'
    )
  })
})
