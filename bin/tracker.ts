import { endingOf } from '../lib/command-line/ending.ts'
import { trackerProgram } from '../lib/command-line/program.ts'

try {
  await trackerProgram().parseAsync()
} catch (error) {
  const { exitCode, message } = endingOf(error)
  if (message !== '') console.error(message)
  process.exitCode = exitCode
}
