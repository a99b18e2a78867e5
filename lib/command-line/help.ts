import type { Command } from 'commander'

/** Shows how a command is typed, below its help; every command that does something has some. */
export const withExamples = (command: Command, examples: readonly string[]): Command =>
  command.addHelpText('after', `\n示例 / Examples:\n${examples.map(example => `  ${example}`).join('\n')}`)
