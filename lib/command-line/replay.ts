import { Argument, type Command, Option } from 'commander'
import * as z from 'zod'
import { jsonTextOf } from '../../functions/schema/fields.ts'
import { type FunctionName, functionNames } from '../functions.ts'
import { type Replayed, replay } from '../replay/replay.ts'
import { withExamples } from './help.ts'
import { CommandError, print, table } from './output.ts'
import { withStorage } from './storage.ts'

interface ReplayOptions {
  readonly functions?: string
  readonly data: string
  readonly json?: boolean
}

const deployedSchema = jsonTextOf(
  z.partialRecord(z.enum(functionNames), z.strictObject({ function: z.string(), queue: z.url() }))
)

/** The command that does again what functions have given up: replay. */
export const addReplay = (program: Command): void => {
  withExamples(
    program
      .command('replay')
      .addArgument(
        new Argument('[function]', '哪个函数,不写则全部 / whose failed events; all of them without it').choices(
          functionNames
        )
      )
      .description('重放失败事件 / do again what waits in the queues of failed events'),
    ['tracker replay send-notices']
  )
    .addOption(
      new Option(
        '--functions <json>',
        '堆栈输出 FailedEvents / output FailedEvents of the stack: what is deployed'
      ).env('TRACKER_FUNCTIONS')
    )
    .option('--data <dir>', '本机系统的文件夹 / folder of the local tracker', '.tracker')
    .option('--json', '供程序读取 / machine form')
    .action(async (name: FunctionName | undefined, { functions, data, json }: ReplayOptions) => {
      const names = name === undefined ? functionNames : [name]
      if (functions === undefined) return nothingHere(json)
      const deployed = deployedSchema.safeParse(functions)
      if (!deployed.success)
        throw new CommandError(
          '--functions 应为堆栈输出 FailedEvents',
          '--functions is not the output FailedEvents of the stack',
          2
        )
      const results: ({ readonly function: FunctionName } & Replayed)[] = []
      await withStorage(data, async ({ client, nameOf, demonstrationClock }) => {
        const { cloudClients, commitsIn, lambdaInvoke, sqsQueue } = await import('../replay/cloud.ts')
        const { sqs, lambda } = cloudClients()
        for (const own of names) {
          const target = deployed.data[own]
          if (!target) continue
          const replayed = await replay(own, {
            queue: sqsQueue(sqs, target.queue),
            invoke: lambdaInvoke(lambda, target.function),
            commitsBetween: commitsIn(client, nameOf('log'), demonstrationClock),
            now: new Date().toISOString()
          })
          results.push(...replayed.map(result => ({ function: own, ...result })))
        }
      })
      print(results, json, () =>
        results.length === 0
          ? 'nothing waits / 没有失败事件'
          : table(results.map(r => [r.function, r.outcome, r.detail]))
      )
      const failed = results.filter(({ outcome }) => outcome === 'failed').length
      if (failed > 0)
        throw new CommandError(`${failed} 个再次失败,留在队列中`, `${failed} failed again and stay in their queues`)
    })
}

/** A tracker on one machine repeats until it succeeds, so it gives nothing up. */
const nothingHere = (json: boolean | undefined): void =>
  print([], json, () => 'a local tracker gives nothing up: it repeats until it succeeds / 本机系统会一直重试')
