import { beforeEach, describe, expect, test } from 'vitest'
import { memoryPhotoStore } from '../../functions/adapters/photo-store.memory.ts'
import { mostPhotoBytes } from '../../functions/core/photo.ts'
import { hashOf, jpeg } from '../contract/photo-store.contract.ts'
import { startApi, type TestApi } from './client.ts'
import { plan } from './plans.ts'

let api: TestApi
let photos: ReturnType<typeof memoryPhotoStore>
beforeEach(async () => {
  photos = memoryPhotoStore()
  api = await startApi({ photos })
  await api.call('PUT', '/v1/projects/school', { token: api.tokens.admin, body: plan() })
})

const offer = (body: object) => api.call('POST', '/v1/projects/school/photos', { token: api.tokens.reporter, body })
const report = (...names: readonly string[]) =>
  api.call('POST', '/v1/projects/school/reports', {
    token: api.tokens.reporter,
    body: { reports: [{ milestoneId: 'C1', photos: names }] }
  })
const ofPhoto = { sha256: hashOf(jpeg()), bytes: jpeg().byteLength, contentType: 'image/jpeg' }

test('a photograph is offered a place, uploaded, and named by a report, whose event carries hash and time', async () => {
  const { status, body } = await offer({
    ...ofPhoto,
    takenAt: '2021-06-21T08:15:00',
    thumbnail: { sha256: hashOf(jpeg(1)), bytes: jpeg(1).byteLength }
  })
  expect(status).toBe(201)
  expect(body).toMatchObject({ sha256: ofPhoto.sha256, upload: { method: 'PUT' }, thumbnail: { method: 'PUT' } })
  expect(photos.upload(body.upload.url, jpeg())).toBe(true)
  expect(photos.upload(body.thumbnail.url, jpeg(1))).toBe(true)
  const written = await report(ofPhoto.sha256, 'https://example.cn/a.jpg')
  expect(written.status).toBe(201)
  expect(written.body.events[0]).toMatchObject({
    type: 'progress-reported',
    reports: [{ milestoneId: 'C1', photos: [ofPhoto.sha256, 'https://example.cn/a.jpg'] }],
    photosTaken: { [ofPhoto.sha256]: '2021-06-21T08:15:00' }
  })
})

test('a report may not name one that was not uploaded, and then nothing is written', async () => {
  await offer(ofPhoto)
  const before = api.commitCount()
  const { status, body } = await report('https://example.cn/a.jpg', ofPhoto.sha256)
  expect([status, body.code]).toEqual([422, 'not-valid'])
  expect(body.errors).toEqual([expect.objectContaining({ pointer: '/reports/0/photos/1', code: 'photo-missing' })])
  expect(body.detail).toMatch(/^\/reports\/0\/photos\/1:没有上传过这张照片/)
  expect(api.commitCount()).toBe(before)
})

test('a report names a photograph of a milestone once', async () => {
  const { body: offered } = await offer(ofPhoto)
  photos.upload(offered.upload.url, jpeg())
  const { status, body } = await report(ofPhoto.sha256, ofPhoto.sha256)
  expect([status, body.errors]).toEqual([
    422,
    [{ pointer: '/reports/0/photos/1', code: 'photo-twice', message: '同一张照片出现两次' }]
  ])
  const link = 'https://example.cn/a.jpg'
  expect((await report(link, ofPhoto.sha256, link)).status).toBe(201)
})

test('a reference that is no hash is taken as it always was', async () => {
  expect((await report('https://example.cn/a.jpg')).status).toBe(201)
})

describe('an offer is refused', () => {
  test.each([
    [{ sha256: 'x' }, '/sha256'],
    [{ sha256: ofPhoto.sha256.toUpperCase() }, '/sha256'],
    [{ bytes: mostPhotoBytes + 1 }, '/bytes'],
    [{ bytes: 0 }, '/bytes'],
    [{ contentType: 'image/svg+xml' }, '/contentType'],
    [{ contentType: 'text/html' }, '/contentType'],
    [{ takenAt: '2021-02-30T08:15:00' }, '/takenAt'],
    [{ takenAt: '2021-06-21 08:15' }, '/takenAt'],
    [{ thumbnail: { sha256: ofPhoto.sha256, bytes: 200_000 } }, '/thumbnail/bytes'],
    [{ more: 1 }, '/more']
  ])('of %j, at %s', async (more, pointer) => {
    const { status, body } = await offer({ ...ofPhoto, ...more })
    expect(status).toBe(422)
    expect(body.errors.map((error: { pointer: string }) => error.pointer)).toEqual([pointer])
  })

  test('of a picture of tomorrow, by the clock of the tracker; the whole of today is let through', async () => {
    const { status, body } = await offer({ ...ofPhoto, takenAt: '2021-06-22T00:00' })
    expect([status, body.errors]).toEqual([
      422,
      [{ pointer: '/takenAt', code: 'date-in-future', message: '日期 2021-06-22 晚于今天 2021-06-21' }]
    ])
    expect((await offer({ ...ofPhoto, takenAt: '2021-06-21T23:59:59' })).status).toBe(201)
    api.today('2021-06-22')
    expect((await offer({ ...ofPhoto, takenAt: '2021-06-22T00:00' })).status).toBe(201)
  })

  test('for a project that is not there, and where photographs are not taken', async () => {
    const ask = { token: api.tokens.admin, body: ofPhoto }
    expect((await api.call('POST', '/v1/projects/nowhere/photos', ask)).body.code).toBe('project-not-found')
    const without = await startApi({ photos: undefined })
    await without.call('PUT', '/v1/projects/school', { token: without.tokens.admin, body: plan() })
    const refused = await without.call('POST', '/v1/projects/school/photos', { ...ask, token: without.tokens.admin })
    expect([refused.status, refused.body.code]).toEqual([404, 'photos-not-taken'])
  })
})
