import { mkdir, open } from 'node:fs/promises'
import { dirname } from 'node:path'
import * as z from 'zod'
import type { Channel, Clock, Message } from '../../core/ports.ts'
import { jsonTextOf } from '../../schema/fields.ts'

/** Name of the channel; no configured one may have it. */
export const logFileName = 'log-file'

const lineSchema = jsonTextOf(z.object({ key: z.string() }))
const newline = 0x0a

/**
 * The outbox of one machine: a channel that appends every message to a file as one line of JSON, `{key, at, recipient,
 * subject, text}`. The file itself tells which keys it has, so a message is not written twice when a process dies between
 * writing it and saying so. A last line that a crash cut off is closed and left; its message is written again.
 */
export const logFileChannel = (path: string, clock: Clock): Channel => {
  const keys = new Set<string>()
  /** End of the last whole line that was read. */
  let offset = 0
  let previous: Promise<void> = Promise.resolve()

  const append = async (key: string, { recipient, subject, text }: Message): Promise<void> => {
    await mkdir(dirname(path), { recursive: true })
    const file = await open(path, 'a+')
    try {
      const { size } = await file.stat()
      if (size < offset) {
        keys.clear()
        offset = 0
      }
      const unread = Buffer.alloc(size - offset)
      await file.read(unread, 0, unread.length, offset)
      const whole = unread.lastIndexOf(newline) + 1
      for (const line of unread.subarray(0, whole).toString('utf8').split('\n')) rememberKey(line)
      offset += whole
      const rest = unread.subarray(whole).toString('utf8')
      rememberKey(rest)
      if (keys.has(key)) return
      const line = `${JSON.stringify({ key, at: clock.now(), recipient, subject, text })}\n`
      await file.appendFile(rest === '' ? line : `\n${line}`)
      await file.datasync()
    } finally {
      await file.close()
    }
  }

  const rememberKey = (line: string): void => {
    const decoded = lineSchema.safeParse(line)
    if (decoded.success) keys.add(decoded.data.key)
  }

  return {
    name: logFileName,
    dropsCopies: true,
    takesAll: true,
    partsOf: message => [message],
    send: async (key, message) => {
      // One after the other: two sends of one key at once would both find it absent.
      const turn = previous.then(() => append(key, message))
      previous = turn.catch(() => {})
      try {
        await turn
        return { type: 'sent' }
      } catch (error) {
        const code = error instanceof Error && 'code' in error ? String(error.code) : undefined
        return {
          type: 'retry',
          afterSeconds: 60,
          code,
          reason: { zh: '通知文件写不进去', en: 'the file of notices cannot be written' }
        }
      }
    }
  }
}
