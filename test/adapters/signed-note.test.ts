import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import { expect, test } from 'vitest'
import { noteOf, openNote } from '../../functions/adapters/signed-note.ts'
import { keySigner } from '../../functions/adapters/signer.ts'

const ed25519 = generateKeyPairSync('ed25519')
const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const text = 'first line\n第二行\n'

const signed = {
  ed25519: { note: () => keySigner(ed25519.privateKey).sign(text), key: ed25519.publicKey },
  'ECDSA on P-256, as KMS signs': {
    note: async () => noteOf(text, p256.publicKey, sign('sha256', Buffer.from(text), p256.privateKey)),
    key: p256.publicKey
  }
}

test.each(Object.entries(signed))('%s: opens with its own key alone', async (_name, { note, key }) => {
  expect(openNote(await note(), key)).toBe(text)
  for (const other of ['ed25519', 'ec'] as const) {
    const { publicKey } =
      other === 'ec' ? generateKeyPairSync(other, { namedCurve: 'P-256' }) : generateKeyPairSync(other)
    expect(openNote(await note(), publicKey)).toBeUndefined()
  }
})

test('has the form of the specification: text, empty line, name, key id and signature', async () => {
  const note = await signed.ed25519.note()
  const [, encoded = ''] = /\n\n— capital-project-tracker (\S+)\n$/.exec(note) ?? []
  expect(note.startsWith(`${text}\n— `)).toBe(true)
  // SHA-256 of name, newline, the byte 1 and the 32 bytes of the key (C2SP, signed-note).
  const raw = Buffer.from(String(ed25519.publicKey.export({ format: 'jwk' }).x), 'base64url')
  const id = createHash('sha256')
    .update(Buffer.from('capital-project-tracker\n'))
    .update(Buffer.from([1]))
    .update(raw)
  expect(Buffer.from(encoded, 'base64').subarray(0, 4)).toEqual(id.digest().subarray(0, 4))
  expect(Buffer.from(encoded, 'base64')).toHaveLength(4 + 64)
})

test('does not open when a bit of it is another, wherever', async () => {
  for (const { note, key } of Object.values(signed)) {
    const bytes = Buffer.from(await note())
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const damaged = Buffer.from(bytes)
      damaged[bit >> 3] = (damaged[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      expect(openNote(damaged.toString('utf8'), key), `bit ${bit}`).toBeUndefined()
    }
  }
})
