import type { TrackerClient } from '@capital-project-tracker/client'
import { type Answer, answered, giveUpLater } from './api.ts'
import type { Photo } from './photo.ts'

/** Uploads a photograph and its thumbnail to where the tracker says; done again, it does no harm. */
export const upload = async (tracker: TrackerClient, project: string, photo: Photo): Promise<Answer<unknown>> => {
  const { bytes, takenAt, thumbnail } = photo
  const said = await offerFor(tracker, project, photo, takenAt)
  // A camera whose clock is ahead does not know when; the picture is as good without.
  const offer = isRefusedAt(said, '/takenAt') ? await offerFor(tracker, project, photo) : said
  if (offer.type !== 'done') return offer
  const { upload: place, thumbnail: smallPlace } = offer.data
  const sent = await put(place, bytes)
  return sent.type !== 'done' || !smallPlace ? sent : put(smallPlace, thumbnail.bytes)
}

const offerFor = (tracker: TrackerClient, project: string, { sha256, bytes, thumbnail }: Photo, takenAt?: string) =>
  answered(
    tracker.POST('/v1/projects/{id}/photos', {
      params: { path: { id: project } },
      body: {
        sha256,
        bytes: bytes.byteLength,
        contentType: 'image/jpeg',
        ...(takenAt === undefined ? {} : { takenAt }),
        thumbnail: { sha256: thumbnail.sha256, bytes: thumbnail.bytes.byteLength }
      }
    })
  )

const isRefusedAt = (answer: Answer<unknown>, field: string): boolean =>
  answer.type === 'refused' && (answer.problem.errors ?? []).some(({ pointer }) => pointer === field)

interface Place {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
}

const put = async ({ url, headers }: Place, body: ArrayBuffer): Promise<Answer<unknown>> => {
  try {
    const response = await fetch(url, { method: 'PUT', headers, body, signal: giveUpLater() })
    if (response.ok) return { type: 'done', data: undefined, replayed: false }
    return { type: 'unexpected', status: response.status, text: await response.text() }
  } catch {
    return { type: 'unreachable' }
  }
}
