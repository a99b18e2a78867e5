import { createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Signer } from '../core/ports.ts'
import { noteOf } from './signed-note.ts'

/** Signs with an Ed25519 key in a file (PKCS #8, PEM), read when it is needed. */
export const fileSigner = (file: string): Signer => ({
  sign: async text => keySigner(createPrivateKey(await readFile(file))).sign(text)
})

/** Signs with a private key of Ed25519. */
export const keySigner = (key: KeyObject): Signer => ({
  sign: async text => noteOf(text, createPublicKey(key), sign(null, Buffer.from(text, 'utf8'), key))
})
