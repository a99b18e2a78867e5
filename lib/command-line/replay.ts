import { type Command, Option } from 'commander'
import * as z from 'zod'
import { jsonTextOf } from '../../functions/schema/fields.ts'
import { type FunctionName, functionNames } from '../functions.ts'
import { type Replayed, replay } from '../replay/replay.ts'
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
  program
    .command('replay')
    .argument('[function]', `whose failed events; all of them without it: ${functionNames.join(', ')}`)
    .description('do again what waits in the queues of failed events / 重放失败事件')
    .addOption(
      new Option('--functions <json>', 'output FailedEvents of the stack: what is deployed').env('TRACKER_FUNCTIONS')
    )
    .option('--data <dir>', 'folder of the local tracker', '.tracker')
    .option('--json', 'machine form')
    .action(async (name: string | undefined, { functions, data, json }: ReplayOptions) => {
      const names = namesOf(name)
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

const namesOf = (name: string | undefined): readonly FunctionName[] => {
  if (name === undefined) return functionNames
  const known = functionNames.filter(own => own === name)
  if (known.length === 0) throw new CommandError(`没有函数 ${name}`, `there is no function ${name}`, 2)
  return known
}

/** A tracker on one machine repeats until it succeeds, so it gives nothing up. */
const nothingHere = (json: boolean | undefined): void =>
  print([], json, () => 'a local tracker gives nothing up: it repeats until it succeeds / 本机系统会一直重试')
