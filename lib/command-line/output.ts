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

/** Lines with columns aligned; Chinese characters are two columns wide. */
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

const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/u

const widthOf = (text: string): number => [...text].reduce((width, char) => width + (wide.test(char) ? 2 : 1), 0)
