import { lifeWith, mortal } from './faults.ts'
import type { World } from './world.ts'

/** How often, and when, a process dies. */
export interface Crashes {
  /** Runs an invocation until it comes to its end, on ports that may die; each attempt is a new process. */
  readonly through: (deps: World, work: (alive: World) => Promise<unknown>) => Promise<void>
  /** Crashes so far. */
  readonly count: () => number
}

/** Nothing ever crashes. */
export const noCrashes: Crashes = {
  through: async (deps, work) => {
    await work(deps)
  },
  count: () => 0
}

/**
 * Kills every invocation once at each of its awaits: at the first, and when it is repeated at the second, and so on until it
 * comes through. `before` dies before the call has done anything, `after` when it has and nobody hears of it. From its death
 * on nothing that the process calls does anything.
 */
export const crashAtEachAwait = (moment: 'before' | 'after'): Crashes => {
  let crashes = 0
  return {
    count: () => crashes,
    through: async (deps, work) => {
      for (let crashAt = 1; ; crashAt += 1) {
        const life = lifeWith(`kill-${moment}`, call => call === crashAt)
        try {
          await work(mortal(deps, life))
          if (!life.isDead()) return
        } catch (error) {
          if (!life.isDead()) throw error
        }
        crashes += 1
      }
    }
  }
}
