/** A photograph as it will be stored: drawn anew, so that nothing of the file is left but the picture. */
export interface Photo {
  /** Of the bytes, hex. */
  readonly sha256: string
  readonly bytes: ArrayBuffer
  readonly thumbnail: { readonly sha256: string; readonly bytes: ArrayBuffer }
  /** Wall clock of the camera. */
  readonly takenAt?: string | undefined
}
