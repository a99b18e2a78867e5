import type { Project } from '../core/milestone.ts'
import type { SealedCommit } from '../core/ports.ts'

/** A plan without the person in it. */
export type PublicProject = Omit<Project, 'manager'>

/** The plan as the public may see it. */
export const publicProject = ({ manager: _internal, ...project }: Project): PublicProject => project

/**
 * Takes people out of text that somebody typed (a reason, the text of a flag made of one): the names and contacts of
 * all managers that the project has or had, and whatever looks like a telephone number or an address of mail.
 */
export const peopleRemover = (project: Project, commits: readonly SealedCommit[]): ((typed: string) => string) => {
  const words = wordsOf(project, commits)
  const anyone = new RegExp([...words.map(wholeWord), telephone, mailAddress].join('|'), 'gu')
  return typed => (mayName(typed, words) ? typed.replace(anyone, '※') : typed)
}

/** Whether anything that {@link peopleRemover} takes out may stand in a JSON text. */
export const jsonMayName = (json: string, project: Project, commits: readonly SealedCommit[]): boolean =>
  mayName(
    json,
    wordsOf(project, commits).map(word => JSON.stringify(word).slice(1, -1))
  )

/** The names and contacts of all managers, the longest first. */
const wordsOf = (project: Project, commits: readonly SealedCommit[]): readonly string[] => {
  const known = [project, ...commits.flatMap(({ events }) => events.flatMap(projectIn))]
  const told = known.flatMap(({ manager }) => (manager ? [manager.name, ...contactsIn(manager.contact)] : []))
  return [...new Set(told)].filter(word => word.trim().length > 1).sort((a, b) => b.length - a.length)
}

const mayName = (text: string, words: readonly string[]): boolean =>
  text.includes('@') || (likeTelephone.test(text) && anyTelephone.test(text)) || words.some(word => text.includes(word))

const telephone = String.raw`(?<!\d)(?:\+?86[- ]?)?1[3-9]\d(?:[- ]?\d{4}){2}(?!\d)|(?<!\d)(?:0\d{2,3}[- ])\d{7,8}(?!\d)`
const mailAddress = String.raw`[\w.+-]+@[\w-]+(?:\.[\w-]+)+`

const anyTelephone = new RegExp(telephone)
/** Every number has one of these in it; without a look behind each character it is found several times as fast. */
const likeTelephone = /1[3-9]\d[- ]?\d{4}|0\d{2,3}[- ]\d{7}/

const projectIn = (event: SealedCommit['events'][number]): readonly Project[] =>
  event.type === 'project-registered' || event.type === 'plan-changed' ? [event.project] : []

const contactsIn = (contact: string | undefined): readonly string[] =>
  contact === undefined ? [] : [contact, ...contact.split(/[\s,;\uff0c\uff1b\u3001/]+/u)]

/** A name in letters counts only as a word of its own: `An` is not in `Plan`. With `u` no hyphen may be escaped out of a class. */
const wholeWord = (word: string): string => {
  const escaped = word.replace(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`)
  return /^[\w .'-]+$/.test(word) ? String.raw`(?<!\w)${escaped}(?!\w)` : escaped
}
