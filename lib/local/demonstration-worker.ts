import { parentPort } from 'node:worker_threads'
import { builtInCalendars } from '../../data/calendars.ts'
import { demonstrationDate, loadDemonstration } from '../../data/demonstration/load.ts'
import { defaultPolicy } from '../../functions/core/policy.ts'
import { simulate } from '../../functions/core/simulate.ts'
import { reviewer } from '../../functions/flows/review.ts'

// Playing half a year of twelve projects through takes seconds of computing, which must not hold up the server's start.
const rules = { policy: defaultPolicy, calendars: builtInCalendars }
const byProject = Map.groupBy(loadDemonstration(builtInCalendars), ({ project }) => project)
for (const [project, steps] of byProject)
  parentPort?.postMessage({ project, commits: simulate(project, steps, reviewer, rules, demonstrationDate) })
