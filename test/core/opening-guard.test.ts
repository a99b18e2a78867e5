import { describe, expect, it } from 'vitest'
import { approve, chain, given, register, report } from './given.ts'

// 开工 ten working days from 1 March 2021, then twenty more to hand-over on 12 April; required on Friday 14 May.
const school = () =>
  given(
    [
      '2021-03-01',
      register(
        chain(
          [
            { id: 'C1', duration: 10 },
            { id: 'U2', duration: 20, phase: 'handover' }
          ],
          { requiredBy: '2021-05-14' }
        )
      )
    ],
    ['2021-03-01', approve]
  )

describe('the guard of the required opening', () => {
  it('plans backwards: the last day of 开工 leaves exactly the rest of the works', () => {
    // From 16 April to Friday 14 May are twenty working days: two make-up days work, 劳动节 rests.
    expect(school().on('2021-03-01').guard).toMatchObject({ latestStartOfWorks: '2021-04-15', endangered: false })
  })

  it('gives the last working days on which another way to open can be decided, the day itself included', () => {
    const history = school()
    const { guard } = history.on('2021-04-25')
    expect(guard?.phasedOpening).toEqual({ decideBy: '2021-04-22', workingDays: 15, passed: true })
    expect(history.on('2021-04-22').guard?.phasedOpening.passed).toBe(false)
  })

  it('says when the opening is endangered, and nothing once the works have begun or the school is in use', () => {
    const history = school()
    history.accept(report('C1', { actualFinish: '2021-05-10', delay: { code: 'LAND' } }), '2021-05-10')
    expect(history.on('2021-05-10').guard).toMatchObject({ endangered: true, latestStartOfWorks: null })
    history.accept(report('U2', { actualFinish: '2021-05-20', delay: { code: 'LAND' } }), '2021-05-20')
    expect(history.on('2021-05-20').guard).toBeNull()
  })

  it('is silent where nothing is required', () => {
    expect(given(['2021-03-01', register(chain([{ id: 'A' }]))]).on('2021-03-01').guard).toBeNull()
  })
})
