import { randomUUID } from 'node:crypto'
import type { Command } from 'commander'
import { UnansweredError } from './connection.ts'
import { CommandError } from './output.ts'

/** Adds the option that {@link writeOnce} takes. */
export const keyed = (command: Command): Command =>
  command.option(
    '--key <key>',
    '没有收到应答时用上次的键重发,不会重复记录 / the key of a request that got no answer, to repeat it safely'
  )

/**
 * Writes under an Idempotency-Key: the one that was given, else one of its own.
 * @throws CommandError with the key where no answer came, so that the same may be sent again without harm.
 */
export const writeOnce = async <Result>(
  given: string | undefined,
  write: (key: string) => Promise<Result>
): Promise<Result> => {
  const key = given ?? randomUUID()
  return write(key).catch(error => {
    if (!(error instanceof UnansweredError)) throw error
    throw new CommandError('没有收到应答,不知是否已记录', 'no answer came, so it may be recorded or not', 1, {
      details: [`原样重发时加上 / to repeat the same, add --key ${key}`],
      cause: error
    })
  })
}
