import type { Proof } from './proof.ts'
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
  }
]
