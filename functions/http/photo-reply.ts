import * as z from 'zod'

const uploadSchema = z
  .object({
    method: z.literal('PUT'),
    url: z.string().meta({ description: 'From the root of the site' }),
    headers: z.record(z.string(), z.string()),
    expiresAt: z.string()
  })
  .meta({ id: 'Upload' })

/** Where the parts of a photograph are uploaded. */
export const photoOfferSchema = z.object({
  sha256: z.string(),
  upload: uploadSchema,
  thumbnail: uploadSchema.optional()
})
