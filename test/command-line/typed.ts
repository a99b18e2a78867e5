import { leavesOf } from '../../lib/command-line/leaves.ts'
import { trackerProgram } from '../../lib/command-line/program.ts'

/**
 * Reads a line as the command line would, without doing anything.
 * @throws what it would say of a line that it does not know.
 */
export const typed = async (line: string): Promise<void> => {
  const [name, ...words] = line.trim().split(/\s+/)
  if (name !== 'tracker') throw new Error(`not the command line: ${line}`)
  const program = trackerProgram()
  for (const { command } of leavesOf(program)) command.action(() => {})
  await program.parseAsync(words, { from: 'user' })
}
