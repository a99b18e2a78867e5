import { relative, resolve } from 'node:path'
import type { Tracker } from '../lib/local/runtime.ts'
import { help, type StartOptions, startOptionsOf } from '../lib/local/start-options.ts'

const run = async (options: StartOptions): Promise<void> => {
  // Loaded only now, so that help and wrong use are told at once.
  const { startTracker } = await import('../lib/local/runtime.ts')
  const starting = startTracker({ ...options, report: reportError })
  let signals = 0
  const stop = async () => {
    signals += 1
    if (signals > 1) process.exit(130)
    // Also while it is still starting: what is under way is finished.
    await (await starting).stop()
    process.exit(0)
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  const tracker = await starting
  console.log(greeting(tracker, options))
  console.log(`ready ${tracker.url}`)
}

const reportError = (what: string, error: unknown): void => console.error(`${what}:`, error)

const greeting = (
  { url, tokens, fixedDate, demonstration, noticeFile }: Tracker,
  { directory }: StartOptions
): string =>
  [
    `页面 / site     ${url}`,
    `填报 / report   ${url}report/`,
    `接口 / API      ${url}api/`,
    `发件箱 / outbox ${url}outbox/`,
    `数据 / data     ${directory}  ·  通知 / notices: ${relative('.', resolve(noticeFile))}`,
    fixedDate === undefined
      ? '时钟 / clock    真实时间 / real'
      : `时钟 / clock    固定在 / stands on ${fixedDate}${demonstration ? '(示例数据 / demonstration)' : ''}`,
    ...Object.entries(tokens).map(([role, token]) => `令牌 / token    ${role.padEnd(9)}${token}`)
  ].join('\n')

/** A sentence for what a person can put right; `undefined` for a fault of the tracker. */
const sentenceFor = (error: unknown, { directory, port }: StartOptions): string | undefined => {
  if (isNamed(error, 'FolderInUseError'))
    return `数据目录 ${directory} 已被另一个运行中的系统占用。/ Another tracker is running on the folder ${directory}.`
  if (isNamed(error, 'PortInUseError'))
    return `端口 ${port} 已被占用,请用 --port 另选。/ Port ${port} is in use; choose another with --port.`
  if (isNamed(error, 'NotEmptyError'))
    return `数据目录 ${directory} 已有示例数据,--empty 请配合另一个 --data 目录。/ The folder ${directory} holds the demonstration; --empty needs another folder, --data DIR.`
  if (isNamed(error, 'EnvironmentError'))
    return `环境变量有误,系统没有启动。/ The environment is wrong; nothing was started.\n${error.message}`
  return undefined
}

const isNamed = (error: unknown, name: string): error is Error => error instanceof Error && error.name === name

const options = startOptionsOf(process.argv.slice(2))
if (options === 'help') console.log(help)
else if ('wrong' in options) {
  console.error(`${options.wrong}\n见 --help / see --help`)
  process.exitCode = 2
} else
  try {
    await run(options)
  } catch (error) {
    const sentence = sentenceFor(error, options)
    if (sentence === undefined) console.error(error)
    else console.error(sentence)
    process.exit(isNamed(error, 'NotEmptyError') ? 2 : 1)
  }
