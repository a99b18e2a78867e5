import { readFileSync } from 'node:fs'
import { deserialize } from 'node:v8'
import * as z from 'zod'
import { demonstrationDate } from '../data/demonstration/load.ts'
import { demonstrationRules } from '../data/demonstration/replay.ts'
import { snapshotOfItem } from '../functions/adapters/state-store.shared.ts'
import { assess } from '../functions/core/assess.ts'
import { standingOn } from '../functions/core/standing.ts'
import { summaryOf } from '../functions/core/summary.ts'
import { perSecond } from './per-second.ts'

// A process that does nothing but read stored items, as a review does: `items.ts FILE WORK` prints how many a second it gets done.

const works = {
  decoded: snapshotOfItem,
  summarised: (item: unknown) => {
    const { state } = snapshotOfItem(item)
    return summaryOf(state, standingOn(state, demonstrationDate, demonstrationRules))
  },
  assessed: (item: unknown) => assess(snapshotOfItem(item).state, demonstrationDate, demonstrationRules)
}

const [, , file = '', name] = process.argv
const work = works[z.enum(['decoded', 'summarised', 'assessed']).parse(name)]
const items = z.array(z.unknown()).parse(deserialize(readFileSync(file)))
const reading = () => {
  for (const item of items) work(item)
}
process.stdout.write(`${await perSecond(items.length, reading)}\n`)
