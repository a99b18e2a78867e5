import type { PhotoStore } from '../core/ports.ts'
import type { Environment } from './env.ts'
import { directoryPhotoStore } from './photo-store.ts'

/** The folder or the bucket that the environment names; `undefined` where photographs are not taken. */
export const configuredPhotoStore = ({
  PHOTO_DIR,
  PHOTO_BUCKET
}: Environment<'PHOTO_DIR' | 'PHOTO_BUCKET'>): PhotoStore | undefined => {
  if (PHOTO_DIR !== undefined) return directoryPhotoStore(PHOTO_DIR)
  return PHOTO_BUCKET === undefined ? undefined : loadedLate(() => bucketStore(PHOTO_BUCKET))
}

/** Few requests are about photographs; the cold start of the others does without the client of S3. */
const bucketStore = async (bucket: string): Promise<PhotoStore> => {
  const { bucketPhotoStore } = await import('./photo-store.s3.ts')
  return bucketPhotoStore(bucket)
}

const loadedLate = (load: () => Promise<PhotoStore>): PhotoStore => {
  let loading: Promise<PhotoStore> | undefined
  const store = (): Promise<PhotoStore> => (loading ??= load())
  return {
    offer: async offer => (await store()).offer(offer),
    read: async (project, name) => (await store()).read(project, name),
    isKept: async (project, name) => (await store()).isKept(project, name),
    keep: async (project, name, photo) => (await store()).keep(project, name, photo)
  }
}
