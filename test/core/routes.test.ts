import { describe, expect, it } from 'vitest'
import { isQuiet, type Person } from '../../functions/core/people.ts'
import { type Directory, hearersOf, type News } from '../../functions/core/routes.ts'

const project = {
  id: 'school',
  town: '运河街道',
  responsibleUnit: '规划建设科',
  manager: { name: '张校长' }
}

const person = (id: string, position: Person['position'], more: Partial<Person> = {}): Person => ({
  id,
  name: `示例${id}`,
  position,
  ...more
})

const people = [
  person('pm', 'manager', { projects: ['school'], reach: [{ channel: 'wecom', address: 'pm' }] }),
  person('other-pm', 'manager', { projects: ['another'] }),
  person('section', 'section-head', { unit: '规划建设科' }),
  person('other-section', 'section-head', { unit: '后勤科' }),
  person('deputy', 'deputy-director'),
  person('director', 'director')
]
const directory: Directory = Object.fromEntries(people.map(one => [one.id, one]))

const heard = (news: News, of: Directory = directory, plan: Parameters<typeof hearersOf>[1] = project) =>
  hearersOf(news, plan, of).map(({ id }) => id)

describe('Who hears what (DOMAIN §6)', () => {
  it('a red: those in charge and the leaders, at once', () => {
    expect(heard({ type: 'red' })).toEqual(['pm', 'section', 'deputy', 'director'])
  })

  it('a case without an answer: PM → 责任股室 → 分管副局长 → 局长, the PM each time', () => {
    expect(heard({ type: 'unanswered', level: 0 })).toEqual(['pm'])
    expect(heard({ type: 'unanswered', level: 1 })).toEqual(['pm', 'section'])
    expect(heard({ type: 'unanswered', level: 2 })).toEqual(['pm', 'deputy'])
    expect(heard({ type: 'unanswered', level: 3 })).toEqual(['pm', 'director'])
  })

  it('a red that stands: as far up as its case has gone', () => {
    expect(heard({ type: 'red-stands', level: 0 })).toEqual(['pm', 'section'])
    expect(heard({ type: 'red-stands', level: 2 })).toEqual(['pm', 'section', 'deputy'])
    expect(heard({ type: 'red-stands', level: 3 })).toEqual(['pm', 'section', 'deputy', 'director'])
  })

  it('yellow, silence, and a case that awaits its evidence: those in charge', () => {
    expect(heard({ type: 'flag' })).toEqual(['pm', 'section'])
    expect(heard({ type: 'evidence' })).toEqual(['pm', 'section'])
  })

  it('a date that comes near or has passed: the PM', () => {
    expect(heard({ type: 'date' })).toEqual(['pm'])
  })

  it('where the directory names nobody: the names in the plan, and of the leaders only who has to answer', () => {
    expect(heard({ type: 'red' }, {})).toEqual(['张校长', '规划建设科'])
    expect(heard({ type: 'unanswered', level: 3 }, {})).toEqual(['张校长', '局长'])
  })

  it('where nobody is named at all: the section that keeps the plans', () => {
    for (const type of ['red', 'flag', 'date'] as const)
      expect(heard({ type }, {}, { id: 'school' })).toEqual(['责任股室'])
  })

  it('somebody who is two things: once', () => {
    expect(heard({ type: 'red' }, {}, { ...project, manager: { name: '规划建设科' } })).toEqual(['规划建设科'])
  })

  it('by project, town or unit; a leader without any of these has the whole bureau', () => {
    const by = (more: Partial<Person>) => heard({ type: 'red' }, { x: person('x', 'deputy-director', more) })
    expect(by({})).toContain('x')
    expect(by({ towns: ['运河街道'] })).toContain('x')
    expect(by({ towns: ['泥沟镇'] })).not.toContain('x')
    expect(by({ unit: '规划建设科' })).toContain('x')
    expect(by({ projects: ['another'] })).not.toContain('x')
  })

  it('with the way in which they are reached', () => {
    expect(hearersOf({ type: 'date' }, project, directory)[0]?.reach).toEqual([{ channel: 'wecom', address: 'pm' }])
  })
})

describe('Quiet hours', () => {
  it.each([
    ['22:00', '07:00', '23:30', true],
    ['22:00', '07:00', '06:59', true],
    ['22:00', '07:00', '07:00', false],
    ['22:00', '07:00', '12:00', false],
    ['12:00', '14:00', '13:00', true],
    ['12:00', '14:00', '14:00', false]
  ])('from %s to %s at %s: %s', (from, to, time, quiet) => {
    expect(isQuiet(person('x', 'director', { quietHours: { from, to } }), time)).toBe(quiet)
  })

  it('are none where nothing is said', () => expect(isQuiet(person('x', 'director'), '03:00')).toBe(false))
})
