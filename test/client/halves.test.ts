import { halfIn } from '@capital-project-tracker/client'
import { describe, expect, it } from 'vitest'
import { type Fault, type FaultCode, faultCodes } from '../../functions/core/refusal.ts'
import { errorsOfFaults } from '../../functions/http/field-errors.ts'
import { type Problem, type ProblemCode, problemReply, problems } from '../../functions/http/problems.ts'

describe('what is told in both languages', () => {
  const spoken: readonly (readonly [string, Problem])[] = [
    ...Object.keys(problems).flatMap(code => (isProblemCode(code) ? [[code, { code }] as const] : [])),
    ...faultCodes.map(code => [code, { code: 'not-valid', errors: errorsOfFaults([faultOf(code)]) }] as const)
  ]

  it.each(spoken)('has a half in each: %s', (_code, problem) => {
    const told = (wording: 'zh' | 'en' | 'both') => JSON.stringify(problemReply(problem, wording, 'r').body)
    const halves = (lang: 'zh' | 'en') =>
      JSON.stringify(problemReply(problem, 'both', 'r').body, (_key, value) =>
        typeof value === 'string' ? halfIn(value, lang) : value
      )
    expect([halves('zh'), halves('en')]).toEqual([told('zh'), told('en')])
  })

  it('anything else is given as it is', () => {
    expect(halfIn('HTTP 502', 'en')).toBe('HTTP 502')
  })
})

/** A fault whose values hold the very mark that parts the halves. */
const faultOf = (code: FaultCode): Fault => {
  const names = [
    'id',
    'members',
    'detail',
    'finish',
    'days',
    'before',
    'date',
    'today',
    'start',
    'version',
    'on',
    'until'
  ]
  return { code, path: ['reports', 0], params: Object.fromEntries(names.map(name => [name, 'A / B'])) }
}

const isProblemCode = (code: string): code is ProblemCode => code in problems
