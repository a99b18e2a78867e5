import type { Project } from './milestone.ts'

/** What somebody is in the order of answering: 项目负责人 → 责任股室 → 分管副局长 → 局长. */
export const positions = ['manager', 'section-head', 'deputy-director', 'director'] as const

/** One of {@link positions}; its index is the level of a case that it answers for. */
export type Position = (typeof positions)[number]

/** Hours in which nobody is woken, wall clock in Beijing, `HH:MM`; from (inclusive) to (exclusive), over midnight too. */
export interface QuietHours {
  readonly from: string
  readonly to: string
}

/**
 * One way of reaching a person: a configured channel by its name and, where the channel needs one, the person's address
 * there (an e-mail address, or the number or user id that a robot mentions).
 */
export interface Reach {
  readonly channel: string
  readonly address?: string | undefined
}

/** Somebody in the directory. Internal. */
export interface Person {
  readonly id: string
  readonly name: string
  readonly position: Position
  /** The unit whose projects are theirs, as the plans name it (`responsibleUnit`). */
  readonly unit?: string | undefined
  readonly projects?: readonly string[] | undefined
  readonly towns?: readonly string[] | undefined
  /** How they are reached; every configured channel where nothing is said. */
  readonly reach?: readonly Reach[] | undefined
  readonly quietHours?: QuietHours | undefined
}

/**
 * Whether a project is somebody's: it is named, or its town or its unit is. Who has none of the three has the whole bureau,
 * but a project manager only what is named.
 */
export const isInCharge = (
  { position, unit, projects = [], towns = [] }: Person,
  project: Pick<Project, 'id' | 'town' | 'responsibleUnit'>
): boolean => {
  if (unit === undefined && projects.length === 0 && towns.length === 0) return position !== 'manager'
  return (
    projects.includes(project.id) ||
    (project.town !== undefined && towns.includes(project.town)) ||
    (unit !== undefined && unit === project.responsibleUnit)
  )
}

/** Whether somebody may not be woken at a time of day `HH:MM` in Beijing. */
export const isQuiet = ({ quietHours }: Person, time: string): boolean => {
  if (!quietHours) return false
  const { from, to } = quietHours
  return from <= to ? from <= time && time < to : from <= time || time < to
}
