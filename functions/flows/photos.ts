import { carriesCameraData } from '../core/camera-data.ts'
import type { ReportNoChange, ReportProgress } from '../core/commands.ts'
import { addDays, type IsoDate } from '../core/dates.ts'
import {
  isPhotoHash,
  mostPhotoBytes,
  mostThumbnailBytes,
  type PhotoPart,
  photoName,
  photoTypeOf,
  uploadDays
} from '../core/photo.ts'
import type { PhotoStore, SealedCommit, StoredPhoto } from '../core/ports.ts'
import type { Fault } from '../core/refusal.ts'

type Report = ReportProgress | ReportNoChange

/**
 * Whether every photograph that a report names by its hash was uploaded, and is the image it says it is. The report comes
 * back with when they were taken, for the event to say so.
 */
export const checkPhotos = async (
  project: string,
  command: Report,
  photos: Pick<PhotoStore, 'read'> | undefined
): Promise<{ readonly command: Report } | { readonly faults: readonly Fault[] }> => {
  if (command.type === 'report-no-change') return { command }
  const named = command.reports.flatMap(({ photos: names = [] }, report) =>
    names.flatMap((name, at) =>
      isPhotoHash(name) ? [{ sha256: name, path: ['reports', report, 'photos', at] as const }] : []
    )
  )
  const faults: Fault[] = []
  const taken: Record<string, string> = {}
  for (const { sha256, path } of named) {
    const found = photos && (await uploadedPhoto(project, sha256, photos))
    if (!found) faults.push({ code: 'photo-missing', path })
    else if (typeof found === 'string') faults.push({ code: found, path })
    else if (found.photo.takenAt !== undefined) taken[sha256] = found.photo.takenAt
  }
  if (faults.length > 0) return { faults }
  return { command: Object.keys(taken).length === 0 ? command : { ...command, photosTaken: taken } }
}

/**
 * Keeps the photographs that reports of a project have named, out of the uploads that expire. Done whenever the project is
 * published, thus at once after the report and again every morning; an upload outlives both many times over.
 * @returns hashes of photographs that were named and are neither kept nor there to be kept.
 */
export const keepPhotos = async (
  project: string,
  commits: readonly SealedCommit[],
  today: IsoDate,
  photos: Pick<PhotoStore, 'read' | 'isKept' | 'keep'>
): Promise<readonly string[]> => {
  const since = addDays(today, -uploadDays)
  const lost: string[] = []
  for (const sha256 of new Set(commits.filter(({ date }) => date >= since).flatMap(photosOf))) {
    if (await photos.isKept(project, photoName(sha256, 'thumbnail'))) continue
    const found = await uploadedPhoto(project, sha256, photos)
    if (!found || typeof found === 'string') {
      lost.push(sha256)
      continue
    }
    // The thumbnail comes last: where it is, all of the photograph is.
    await photos.keep(project, photoName(sha256, 'photo'), found.photo)
    await photos.keep(project, photoName(sha256, 'thumbnail'), found.thumbnail ?? found.photo)
  }
  return lost
}

const photosOf = ({ events }: SealedCommit): readonly string[] =>
  events.flatMap(event =>
    event.type === 'progress-reported' ? event.reports.flatMap(({ photos = [] }) => photos.filter(isPhotoHash)) : []
  )

/**
 * An upload whose bytes are those of its name and an image without data of the camera, with its thumbnail; a bad thumbnail
 * spoils it too. Everybody sees what is kept, and nobody is to see where a reporter was and with which telephone.
 */
const uploadedPhoto = async (
  project: string,
  sha256: string,
  photos: Pick<PhotoStore, 'read'>
): Promise<Upload | 'no-photo' | 'camera-data' | undefined> => {
  const [photo, thumbnail] = await Promise.all([
    photos.read(project, photoName(sha256, 'photo')),
    photos.read(project, photoName(sha256, 'thumbnail'))
  ])
  if (!photo) return undefined
  const isWhole = isImage(photo, 'photo') && (!thumbnail || isImage(thumbnail, 'thumbnail'))
  if (!isWhole || (await hashOf(photo.bytes)) !== sha256) return 'no-photo'
  return [photo, thumbnail].some(part => part && carriesCameraData(part.bytes)) ? 'camera-data' : { photo, thumbnail }
}

interface Upload {
  readonly photo: StoredPhoto
  readonly thumbnail: StoredPhoto | undefined
}

const mostBytes: Readonly<Record<PhotoPart, number>> = { photo: mostPhotoBytes, thumbnail: mostThumbnailBytes }

const isImage = ({ bytes, contentType }: StoredPhoto, part: PhotoPart): boolean =>
  bytes.byteLength <= mostBytes[part] && photoTypeOf(bytes) === contentType

const hashOf = async (bytes: Uint8Array<ArrayBuffer>): Promise<string> =>
  Buffer.from(await crypto.subtle.digest('SHA-256', bytes)).toString('hex')
