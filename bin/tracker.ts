import { endingOf } from '../lib/command-line/ending.ts'
import { trackerProgram } from '../lib/command-line/program.ts'

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
