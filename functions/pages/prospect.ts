import type { Summary } from '../core/ports.ts'

/**
 * What the headline makes of a project: it is in use; it will miss its required date as things stand; nothing can be
 * said, for want of reports, of a baseline or because it is paused; it is late but owed by no date; or it is on time.
 */
export type Prospect = 'done' | 'endangered' | 'unknown' | 'behind' | 'on-time'

/** Silence is never on time; a projected miss counts whatever the colour. */
export const prospectOf = ({ light, marginWorkingDays, requiredBy }: Summary): Prospect => {
  if (light === 'done') return 'done'
  if (light === 'paused' || light === 'no-baseline') return 'unknown'
  if (marginWorkingDays !== null && marginWorkingDays < 0) return 'endangered'
  if (light === 'stale') return 'unknown'
  if (requiredBy === null && (light === 'yellow' || light === 'red')) return 'behind'
  return 'on-time'
}
