import { CommanderError } from 'commander'
import { ChannelError } from '../../functions/adapters/channels/channel-error.ts'
import { StorageError } from '../../functions/adapters/dynamo.ts'
import { EnvironmentError } from '../../functions/adapters/env.ts'
import { CommandError, type ExitCode } from './output.ts'

/** How a command ended that threw: the exit code of the contract, and what to tell people. */
export interface Ending {
  readonly exitCode: ExitCode
  readonly message: string
}

/** Reads an error: 0 for help that was asked for, 1 for an answer that is no, 2 for wrong use. */
export const endingOf = (error: unknown): Ending => {
  if (error instanceof CommanderError) return misuse(error)
  if (error instanceof CommandError) return { exitCode: error.exitCode, message: error.message }
  // What is wrong with a setting is known to where it is read, in one language.
  if (error instanceof EnvironmentError || error instanceof ChannelError)
    return { exitCode: 2, message: `环境变量有误,见 docs/deploy.md / a setting is wrong: ${error.message}` }
  if (error instanceof StorageError)
    return { exitCode: 1, message: `存储无法访问 / storage cannot be reached: ${error.message}` }
  if (isFileFault(error))
    return { exitCode: 1, message: `文件无法读写 / ${error.path} cannot be read or written (${error.code})` }
  return { exitCode: 1, message: `程序出错 / the program failed: ${error instanceof Error ? error.stack : error}` }
}

const misuse = ({ code, exitCode, message }: CommanderError): Ending => {
  if (exitCode === 0) return { exitCode: 0, message: '' }
  // Only a group of commands without one of them: its help has been shown.
  if (code === 'commander.help') return { exitCode: 2, message: '' }
  const zh = misuseWords[code] ?? '用法有误'
  return { exitCode: 2, message: `${zh} / ${message.replace(/^error: /, '')}\n用法见 / see --help` }
}

const misuseWords: Readonly<Record<string, string>> = {
  'commander.unknownCommand': '没有这条命令',
  'commander.unknownOption': '没有这个选项',
  'commander.missingArgument': '缺少参数',
  'commander.optionMissingArgument': '选项缺少值',
  'commander.missingMandatoryOptionValue': '缺少必需的选项',
  'commander.excessArguments': '参数过多',
  'commander.invalidArgument': '值不在可选之列',
  'commander.conflictingOption': '选项互相冲突'
}

/** What the file system says of a path that somebody gave. */
const isFileFault = (error: unknown): error is Error & { readonly code: string; readonly path: string } =>
  error instanceof Error && 'syscall' in error && 'path' in error && typeof error.path === 'string' && 'code' in error
