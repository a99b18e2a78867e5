import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { TrackerClient } from '@capital-project-tracker/client'
import { carriesCameraData } from '../../functions/core/camera-data.ts'
import { mostPhotoBytes, type PhotoType, photoTypeOf } from '../../functions/core/photo.ts'
import { errorsOfFaults } from '../../functions/http/field-errors.ts'
import { asked } from './connection.ts'
import { CommandError } from './output.ts'
import { cannotRead } from './wrong-input.ts'

/** A file that the tracker would take as a photograph. */
export interface PhotoFile {
  readonly file: string
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly sha256: string
  readonly contentType: PhotoType
}

/**
 * Reads photographs, before anything is asked of the tracker. They go out as they are: unlike the form, a command line
 * draws no picture anew.
 * @throws CommandError for a file that cannot be read, that is no image, is too large, or carries data of the camera.
 */
export const readPhotos = (files: readonly string[]): Promise<readonly PhotoFile[]> => Promise.all(files.map(readPhoto))

const readPhoto = async (file: string): Promise<PhotoFile> => {
  const bytes = new Uint8Array(
    await readFile(file).catch(() => {
      throw cannotRead(file)
    })
  )
  const contentType = photoTypeOf(bytes)
  if (contentType === undefined) throw refused(file, 'no-photo')
  if (carriesCameraData(bytes)) throw refused(file, 'camera-data')
  if (bytes.byteLength > mostPhotoBytes)
    throw new CommandError(
      `${file}: 照片至多 ${mostPhotoBytes} 字节,此文件 ${bytes.byteLength} 字节`,
      `${file}: a photograph has at most ${mostPhotoBytes} bytes, this one has ${bytes.byteLength}`
    )
  return { file, bytes, contentType, sha256: createHash('sha256').update(bytes).digest('hex') }
}

/** In the words of the tracker itself, which would refuse the report. */
const refused = (file: string, code: 'no-photo' | 'camera-data'): CommandError => {
  const [error] = errorsOfFaults([{ code, path: [] }])
  return new CommandError(`${file}: ${error?.message.zh}`, `${file}: ${error?.message.en}`)
}

/** The tracker, and its address, to which the places of uploads are relative. */
export interface UploadTarget {
  readonly tracker: TrackerClient
  readonly address: string
  readonly project: string
}

/** Uploads photographs to where the tracker says; done again, it does no harm. A report then names them by their hashes. */
export const uploadPhotos = async (photos: readonly PhotoFile[], target: UploadTarget): Promise<void> => {
  for (const photo of photos) await uploadPhoto(photo, target)
}

const uploadPhoto = async (
  { file, bytes, sha256, contentType }: PhotoFile,
  { tracker, address, project }: UploadTarget
): Promise<void> => {
  const { upload } = await asked(
    tracker.POST('/v1/projects/{id}/photos', {
      params: { path: { id: project } },
      body: { sha256, bytes: bytes.byteLength, contentType }
    })
  )
  const { method, url, headers } = upload
  const response = await fetch(new URL(url, address), { method, headers, body: bytes }).catch(cause => {
    throw new CommandError(`照片 ${file} 没有传上去`, `the photograph ${file} could not be uploaded`, 1, { cause })
  })
  if (!response.ok)
    throw new CommandError(`照片 ${file} 没有被接收`, `the photograph ${file} was not taken`, 1, {
      details: [`${response.status} ${(await response.text()).slice(0, 200)}`]
    })
}
