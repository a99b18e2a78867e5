import { generateKeyPairSync } from 'node:crypto'
import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { writePrivate } from './tokens.ts'

/** Where the checkpoints of a tracker on this machine are, and the keys that they are signed and checked with. */
export const checkpointPlaces = (directory: string) => ({
  directory: join(directory, 'checkpoints'),
  privateKey: join(directory, 'checkpoint-key.pem'),
  publicKey: join(directory, 'checkpoint-key.pub.pem')
})

/**
 * The settings of the function that signs. The first start makes the key: whoever wants to be sure later keeps a copy of its
 * public half elsewhere.
 */
export const checkpointSettings = async (directory: string) => {
  const places = checkpointPlaces(directory)
  if (!existsSync(places.privateKey)) {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519')
    // The public half first: a key that has signed is never without it.
    await writeFile(places.publicKey, publicKey.export({ type: 'spki', format: 'pem' }))
    await writePrivate(places.privateKey, String(privateKey.export({ type: 'pkcs8', format: 'pem' })))
  }
  return { CHECKPOINT_DIR: places.directory, CHECKPOINT_KEY_FILE: places.privateKey }
}
