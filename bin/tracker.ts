import { enableCompileCache } from 'node:module'
import { join } from 'node:path'

// A command is some three hundred modules of TypeScript: with what Node made of them the last time it needs half the
// processor time. Only what is imported after this gets it, so the program is.
enableCompileCache(join(import.meta.dirname, '..', 'node_modules', '.cache', 'node'))
const { endingOf } = await import('../lib/command-line/ending.ts')
const { trackerProgram } = await import('../lib/command-line/program.ts')

// Whoever reads only the first lines (`| head`) has what they want.
process.stdout.on('error', error => {
  if ('code' in error && error.code === 'EPIPE') process.exit()
  throw error
})

try {
  await trackerProgram().parseAsync()
} catch (error) {
  const { exitCode, message } = endingOf(error)
  if (message !== '') console.error(message)
  process.exitCode = exitCode
}
