import { readFile } from 'node:fs/promises'
import {
  type Authorise,
  answerOf,
  bearer,
  type DataOf,
  type Done,
  type Failure,
  type Outcome,
  type TrackerClient,
  trackerClient
} from '@capital-project-tracker/client'
import { type Command, Option } from 'commander'
import * as z from 'zod'
import type { Text } from '../../functions/core/text.ts'
import { type ProblemCode, problems } from '../../functions/http/problems.ts'
import { CommandError } from './output.ts'
import { notAUrl } from './wrong-input.ts'

/** Where the tracker is and who asks. */
export interface RemoteOptions {
  readonly url?: string
  readonly token?: string
  readonly iam?: boolean
  readonly data: string
  readonly json?: boolean
}

/** Adds the options of {@link RemoteOptions}. */
export const remote = (command: Command): Command =>
  command
    .option(
      '--url <url>',
      '系统地址(TRACKER_URL),不写则用本机运行的系统 / address of the tracker; the one running on this machine without it'
    )
    .option('--token <token>', '令牌(TRACKER_TOKEN),不写则用本机的管理员令牌 / the local admin token without it')
    .addOption(
      new Option(
        '--iam',
        '以本机的 AWS 凭证签名,不用令牌(TRACKER_AUTH=iam) / sign with the AWS credentials of this machine in place of a token'
      ).conflicts('token')
    )
    .option('--data <dir>', '本机系统的文件夹 / folder of the local tracker', '.tracker')
    .option('--json', '供程序读取 / machine form')

/**
 * The tracker that the options, the environment or the folder of this machine's tracker name.
 * @throws CommandError when they name none.
 */
export const connect = async (options: RemoteOptions): Promise<TrackerClient> => {
  const url = await addressOf(options)
  return trackerClient({
    url,
    // Who reads the terminal is not known.
    language: 'mul',
    authorise: await proofOf(options),
    fetch: request =>
      fetch(request).catch(cause => {
        throw new UnansweredError(`地址 ${url} 没有运行中的系统`, `no tracker answers at ${url}`, 1, { cause })
      })
  })
}

/**
 * The address of that tracker.
 * @throws CommandError when none is named, or what is named is no address.
 */
export const addressOf = async ({ url: given, data }: RemoteOptions): Promise<string> => {
  const url = given ?? process.env.TRACKER_URL ?? (await localValue(data, 'run.json', 'url'))
  if (!URL.canParse(url)) throw notAUrl(url)
  return url
}

/** Nothing answered, so that nobody knows whether a write was done. */
export class UnansweredError extends CommandError {}

/** The tracker said no; `code` is that of its problem, and `said` its sentence. */
export class RefusedError extends CommandError {
  readonly code: string
  readonly said: Text
  constructor(code: string, said: Text, details: readonly string[]) {
    super(`${code}: ${said.zh}`, said.en, 1, { details })
    this.code = code
    this.said = said
  }
}

/** A token that is given is meant; otherwise the way in is that of the whole shell. */
const proofOf = async ({ iam, token, data }: RemoteOptions): Promise<Authorise> => {
  // Loaded on demand: most callers have a token, and need no client of AWS.
  if (iam || (token === undefined && process.env.TRACKER_AUTH === 'iam')) return (await import('./sign.ts')).signed
  return bearer(token ?? process.env.TRACKER_TOKEN ?? (await localValue(data, 'tokens.json', 'admin')))
}

/** The data that the tracker answers; what they come with is told by {@link done}. */
export const asked = async <Call extends Outcome>(call: Promise<Call>): Promise<DataOf<Call>> => (await done(call)).data

/**
 * A request that the tracker did.
 * @throws CommandError whose message begins with the code of what the tracker says is wrong.
 */
export const done = async <Call extends Outcome>(call: Promise<Call>): Promise<Done<DataOf<Call>>> => {
  const outcome = await call.catch(cause => {
    // A page that answers in place of the tracker, such as the sign-in of a network.
    if (cause instanceof SyntaxError)
      throw new CommandError('应答不是来自本系统', 'the answer is none of a tracker', 1, { cause })
    throw cause
  })
  const answer = answerOf(outcome)
  if (answer.type !== 'done') throw refusalOf(answer)
  return answer
}

const refusalOf = (failure: Failure): CommandError => {
  // Something between here and the tracker answered: a gateway's 429, a proxy's page.
  if (failure.type === 'unexpected')
    return new CommandError(
      `应答 ${failure.status} 不是来自本系统`,
      `answered ${failure.status}, and by no tracker`,
      1,
      {
        details: [failure.text.slice(0, 200)]
      }
    )
  const { title, code, detail, errors } = failure.problem
  // A later tracker may know codes that this command line does not.
  const [, zh, en] = isProblemCode(code) ? problems[code] : [0, title, title]
  const fields = errors.map(({ pointer, message }) => `${pointer || '/'}: ${message}`)
  return new RefusedError(code, { zh, en }, [
    ...(fields.length > 0 || detail === title ? fields : [detail]),
    ...(code === 'not-authenticated' ? [wayBackIn] : [])
  ])
}

/** Where no admin gets in any more, as after the last day of an only one, nobody can ask the tracker for another. */
const wayBackIn =
  '没有可用的管理员令牌时,用 tracker token first 直接写入数据表 / where no admin token holds, tracker token first writes one straight into the table'

const isProblemCode = (code: string): code is ProblemCode => Object.hasOwn(problems, code)

/** A document out of a file, as a body of the tracker's: the tracker decodes it and names every field that is wrong. */
export const bodyFromFile = <Body>(document: unknown): Body => z.custom<Body>().parse(document)

const localValue = async (folder: string, file: string, field: string): Promise<string> => {
  try {
    const value: unknown = JSON.parse(await readFile(`${folder}/${file}`, 'utf8'))
    return z.looseObject({ [field]: z.string() }).parse(value)[field] ?? ''
  } catch {
    throw new CommandError(
      `本机的 ${folder} 没有运行中的系统;请先启动,或用 --data DIR 指明它的文件夹,或用 --url 与 --token 指明地址`,
      `no tracker runs from ${folder}; start one, or say its folder with --data DIR, or --url and --token`,
      2
    )
  }
}
