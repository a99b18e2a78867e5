import { secondsAfter } from '../core/instants.ts'
import { closedFor, type Flow, takePlace } from '../core/pace.ts'
import type { Pacer } from '../core/ports.ts'

/** Where flows are kept; `save` writes only over the revision before. */
export interface FlowStore {
  readonly find: (id: string) => Promise<Flow>
  readonly save: (id: string, flow: Flow) => Promise<'saved' | 'outdated'>
}

/** Races that are run for a place before it counts as full for a second. */
const mostRaces = 10

/** Keeps the pace of receivers by conditional writes, so that it holds over all processes that share the store. */
export const pacerOver = ({ find, save }: FlowStore): Pacer => ({
  take: async (pace, now) => {
    for (let race = 0; race < mostRaces; race += 1) {
      const place = takePlace(await find(pace.id), pace, now)
      if ((await save(pace.id, place.flow)) === 'outdated') continue
      return place.type === 'free' ? { type: 'free' } : { type: 'full', until: place.until }
    }
    return { type: 'full', until: secondsAfter(now, 1) }
  },

  close: async (pace, seconds, now) => {
    for (let race = 0; race < mostRaces; race += 1)
      if ((await save(pace.id, closedFor(await find(pace.id), seconds, now))) === 'saved') return
  }
})
