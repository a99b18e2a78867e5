import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { commitOf, foldFormat, sealedTextOf } from '../../functions/adapters/commit-item.ts'
import { verifyLog } from '../../functions/adapters/verify-log.ts'
import type { CaseEvent } from '../../functions/core/case-events.ts'
import type { ProjectEvent } from '../../functions/core/events.ts'
import { fold, initialState } from '../../functions/core/evolve.ts'
import { eventSchema } from '../../functions/schema/commit.ts'
import { trackedProjectSchema } from '../../functions/schema/state.ts'

const directoryOf = (version: 'v1' | 'v2') => new URL(`../fixtures/events/${version}/`, import.meta.url)
const read = (name: string, version: 'v1' | 'v2' = 'v1') =>
  JSON.parse(readFileSync(new URL(name, directoryOf(version)), 'utf8'))

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
} satisfies Record<Exclude<ProjectEvent, CaseEvent>['type'], true>

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
    const commits = read('whole-log.json').map((item: unknown) => commitOf(sealedTextOf(item)))
    const state = JSON.parse(JSON.stringify(fold(initialState, commits)))
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
    expect(readdirSync(directoryOf('v2')).sort()).toEqual(
      Object.keys(caseEventTypes)
        .map(type => `${type}.json`)
        .sort()
    )
  })

  test.each(Object.keys(caseEventTypes))('%s decodes without losing a field', type => {
    const event = read(`${type}.json`, 'v2')
    expect(eventSchema.parse(event)).toEqual(event)
  })
})
