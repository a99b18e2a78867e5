import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { commitOf, foldFormat, sealedTextOf } from '../../functions/adapters/commit-item.ts'
import { verifyLog } from '../../functions/adapters/verify-log.ts'
import type { CaseEvent } from '../../functions/core/case-events.ts'
import { addDays } from '../../functions/core/dates.ts'
import type { ProjectEvent } from '../../functions/core/events.ts'
import { fold, initialState } from '../../functions/core/evolve.ts'
import type { SealedCommit } from '../../functions/core/ports.ts'
import { eventSchema } from '../../functions/schema/commit.ts'
import { trackedProjectSchema } from '../../functions/schema/state.ts'

type Version = 'v1' | 'v2' | 'v3' | 'v4'

const directoryOf = (version: Version) => new URL(`../fixtures/events/${version}/`, import.meta.url)
const read = (name: string, version: Version = 'v1') =>
  JSON.parse(readFileSync(new URL(name, directoryOf(version)), 'utf8'))

const wholeLog = (): readonly SealedCommit[] =>
  read('whole-log.json').map((item: unknown) => commitOf(sealedTextOf(item)))

/** Commits of one event each, on the days after the whole log. */
const oneADay = (events: readonly ProjectEvent[]): readonly SealedCommit[] => {
  const last = wholeLog().at(-1)
  if (!last) throw new Error('the whole log is empty')
  return events.map((event, index) => ({
    ...last,
    version: last.version + index + 1,
    date: addDays(last.date, index + 1),
    events: [event]
  }))
}

/** The flags that the events of version 2 speak of. */
const raised: readonly ProjectEvent[] = [
  read('flag-raised.json'),
  { ...read('flag-raised.json'), rule: 'Y1', severity: 'yellow', milestoneId: 'C8' }
]

const eventTypes = {
  'project-registered': true,
  'plan-changed': true,
  'baseline-approved': true,
  'progress-reported': true,
  'no-change-reported': true,
  'report-corrected': true,
  'project-paused': true,
  'project-resumed': true,
  'milestone-cancelled': true,
  'flag-raised': true,
  'flag-cleared': true
} satisfies Partial<Record<ProjectEvent['type'], true>>

const caseEventTypes = {
  'flag-fired': true,
  'flag-resolved': true,
  'flag-suppressed': true,
  'flag-released': true,
  'flags-silenced': true,
  'case-opened': true,
  'case-reopened': true,
  'case-acknowledged': true,
  'acknowledgement-expired': true,
  'case-escalated': true,
  'delay-ruled': true,
  'case-closed': true
} satisfies Record<CaseEvent['type'], true>

const judgementTypes = {
  'colour-judged': true,
  'judgement-withdrawn': true
} satisfies Record<Exclude<ProjectEvent['type'], keyof typeof eventTypes | keyof typeof caseEventTypes>, true>

// These files are what version 1 wrote. They are never changed: a log outlives the code that wrote it.
describe('the log of version 1', () => {
  test('has a file for every type of event', () => {
    const expected = [...Object.keys(eventTypes), 'whole-log', 'whole-log.state'].map(type => `${type}.json`)
    expect(readdirSync(directoryOf('v1')).sort()).toEqual(expected.sort())
  })

  test.each(Object.keys(eventTypes))('%s decodes without losing a field', type => {
    const event = read(`${type}.json`)
    expect(eventSchema.parse(event)).toEqual(event)
  })

  test('verifies, hash by hash', async () => {
    expect(await verifyLog('erzhong-phase-2', read('whole-log.json'))).toMatchObject({ ok: true, version: 13 })
  })

  test(`folds to the state it always folded to, or else foldFormat (now ${foldFormat}) must be raised`, () => {
    const state = JSON.parse(JSON.stringify(fold(initialState, wholeLog())))
    expect(state).toEqual(read('whole-log.state.json'))
    expect(trackedProjectSchema.parse(state)).toEqual(state)
  })

  test('is read with fields that a later version added, not with events that this one does not know', () => {
    const event = read('progress-reported.json')
    expect(eventSchema.parse({ ...event, weather: 'rain' })).toEqual(event)
    expect(eventSchema.safeParse({ ...event, type: 'project-painted' }).success).toBe(false)
  })
})

describe('what version 2 added: the life of flags and cases', () => {
  test('has a file for every type of event', () => {
    const expected = [...Object.keys(caseEventTypes), 'lives.state'].map(type => `${type}.json`)
    expect(readdirSync(directoryOf('v2')).sort()).toEqual(expected.sort())
  })

  test.each(Object.keys(caseEventTypes))('%s decodes without losing a field', type => {
    const event = read(`${type}.json`, 'v2')
    expect(eventSchema.parse(event)).toEqual(event)
  })

  test(`folds to the states it always folded to, or else foldFormat (now ${foldFormat}) must be raised`, () => {
    const lives = {
      answered: ['delay-ruled', 'case-acknowledged', 'flag-released', 'case-closed'],
      forgotten: ['case-acknowledged', 'acknowledgement-expired', 'case-escalated'],
      reopened: ['case-escalated', 'case-closed', 'case-reopened']
    }
    const begun = ['flag-fired', 'case-opened', 'flag-suppressed', 'flags-silenced']
    const states = Object.entries(lives).map(([life, types]) => {
      const told = [...begun, ...types].map(type => read(`${type}.json`, 'v2'))
      const state = fold(initialState, [...wholeLog(), ...oneADay([...raised, ...told])])
      const { flags, silences, cases } = trackedProjectSchema.parse(JSON.parse(JSON.stringify(state)))
      return [life, { flags, silences, cases }]
    })
    expect(Object.fromEntries(states)).toEqual(read('lives.state.json', 'v2'))
  })
})

describe('what version 3 added: colours that people judge', () => {
  test('has a file for every type of event', () => {
    const expected = [...Object.keys(judgementTypes), 'judged.state'].map(type => `${type}.json`)
    expect(readdirSync(directoryOf('v3')).sort()).toEqual(expected.sort())
  })

  test.each(Object.keys(judgementTypes))('%s decodes without losing a field', type => {
    const event = read(`${type}.json`, 'v3')
    expect(eventSchema.parse(event)).toEqual(event)
  })

  test(`folds to the state it always folded to, or else foldFormat (now ${foldFormat}) must be raised`, () => {
    const judged = fold(initialState, [...wholeLog(), ...oneADay([read('colour-judged.json', 'v3')])])
    const { judgement } = trackedProjectSchema.parse(JSON.parse(JSON.stringify(judged)))
    expect(judgement).toEqual(read('judged.state.json', 'v3'))
    const withdrawn = ['colour-judged', 'judgement-withdrawn'].map(type => read(`${type}.json`, 'v3'))
    expect(fold(initialState, [...wholeLog(), ...oneADay(withdrawn)])).not.toHaveProperty('judgement')
  })
})

describe('what version 4 added: when photographs were taken', () => {
  test('decodes without losing a field', () => {
    expect(readdirSync(directoryOf('v4'))).toEqual(['progress-reported.json'])
    const event = read('progress-reported.json', 'v4')
    expect(eventSchema.parse(event)).toEqual(event)
  })

  test('leaves the state what it is without', () => {
    const { photosTaken: _times, ...without } = read('progress-reported.json', 'v4')
    const [after, before] = [read('progress-reported.json', 'v4'), without].map(event =>
      fold(initialState, [...wholeLog(), ...oneADay([event])])
    )
    expect(after).toMatchObject({ version: 14 })
    expect(after).toEqual(before)
  })
})
