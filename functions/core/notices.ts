import type { Assessment, Flag } from './assessment.ts'
import { daysBetween, type IsoDate } from './dates.ts'
import type { Commit } from './events.ts'
import type { Project } from './milestone.ts'
import type { Policy } from './policy.ts'
import type { Message } from './ports.ts'
import { flagId, type TrackedProject } from './state.ts'

/**
 * The instant messages that a commit calls for (DOMAIN §6): a red that fires, and is not muted, goes at once to the project
 * manager and to the responsible unit, everything new to one of them in one message. Older news than the policy's
 * freshness is left to the digest, so that loading a history tells nobody what is long known.
 * @param state the project with the commit.
 */
export const instantNotices = (
  commit: Commit,
  state: TrackedProject,
  assessment: Assessment,
  today: IsoDate,
  policy: Policy
): readonly Message[] => {
  if (daysBetween(commit.date, today) > policy.noticeFreshDays) return []
  const fired = new Set(commit.events.flatMap(event => (event.type === 'flag-fired' ? [flagId(event)] : [])))
  const { project } = state
  const lines = assessment.flags
    .filter(flag => flag.severity === 'red' && fired.has(flagId(flag)) && isTold(flag, state))
    .map(flag => lineOf(flag, project))
  if (lines.length === 0) return []
  return recipientsOf(project).map(recipient => ({
    recipient,
    subject: `红色预警:${project.name}`,
    text: lines.join('\n')
  }))
}

/** One project's share in a person's digest. */
export interface DigestEntry {
  readonly state: TrackedProject
  readonly assessment: Assessment
}

/**
 * One message per person with everything that fires in their projects, reds first; nobody gets an empty one (DOMAIN §6).
 * @param entries every project that is followed, in any order.
 */
export const digests = (entries: readonly DigestEntry[], today: IsoDate): readonly Message[] => {
  const linesByRecipient = new Map<string, string[]>()
  const byName = [...entries].sort((a, b) => (a.state.project.id < b.state.project.id ? -1 : 1))
  for (const { state, assessment } of byName) {
    const { project } = state
    const flags = assessment.flags.filter(flag => isTold(flag, state))
    for (const recipient of flags.length > 0 ? recipientsOf(project) : []) {
      const lines = linesByRecipient.get(recipient) ?? []
      lines.push(...flags.map(flag => lineOf(flag, project)))
      linesByRecipient.set(recipient, lines)
    }
  }
  return [...linesByRecipient].map(([recipient, lines]) => ({
    recipient,
    subject: `${today} 项目日报:${lines.length} 项`,
    text: lines.toSorted((a, b) => severityRank(a) - severityRank(b)).join('\n')
  }))
}

/** A flag that has fired and that nothing mutes. Its colour shows from the first day; whom it wakes is another matter. */
const isTold = (flag: Flag, { flags }: TrackedProject): boolean => {
  const known = flags[flagId(flag)]
  return known !== undefined && known.status !== 'pending' && known.suppressedBy === undefined
}

/** `项目 | 依据 | 规则`: absolute dates and working days, without a word that needs context. */
const lineOf = (flag: Flag, project: Project): string => `${flag.rule} | ${project.name} | ${flag.text.zh}`

const severityRank = (line: string): number => ['R', 'S', 'Y', 'B', 'P', 'N'].indexOf(line.charAt(0))

const recipientsOf = ({ manager, responsibleUnit }: Project): readonly string[] => {
  const named = [...new Set([manager?.name, responsibleUnit].filter(name => name !== undefined))]
  return named.length > 0 ? named : [nobodyNamed]
}

/** A red of a project that names nobody still reaches somebody: the section that keeps the plans. */
const nobodyNamed = '责任股室'
