import { parseArgs } from 'node:util'
import { type IsoDate, isIsoDate } from '../../functions/core/dates.ts'

/** What `--help` prints. */
export const help = `npm start -- [options]        the whole tracker on this machine / 在本机运行整个系统

  --port N             port of 127.0.0.1; 0 for any that is free (8787) / 端口,0 为任意空闲端口
  --data DIR           folder of everything it keeps (.tracker) / 数据目录
  --today YYYY-MM-DD   the clock stands on this date / 时钟固定在此日期
  --empty              without the demonstration / 不装入示例数据
  --help               this text / 本说明

The first start decides what a folder holds: the demonstration, whose clock stands on 2021-06-21 unless --today says
otherwise, or with --empty your own projects, on the real clock.
首次启动决定数据目录的内容:示例数据(时钟固定在 2021-06-21,可用 --today 改),或加 --empty 为自有项目(真实时钟)。
`

/** What the words after `npm start --` ask for. */
export interface StartOptions {
  /** 0 for any that is free. */
  readonly port: number
  readonly directory: string
  readonly today: IsoDate | undefined
  readonly empty: boolean
}

/** Reads the words; `wrong` is a sentence for who typed them. */
export const startOptionsOf = (words: readonly string[]): StartOptions | 'help' | { readonly wrong: string } => {
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
