import { createHash, type KeyObject, verify } from 'node:crypto'

/**
 * A signed note is text that ends with a newline, an empty line, and a line for each signature:
 * `— name base64(key id, 4 bytes, then the signature)` (C2SP, signed-note). The name is that of whoever signs.
 */
const signerName = 'capital-project-tracker'

/** The text with its signature. */
export const noteOf = (text: string, key: KeyObject, signature: Uint8Array): string =>
  `${text}\n— ${signerName} ${Buffer.concat([keyIdOf(key), signature]).toString('base64')}\n`

/** The text of a note if this key has signed it; `undefined` when it has not, or the note is of another form. */
export const openNote = (note: string, key: KeyObject): string | undefined => {
  const end = note.lastIndexOf('\n\n') + 1
  const text = note.slice(0, end)
  const [, name, encoded] = /^\n— (\S+) ([A-Za-z0-9+/]+=*)\n$/.exec(note.slice(end)) ?? []
  if (name !== signerName || encoded === undefined) return undefined
  const bytes = Buffer.from(encoded, 'base64')
  // One way alone of writing a signature: no bit of a note may change unseen.
  if (bytes.toString('base64') !== encoded || !bytes.subarray(0, 4).equals(keyIdOf(key))) return undefined
  return verify(digestOf(key), Buffer.from(text, 'utf8'), key, bytes.subarray(4)) ? text : undefined
}

/** Ed25519 hashes by itself. */
const digestOf = (key: KeyObject): 'sha256' | null => (key.asymmetricKeyType === 'ed25519' ? null : 'sha256')

/**
 * By which a reader finds the key: of Ed25519 a hash of name, type and key, of ECDSA one of the whole public key in DER, as
 * the specification has it.
 */
const keyIdOf = (key: KeyObject): Buffer => {
  const der = key.export({ type: 'spki', format: 'der' })
  const hashed =
    key.asymmetricKeyType === 'ed25519'
      ? Buffer.concat([Buffer.from(`${signerName}\n\u0001`), der.subarray(-rawKeyBytes)])
      : der
  return createHash('sha256').update(hashed).digest().subarray(0, 4)
}

const rawKeyBytes = 32
