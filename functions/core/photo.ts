/** Types of photographs that are stored; each is told by its first bytes. */
export const photoTypes = ['image/jpeg', 'image/png', 'image/webp'] as const

/** A type of {@link photoTypes}. */
export type PhotoType = (typeof photoTypes)[number]

/** Most bytes of a photograph. */
export const mostPhotoBytes = 2 * 1024 * 1024

/** Most bytes of a thumbnail. */
export const mostThumbnailBytes = 128 * 1024

/**
 * An upload that no report has named is deleted after so many days. Longer than a repeated report is recognised, so that
 * its photographs are still there; a report names them within that time.
 */
export const uploadDays = 14

/** True for the name of an uploaded photograph: its SHA-256, hex. Any other string in a report is a reference of its own. */
export const isPhotoHash = (photo: string): boolean => /^[0-9a-f]{64}$/.test(photo)

/** Which of a photograph is meant. */
export type PhotoPart = 'photo' | 'thumbnail'

/** The address of a photograph that is kept, from the root of the site. */
export const photoPath = (project: string, sha256: string, part: PhotoPart): string =>
  `photos/${project}/${photoName(sha256, part)}`

/** The name of a photograph among those of its project. */
export const photoName = (sha256: string, part: PhotoPart): string =>
  part === 'photo' ? sha256 : `${sha256}-thumbnail`

/**
 * The type of an image by its first bytes (JFIF and Exif: ISO/IEC 10918-1 SOI; PNG: W3C PNG §5.2; WebP: RFC 9649 §2.4);
 * `undefined` for anything else.
 */
export const photoTypeOf = (bytes: Uint8Array): PhotoType | undefined => {
  const starts = (at: number, ...signature: readonly number[]) =>
    signature.every((byte, index) => bytes[at + index] === byte)
  if (starts(0, 0xff, 0xd8, 0xff)) return 'image/jpeg'
  if (starts(0, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'image/png'
  if (starts(0, 0x52, 0x49, 0x46, 0x46) && starts(8, 0x57, 0x45, 0x42, 0x50)) return 'image/webp'
  return undefined
}
