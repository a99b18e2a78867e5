import { trackerClient } from '@capital-project-tracker/client'
import { afterEach, expect, test, vi } from 'vitest'
import { upload } from '../../functions/form/upload.ts'

const photo = (takenAt?: string) => ({
  sha256: 'a'.repeat(64),
  bytes: new ArrayBuffer(3),
  thumbnail: { sha256: 'b'.repeat(64), bytes: new ArrayBuffer(1) },
  ...(takenAt === undefined ? {} : { takenAt })
})

const place = (name: string) => ({ method: 'PUT', url: `https://example.org/${name}`, headers: {} })

/** A tracker on 2021-06-22 that refuses later pictures at a field, and a store that takes everything. */
const startTracker = (refusedField = '/takenAt') => {
  const offered: object[] = []
  const stored: string[] = []
  vi.stubGlobal('fetch', async (url: string) => {
    stored.push(url)
    return new Response()
  })
  const tracker = trackerClient({
    url: 'https://example.org',
    fetch: async request => {
      const body = await request.json()
      offered.push(body)
      return 'takenAt' in body && body.takenAt.slice(0, 10) > '2021-06-22'
        ? Response.json(
            { status: 422, code: 'not-valid', detail: '', errors: [{ pointer: refusedField }] },
            { status: 422, headers: { 'content-type': 'application/problem+json' } }
          )
        : Response.json({ sha256: body.sha256, upload: place('photo'), thumbnail: place('thumbnail') }, { status: 201 })
    }
  })
  return { tracker, offered, stored }
}

afterEach(() => void vi.unstubAllGlobals())

test('a photograph goes up with its time and its thumbnail', async () => {
  const { tracker, offered, stored } = startTracker()
  expect(await upload(tracker, 'school', photo('2021-06-21T08:15:00'))).toMatchObject({ type: 'done' })
  expect(offered).toEqual([expect.objectContaining({ takenAt: '2021-06-21T08:15:00' })])
  expect(stored).toEqual(['https://example.org/photo', 'https://example.org/thumbnail'])
})

test('one from a camera whose clock is ahead goes up without a time, and no report is lost over it', async () => {
  const { tracker, offered, stored } = startTracker()
  expect(await upload(tracker, 'school', photo('2031-06-21T08:15:00'))).toMatchObject({ type: 'done' })
  expect(offered.map(body => 'takenAt' in body)).toEqual([true, false])
  expect(stored).toHaveLength(2)
})

test('whatever else is refused is told', async () => {
  const { tracker, offered, stored } = startTracker('/bytes')
  expect(await upload(tracker, 'school', photo('2031-06-21T08:15:00'))).toMatchObject({ type: 'refused' })
  expect([offered.length, stored.length]).toEqual([1, 0])
})
