import { relative, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { type IsoDate, isIsoDate } from '../functions/core/dates.ts'
import { NotEmptyError } from '../lib/local/contents.ts'
import { PortInUseError } from '../lib/local/http-server.ts'
import { FolderInUseError } from '../lib/local/local-store.ts'
import { startTracker, type Tracker } from '../lib/local/runtime.ts'

const help = `npm start -- [options]        the whole tracker on this machine / 在本机运行整个系统

  --port N             port of 127.0.0.1; 0 for any that is free (8787) / 端口,0 为任意空闲端口
  --data DIR           folder of everything it keeps (.tracker) / 数据目录
  --today YYYY-MM-DD   the clock stands on this date / 时钟固定在此日期
  --empty              without the demonstration / 不装入示例数据
  --help               this text / 本说明

The first start decides what a folder holds: the demonstration, whose clock stands on 2021-06-21 unless --today says
otherwise, or with --empty your own projects, on the real clock.
首次启动决定数据目录的内容:示例数据(时钟固定在 2021-06-21,可用 --today 改),或加 --empty 为自有项目(真实时钟)。
`

interface Options {
  readonly port: number
  readonly directory: string
  readonly today: IsoDate | undefined
  readonly empty: boolean
}

const optionsOf = (words: readonly string[]): Options | 'help' | { readonly wrong: string } => {
  try {
    const { values } = parseArgs({
      args: [...words],
      options: {
        port: { type: 'string', default: '8787' },
        data: { type: 'string', default: '.tracker' },
        today: { type: 'string' },
        empty: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false }
      }
    })
    const { data, today, empty } = values
    if (values.help) return 'help'
    const port = /^\d{1,5}$/.test(values.port) ? Number(values.port) : Number.NaN
    if (!(port <= 65_535)) return { wrong: `--port: 不是端口号 / not a port: ${values.port}` }
    if (today !== undefined && !isIsoDate(today)) return { wrong: `--today: 不是日期 / not a date: ${today}` }
    if (data === '') return { wrong: '--data: 缺少目录 / needs a folder' }
    return { port, directory: data, today, empty }
  } catch (error) {
    return { wrong: error instanceof Error ? error.message : String(error) }
  }
}

const run = async (options: Options): Promise<void> => {
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

const greeting = ({ url, tokens, fixedDate, demonstration, noticeFile }: Tracker, { directory }: Options): string =>
  [
    `页面 / site     ${url}`,
    `填报 / report   ${url}report/`,
    `接口 / API      ${url}v1/  ·  ${url}api/`,
    `数据 / data     ${directory}  ·  通知 / notices: ${relative('.', resolve(noticeFile))}`,
    fixedDate === undefined
      ? '时钟 / clock    真实时间 / real'
      : `时钟 / clock    固定在 / stands on ${fixedDate}${demonstration ? '(示例数据 / demonstration)' : ''}`,
    ...Object.entries(tokens).map(([role, token]) => `令牌 / token    ${role.padEnd(9)}${token}`)
  ].join('\n')

/** A sentence for what a person can put right; `undefined` for a fault of the tracker. */
const sentenceFor = (error: unknown, { directory, port }: Options): string | undefined => {
  if (error instanceof FolderInUseError)
    return `数据目录 ${directory} 已被另一个运行中的系统占用。/ Another tracker is running on the folder ${directory}.`
  if (error instanceof PortInUseError)
    return `端口 ${port} 已被占用,请用 --port 另选。/ Port ${port} is in use; choose another with --port.`
  if (error instanceof NotEmptyError)
    return `数据目录 ${directory} 已有示例数据,--empty 请配合另一个 --data 目录。/ The folder ${directory} holds the demonstration; --empty needs another folder, --data DIR.`
  return undefined
}

const options = optionsOf(process.argv.slice(2))
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
    process.exit(error instanceof NotEmptyError ? 2 : 1)
  }
