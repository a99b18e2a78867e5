import fc from 'fast-check'
import { expect, it } from 'vitest'
import { takenAt } from '../../functions/form/taken-at.ts'
import { runs } from '../properties/runs.ts'
import { plainJpeg as jpeg, withExif } from './exif.ts'

it.each([false, true])('the time a photograph was taken is read, in either order of bytes: %s', little => {
  const taken = '2021:06:21 08:15:30'
  expect(takenAt(withExif(jpeg, { taken, little }).buffer)).toBe('2021-06-21T08:15:30')
  expect(takenAt(withExif(jpeg, { changed: taken, little }).buffer)).toBe('2021-06-21T08:15:30')
  expect(takenAt(withExif(jpeg, { taken, changed: '2022:01:01 00:00:00', little }).buffer)).toBe('2021-06-21T08:15:30')
})

it.each([
  ['no block', jpeg],
  ['no time in it', withExif(jpeg, {})],
  ['a time that is none', withExif(jpeg, { taken: '0000:00:00 00:00:00' })],
  ['no JPEG', new Uint8Array([0x89, 0x50, 0x4e, 0x47])],
  ['nothing', new Uint8Array()]
])('where there is %s, nothing is said', (_what, bytes) => {
  expect(takenAt(new Uint8Array(bytes).buffer)).toBeUndefined()
})

it('whatever the bytes are, it ends and answers a time or nothing', () => {
  const whole = withExif(jpeg, { taken: '2021:06:21 08:15:30' })
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 20 }), changes => {
      const bytes = new Uint8Array(whole)
      for (const [at, value] of changes) bytes[at] = value
      const said = takenAt(bytes.buffer)
      expect(said === undefined || /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(said)).toBe(true)
    }),
    { numRuns: runs(300) }
  )
})
