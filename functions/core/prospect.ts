import type { Summary } from './ports.ts'

/**
 * What the headline makes of a project: it is in use; it will miss its required date as things stand; nothing can be
 * said, for want of reports, of a baseline or because it is paused; it is late but owed by no date; or it is on time.
 */
export type Prospect = 'done' | 'endangered' | 'unknown' | 'behind' | 'on-time'

/**
 * The school is in use: its last date lies before the data date, which only an actual one can. Its close-out may still be
 * late and give it a colour.
 */
export const isInUse = ({
  light,
  projectedFinish,
  dataDate
}: Pick<Summary, 'light' | 'projectedFinish' | 'dataDate'>): boolean =>
  light === 'done' || (projectedFinish !== null && projectedFinish.slice(0, 10) < dataDate)

/** Silence is never on time; a projected miss counts whatever the colour. */
export const prospectOf = (summary: Summary): Prospect => {
  const { light, marginWorkingDays, requiredBy } = summary
  if (isInUse(summary)) return 'done'
  if (light === 'paused' || light === 'no-baseline') return 'unknown'
  if (marginWorkingDays !== null && marginWorkingDays < 0) return 'endangered'
  if (light === 'stale') return 'unknown'
  if (requiredBy === null && (light === 'yellow' || light === 'red')) return 'behind'
  return 'on-time'
}

/** How many projects have which prospect. */
export const countProspects = (summaries: readonly Summary[]): Readonly<Record<Prospect, number>> => {
  const counts: Record<Prospect, number> = { done: 0, endangered: 0, unknown: 0, behind: 0, 'on-time': 0 }
  for (const summary of summaries) counts[prospectOf(summary)] += 1
  return counts
}

/** The furthest from its required date first. */
export const byMargin = (a: Summary, b: Summary): number => (a.marginWorkingDays ?? 0) - (b.marginWorkingDays ?? 0)
