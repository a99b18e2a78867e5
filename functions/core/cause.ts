import type { Delay, DelayCode } from './delay.ts'
import type { MilestoneOutlook, Outlook } from './outlook.ts'

/**
 * What put a milestone where it is: itself, the predecessor that drives it, the one that drives that, up to one that a
 * report, an actual date, a constraint or the data date placed.
 */
export const causesOf = (milestoneId: string, { milestones }: Outlook): readonly MilestoneOutlook[] => {
  const chain: MilestoneOutlook[] = []
  let next: string | undefined = milestoneId
  while (next !== undefined) {
    const found = milestones.find(({ milestone }) => milestone.id === next)
    if (!found || chain.includes(found)) return chain
    chain.push(found)
    next = found.dates.drivenBy.kind === 'predecessor' ? found.dates.drivenBy.ref : undefined
  }
  return chain
}

/** The reason given for a milestone's lateness: its own, else that of the nearest one that drives it. */
export const delayBehind = (milestoneId: string, outlook: Outlook): Delay | undefined =>
  causesOf(milestoneId, outlook).find(({ progress }) => progress.delay !== undefined)?.progress.delay

/** Whether a reason of delay excuses the project manager: yes, no, or a reviewer decides (DOMAIN §5). */
export type Excuse = 'excused' | 'fault' | 'undecided'

/** What each reason of delay is worth before anybody has ruled on it; editable defaults of DOMAIN §5. */
export const excuseOfCode: Readonly<Record<DelayCode, Excuse>> = {
  LAND: 'excused',
  PERMIT: 'undecided',
  FUND: 'excused',
  DESIGN: 'undecided',
  TENDER: 'undecided',
  CONTRACTOR: 'fault',
  MATERIAL: 'undecided',
  WEATHER: 'excused',
  ENV: 'excused',
  UTIL: 'excused',
  FORCE: 'excused',
  SCOPE: 'excused',
  RECTIFY: 'fault',
  OTHER: 'undecided'
}
