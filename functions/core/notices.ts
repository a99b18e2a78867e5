import type { Assessment, Flag } from './assessment.ts'
import { daysBetween, type IsoDate } from './dates.ts'
import type { Commit } from './events.ts'
import type { Project } from './milestone.ts'
import type { Policy } from './policy.ts'
import type { Message } from './ports.ts'
import { flagId } from './state.ts'

/**
 * The instant messages that a commit calls for (DOMAIN §6): a new red goes at once to the project manager and to the
 * responsible unit, everything new to one of them in one message. Older news than the policy's freshness is left to the
 * digest, so that loading a history tells nobody what is long known.
 */
export const instantNotices = (
  commit: Commit,
  project: Project,
  assessment: Assessment,
  today: IsoDate,
  policy: Policy
): readonly Message[] => {
  if (daysBetween(commit.date, today) > policy.noticeFreshDays) return []
  const raised = new Set(
    commit.events.flatMap(event => (event.type === 'flag-raised' && event.severity === 'red' ? [flagId(event)] : []))
  )
  const lines = assessment.flags.filter(flag => raised.has(flagId(flag))).map(flag => lineOf(flag, project))
  if (lines.length === 0) return []
  return recipientsOf(project).map(recipient => ({
    recipient,
    subject: `红色预警:${project.name}`,
    text: lines.join('\n')
  }))
}

/** One project's share in a person's digest. */
export interface DigestEntry {
  readonly project: Project
  readonly assessment: Assessment
}

/**
 * One message per person with everything open in their projects, reds first; nobody gets an empty one (DOMAIN §6).
 * @param entries every project that is followed, in any order.
 */
export const digests = (entries: readonly DigestEntry[], today: IsoDate): readonly Message[] => {
  const linesByRecipient = new Map<string, string[]>()
  const byName = [...entries].sort((a, b) => (a.project.id < b.project.id ? -1 : 1))
  for (const { project, assessment } of byName) {
    const flags = assessment.flags.filter(flag => !isInhibited(flag, assessment, project))
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

/**
 * DOMAIN §6: a slip upstream mutes Y1 of what depends on it, and red mutes yellow of the same milestone. The colour stays
 * as it is; only nobody is told twice.
 */
export const isInhibited = (flag: Flag, { flags }: Assessment, project: Project): boolean => {
  if (flag.severity !== 'yellow') return false
  if (flag.milestoneId === undefined) return false
  if (flags.some(other => other.severity === 'red' && other.milestoneId === flag.milestoneId)) return true
  if (flag.rule !== 'Y1') return false
  const slipped = new Set(flags.filter(({ rule }) => rule === 'Y1' || rule === 'R1').map(f => f.milestoneId))
  return ancestorsOf(flag.milestoneId, project).some(id => slipped.has(id))
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

const ancestorsOf = (id: string, { milestones }: Project): readonly string[] => {
  const found = new Set<string>()
  const visit = (current: string): void => {
    for (const { milestoneId } of milestones.find(m => m.id === current)?.predecessors ?? []) {
      if (found.has(milestoneId)) continue
      found.add(milestoneId)
      visit(milestoneId)
    }
  }
  visit(id)
  return [...found]
}
