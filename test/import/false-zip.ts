import { constants, crc32, deflateRawSync } from 'node:zlib'

/** In bytes. */
export const megabyte = 1024 * 1024

/** So many megabytes of blanks, deflated: repeated blocks of a stream that never saw them whole. */
export const spaces = (megabytes: number): Buffer => {
  const [block, last] = [false, true].map(isLast => deflatedBlanks(isLast))
  return Buffer.concat([
    ...Array.from({ length: megabytes - 1 }, () => block ?? Buffer.alloc(0)),
    last ?? Buffer.alloc(0)
  ])
}

const deflatedBlanks = (isLast: boolean): Buffer =>
  deflateRawSync(Buffer.alloc(megabyte, 0x20), { finishFlush: isLast ? constants.Z_FINISH : constants.Z_FULL_FLUSH })

/** An entry, and what the archive says of it. */
export interface Part {
  readonly raw: Buffer
  /** As the archive states it. */
  readonly length: number
  readonly flags?: number
  readonly method?: number
}

/** An archive that says whatever it is told to. */
export const zipOf = (parts: Readonly<Record<string, Part>>): Buffer => {
  const locals: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const [name, { raw, length, flags = 0, method = 8 }] of Object.entries(parts)) {
    const head = Buffer.alloc(30)
    head.writeUInt32LE(0x04034b50, 0)
    head.writeUInt16LE(name.length, 26)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0)
    entry.writeUInt16LE(flags, 8)
    entry.writeUInt16LE(method, 10)
    entry.writeUInt32LE(name.endsWith('.rels') ? crc32('<Relationships/>') : 0, 16)
    entry.writeUInt32LE(raw.length, 20)
    entry.writeUInt32LE(length, 24)
    entry.writeUInt16LE(name.length, 28)
    entry.writeUInt32LE(offset, 42)
    locals.push(head, Buffer.from(name), raw)
    directory.push(entry, Buffer.from(name))
    offset += 30 + name.length + raw.length
  }
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(Object.keys(parts).length, 10)
  end.writeUInt32LE(Buffer.concat(directory).length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...locals, ...directory, end])
}
