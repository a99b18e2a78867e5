import { dateInShanghai } from '../core/dates.ts'
import { photoName } from '../core/photo.ts'
import { isProjectId } from '../schema/fields.ts'
import { photoSchema } from '../schema/photo.ts'
import { errorsOfFaults } from './field-errors.ts'
import type { FieldError } from './problems.ts'
import { noQuery, type Route, route } from './route.ts'

/** How a photograph gets to the tracker before a report names it. */
export const photoRoutes: readonly Route[] = [
  route({
    method: 'POST',
    path: '/v1/projects/{id}/photos',
    operationId: 'offerPhoto',
    audience: 'reporter',
    summary: {
      zh: '申请上传照片,得到上传地址;填报时以其 SHA-256 引用',
      en: 'Ask where to upload a photograph; a report then names it by its SHA-256'
    },
    body: photoSchema,
    query: noQuery,
    success: {
      status: 201,
      description: 'Where and how to upload, as often as it takes; what no report names is deleted after 14 days',
      reply: 'photoOffer'
    },
    problems: ['project-not-found', 'photos-not-taken'],
    handle: async ({ params, body }, { photos, log, clock }) => {
      const project = params.id ?? ''
      if (!isProjectId(project)) return { problem: { code: 'project-not-found' } }
      if ((await log.load(project)).state.status === 'unregistered') return { problem: { code: 'project-not-found' } }
      if (!photos) return { problem: { code: 'photos-not-taken' } }
      const { sha256, bytes, contentType, takenAt, thumbnail } = body
      const errors = errorsOfTime(takenAt, clock.now())
      if (errors.length > 0) return { problem: { code: 'not-valid', errors } }
      const common = { project, contentType }
      const upload = await photos.offer({ ...common, name: photoName(sha256, 'photo'), sha256, bytes, takenAt })
      const small = thumbnail && (await photos.offer({ ...common, name: photoName(sha256, 'thumbnail'), ...thumbnail }))
      return { status: 201, body: { sha256, upload, ...(small ? { thumbnail: small } : {}) } }
    }
  })
]

/** As with every date of what has happened, the day counts: a telephone whose clock is some minutes ahead is not refused. */
const errorsOfTime = (takenAt: string | undefined, now: string): readonly FieldError[] => {
  const [date, today] = [takenAt?.slice(0, 10), dateInShanghai(now)]
  return date === undefined || date <= today
    ? []
    : errorsOfFaults([{ code: 'date-in-future', path: ['takenAt'], params: { date, today } }])
}
