import { demonstrationDate, loadDemonstration } from '../data/demonstration/load.ts'
import { demonstrationRules, replay } from '../data/demonstration/replay.ts'
import { memoryEventLog } from '../functions/adapters/event-log.memory.ts'
import { memoryStateStore } from '../functions/adapters/state-store.memory.ts'
import type { EventLog, StateStore } from '../functions/core/ports.ts'
import { reviewDue } from '../functions/flows/review.ts'
import { medianOf, processorTimeOf } from './processor-time.ts'

/**
 * What a review costs as a bureau grows while as many projects are due as ever. The projects are the twelve of the
 * demonstration over and over; the store makes them when it is asked, so that the memory is that of the flow. What a publication
 * costs by size is in `bench/site.ts`; a list reads the page that it shows and no more (`adapters/state-store.ts`).
 */

const due = 50
const rounds = 9
const replayed = [...replay(loadDemonstration(demonstrationRules.calendars)).values()]

/** A bureau of so many projects, of which {@link due} are due. */
const bureauOf = (count: number) => {
  const idOf = (index: number) => `p${String(index).padStart(6, '0')}`
  const templateOf = (index: number) => {
    const template = replayed[index % replayed.length]
    if (!template) throw new Error('no template')
    return template
  }
  const step = Math.max(1, Math.floor(count / due))
  const log: EventLog = {
    ...memoryEventLog(),
    load: async id => {
      const { state } = templateOf(Number(id.slice(1)))
      return { state: { ...state, project: { ...state.project, id } }, hash: '' }
    },
    append: async commit => ({ type: 'appended', commit: { ...commit, previousHash: '', hash: '' } })
  }
  const store: StateStore = {
    ...memoryStateStore(),
    put: async () => 'stored',
    due: async function* () {
      for (let index = 0; index < count; index += 1) if (index % step === 0 && index / step < due) yield idOf(index)
    }
  }
  return { log, store, rules: demonstrationRules, clock: { now: () => `${demonstrationDate}T23:00:00.000Z` } }
}

const rows = []
for (const count of [10, 1000, 100_000]) {
  const deps = bureauOf(count)
  const reviews: number[] = []
  let reviewed = 0
  for (let round = -3; round < rounds; round += 1) {
    const review = await processorTimeOf(async () => {
      reviewed = (await reviewDue(deps)).reviewed
    })
    if (round >= 0) reviews.push(review / reviewed)
  }
  rows.push({
    projects: count,
    due: reviewed,
    'review, ms a due project': medianOf(reviews).toFixed(2),
    'peak RSS, MB': Math.round(process.resourceUsage().maxRSS / 1000)
  })
}
console.table(rows)
