import { Argument, type Command } from 'commander'
import { withExamples } from '../help.ts'
import { print } from '../output.ts'
import { bashCompletion } from './bash-completion.ts'
import { type CompletionNode, completionNodes } from './completion-tree.ts'
import { fishCompletion } from './fish-completion.ts'
import { zshCompletion } from './zsh-completion.ts'

const shells = ['bash', 'zsh', 'fish'] as const

type Shell = (typeof shells)[number]

/** `tracker completion`: a script that lets a shell complete commands, options and their values. */
export const addCompletion = (program: Command): void => {
  withExamples(
    program
      .command('completion')
      .addArgument(new Argument('<shell>', '命令行环境 / shell').choices(shells))
      .description('命令补全脚本 / a script that completes commands, options and values')
      .option('--json', '供程序读取 / machine form'),
    ['tracker completion bash']
  ).action((shell: Shell, options: { readonly json?: boolean }) => {
    const script = scripts[shell](completionNodes(program))
    print({ shell, script }, options.json, () => script)
  })
}

const scripts: Readonly<Record<Shell, (nodes: readonly CompletionNode[]) => string>> = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion
}
