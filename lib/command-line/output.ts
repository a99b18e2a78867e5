import widthOf from 'fast-string-width'
import type { Text } from '../../functions/core/text.ts'

/** How a command ended: 0 done, 1 the answer is no, 2 wrong use. */
export type ExitCode = 0 | 1 | 2

/**
 * A command that cannot do what was asked: bad data or a failed check (1), or wrong use (2). Its message is for people, in
 * both languages; `details` are lines of their own below it.
 */
export class CommandError extends Error {
  override readonly name = 'CommandError'
  readonly exitCode: 1 | 2
  constructor(zh: string, en: string, exitCode: 1 | 2 = 1, { details = [], ...options }: CommandErrorOptions = {}) {
    super([`${zh} / ${en}`, ...details.map(line => `  ${line}`)].join('\n'), options)
    this.exitCode = exitCode
  }
}

interface CommandErrorOptions extends ErrorOptions {
  readonly details?: readonly string[]
}

/** Prints a result: as JSON alone on standard output, or as text for people. */
export const print = (value: unknown, json: boolean | undefined, text: () => string): void => {
  process.stdout.write(`${json ? JSON.stringify(value, null, 2) : text()}\n`)
}

/** A word in both languages, as a cell of a table has it. */
export const both = ({ zh, en }: Text): string => `${zh} ${en}`

/** Lines with columns aligned, below a line that names them; Chinese characters are two columns wide. */
export const tableOf = (columns: readonly string[], rows: readonly (readonly string[])[]): string =>
  rows.length === 0 ? '没有 / none' : table([columns, ...rows])

/** The same without names of columns. */
export const table = (rows: readonly (readonly string[])[]): string => {
  const widths: number[] = []
  for (const row of rows)
    row.forEach((cell, i) => {
      widths[i] = Math.max(widths[i] ?? 0, widthOf(cell))
    })
  return rows
    .map(row =>
      row
        .map((cell, i) => cell + ' '.repeat((widths[i] ?? 0) - widthOf(cell)))
        .join('  ')
        .trimEnd()
    )
    .join('\n')
}
