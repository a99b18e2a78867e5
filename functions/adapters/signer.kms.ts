import { createHash, createPublicKey } from 'node:crypto'
import { GetPublicKeyCommand, KMSClient, SignCommand } from '@aws-sdk/client-kms'
import type { Signer } from '../core/ports.ts'
import { request, StorageError } from './dynamo.ts'
import { noteOf } from './signed-note.ts'

/** Signs with a key of KMS (ECC_NIST_P256) that never leaves it; what is sent there is the digest, a text may be long. */
export const kmsSigner = (KeyId: string, client: KMSClient = new KMSClient()): Signer => ({
  sign: async text => {
    const { PublicKey } = await request('read of the public key', () => client.send(new GetPublicKeyCommand({ KeyId })))
    const { Signature } = await request('signature', () =>
      client.send(
        new SignCommand({
          KeyId,
          Message: createHash('sha256').update(text).digest(),
          MessageType: 'DIGEST',
          SigningAlgorithm: 'ECDSA_SHA_256'
        })
      )
    )
    if (!PublicKey || !Signature) throw new StorageError('KMS answered without a key or without a signature')
    const key = createPublicKey({ key: Buffer.from(PublicKey), format: 'der', type: 'spki' })
    return noteOf(text, key, Signature)
  }
})
