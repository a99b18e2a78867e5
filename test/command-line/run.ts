import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..', '..')

/** Runs the command line to its end; its output is that of both streams. */
export const run = async (...words: string[]): Promise<{ readonly code: number | null; readonly output: string }> => {
  const child = spawn(process.execPath, [join(root, 'bin', 'tracker.ts'), ...words], { cwd: root })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', chunk => {
      output += chunk
    })
  const [code] = await once(child, 'close')
  return { code, output }
}
