import type { GuessLimit } from '../core/access.ts'

/** Settings of {@link guessLimit}. */
export interface GuessLimitOptions {
  /** Milliseconds of any clock that does not go back. */
  readonly elapsed?: () => number
}

const windowMilliseconds = 60_000
const mostSources = 10_000
const mostKnown = 10_000

interface Window {
  readonly endsAt: number
  /** Hashes of the wrong secrets, each once: an old token that a program goes on sending is no guess. */
  readonly wrong: Set<string>
}

/**
 * The guesses of a minute, in the memory of one process. It is no account of what was guessed, only a brake: the secrets
 * have 160 bits. What a secret was proved by is kept, so that a source from which somebody guesses stays open to
 * whoever came from there before.
 */
export const guessLimit = ({ elapsed = () => process.uptime() * 1000 }: GuessLimitOptions = {}): GuessLimit => {
  const windows = new Map<string, Window>()
  const known = new Set<string>()

  const windowOf = (source: string): Window | undefined => {
    const found = windows.get(source)
    if (found && found.endsAt > elapsed()) return found
    windows.delete(source)
    return undefined
  }

  const openWindow = (source: string): Window => {
    const opened = { endsAt: elapsed() + windowMilliseconds, wrong: new Set<string>() }
    windows.set(source, opened)
    trim(windows, mostSources)
    return opened
  }

  return {
    waitOf: (sources, hash) => {
      if (known.has(hash)) return undefined
      const full = sources.flatMap(({ name, most }) => {
        const found = windowOf(name)
        return found && found.wrong.size >= most && !found.wrong.has(hash) ? [found.endsAt] : []
      })
      return full.length === 0 ? undefined : Math.ceil((Math.max(...full) - elapsed()) / 1000)
    },

    proved: hash => {
      known.add(hash)
      trim(known, mostKnown)
    },

    missed: (sources, hash) => {
      known.delete(hash)
      for (const { name } of sources) (windowOf(name) ?? openWindow(name)).wrong.add(hash)
    }
  }
}

/** Drops what came first. */
const trim = (of: Map<string, unknown> | Set<string>, most: number): void => {
  for (const first of of.keys()) {
    if (of.size <= most) return
    of.delete(first)
  }
}
