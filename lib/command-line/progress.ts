/** Called whenever another piece of the work is done, with its name. */
export type Step = (name: string) => void

/**
 * Does long work and shows how far it is: a bar where it is known how many pieces there are, else their number. Shown on
 * standard error, and only where somebody watches it, which is at a terminal.
 */
export const withProgress = async <Result>(
  label: string,
  pieces: number | undefined,
  work: (step: Step) => Promise<Result>
): Promise<Result> => {
  if (!process.stderr.isTTY) return work(() => {})
  const bar = await barOf(pieces)
  // The library ends the process with 0 on Ctrl-C, and 0 says that all is done.
  process.once('exit', interrupted)
  bar.start(label)
  let count = 0
  try {
    const result = await work(name => {
      count += 1
      bar.step(`${label} ${pieces === undefined ? count : `${count}/${pieces}`}  ${name}`)
    })
    bar.stop(label)
    return result
  } catch (error) {
    bar.fail(label)
    throw error
  } finally {
    process.off('exit', interrupted)
  }
}

interface Bar {
  readonly start: (text: string) => void
  readonly step: (text: string) => void
  readonly stop: (text: string) => void
  readonly fail: (text: string) => void
}

/** Loaded on demand: programs that read the output need none of it. */
const barOf = async (pieces: number | undefined): Promise<Bar> => {
  const { progress, spinner } = await import('@clack/prompts')
  const output = process.stderr
  if (pieces === undefined) {
    const { start, message, stop, error } = spinner({ output })
    return { start, step: message, stop, fail: error }
  }
  const { start, advance, stop, error } = progress({ output, max: pieces })
  return { start, step: text => advance(1, text), stop, fail: error }
}

const interrupted = (): void => {
  process.exitCode = 130
}
