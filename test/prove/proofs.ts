import { faultKinds } from '../flows/faults.ts'
import { proveArchive } from './archive.ts'
import { proveCheckpoints } from './checkpoints.ts'
import { proveFaults } from './faults.ts'
import { proveHostile } from './hostile.ts'
import { proveLoad } from './load.ts'
import { proveModel } from './model-proof.ts'
import type { Proof } from './proof.ts'
import { proveProperties } from './properties.ts'
import { proveTamper } from './tamper.ts'

const everyProject = [
  'erzhong-phase-2',
  'shiyan-primary-complex',
  'shiyan-kindergarten-complex',
  'gucheng-linqiao',
  'hongdong-kindergarten',
  'yunhe-central-kindergarten',
  'vocational-training-base',
  'yunhe-shiyan-school',
  'rural-teacher-flats',
  'no39-north',
  'shiyan-primary-north',
  'campus-monitoring'
]

/** Every proof with its full counts, in the order in which they run. */
export const proofs: readonly Proof[] = [
  {
    name: 'tamper',
    claim: 'a stored commit that was changed, dropped, swapped, inserted or forged is named by verify',
    run: seed => proveTamper({ projects: everyProject, commits: 3, everyBit: 7 }, seed)
  },
  {
    name: 'checkpoints',
    claim:
      'a log that was rewritten as a whole, chain, states and snapshots, is named by the checkpoints, and so are they',
    run: seed => proveCheckpoints({ projects: everyProject.slice(7), days: 10, everyBit: 13 }, seed)
  },
  {
    name: 'faults',
    claim: 'calls of ports that fail, time out, are throttled, repeated or killed leave no trace',
    run: seed => proveFaults({ engine: 'memory', kinds: faultKinds, mornings: 5, strides: [41, 2] }, seed)
  },
  {
    name: 'faults-dynamodb',
    claim: 'the same of requests to tables, below the real adapters',
    run: seed => proveFaults({ engine: 'dynalite', kinds: faultKinds, mornings: 4, strides: [41, 4] }, seed)
  },
  {
    name: 'hostile',
    claim: 'hostile requests are refused by name, in the language of the caller, and write nothing',
    run: seed => proveHostile({ requests: 50_000, perWorld: 1000, mostGrowth: 300 }, seed)
  },
  {
    name: 'model',
    claim: 'the API does what a simple model says, with requests at once, conditions, repetitions and deaths',
    run: seed => proveModel({ engine: 'memory', steps: 20_000, longest: 80 }, seed)
  },
  {
    name: 'model-dynamodb',
    claim: 'the same on the real adapters over an embedded DynamoDB',
    run: seed => proveModel({ engine: 'dynalite', steps: 2000, longest: 80 }, seed)
  },
  {
    name: 'properties',
    claim: 'every property of the tests holds from this seed too, tried twenty times as often',
    run: seed => proveProperties({ factor: 20 }, seed)
  },
  {
    name: 'archive',
    claim: 'archives made during writes are whole, come back byte for byte, and are refused whole when damaged',
    run: seed => proveArchive({ projects: everyProject.slice(9), duringWrites: 4, damages: 500 }, seed)
  },
  {
    name: 'load',
    claim: 'the local tracker answers everything under load, and its memory stays flat over 200,000 requests',
    run: seed => proveLoad({ seconds: 60, connections: 8, requests: 200_000, looks: 10 }, seed)
  }
]
