import * as z from 'zod'
import { mostPhotoBytes, mostThumbnailBytes, type PhotoType, photoTypes } from '../core/photo.ts'
import { coded, dateSchema } from './fields.ts'

/** The SHA-256 of a file, hex in small letters. */
export const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/)

const isReal = (text: string): boolean => dateSchema.safeParse(text.slice(0, 10)).success

/** When a photograph was taken, by the clock of the camera, which knows no zone. */
export const takenAtSchema = z.lazy(() =>
  z
    .string()
    .regex(/^\d{4}-\d\d-\d\dT(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?$/)
    .check(coded<string>(isReal, 'not-a-date', 'is no real date'))
)

const fileSchema = (most: number) => ({ sha256: sha256Schema, bytes: z.int().min(1).max(most) })

/** What is said of a photograph before it is uploaded. */
export const photoSchema = z.lazy(
  () =>
    z.strictObject({
      ...fileSchema(mostPhotoBytes),
      contentType: z.enum(photoTypes),
      takenAt: takenAtSchema.optional(),
      thumbnail: z.strictObject(fileSchema(mostThumbnailBytes)).optional()
    }) satisfies z.ZodType<{ readonly contentType: PhotoType }>
)
