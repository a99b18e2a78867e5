import type { CaseLevel } from './case-events.ts'
import type { Project } from './milestone.ts'
import { isInCharge, type Person, type Position, positions, type Reach } from './people.ts'

/** People by id. */
export type Directory = Readonly<Record<string, Person>>

/** Somebody who is told something. */
export interface Recipient {
  /** Id in the directory, or the name in the plan where the directory has nobody. */
  readonly id: string
  /** Absent: every configured channel. */
  readonly reach?: readonly Reach[] | undefined
  readonly person?: Person | undefined
}

/** What there is to hear of a project (DOMAIN §6). */
export type News =
  /** A red that begins to be told: at once, leaders too. */
  | { readonly type: 'red' }
  /** A case nobody answered, or whose answer ran out: at once, whoever it has reached. */
  | { readonly type: 'unanswered'; readonly level: CaseLevel }
  /** A red that stands: in the digest, as far up as its case has gone. */
  | { readonly type: 'red-stands'; readonly level: CaseLevel }
  /** Yellow, silence and the rest: in the digest. */
  | { readonly type: 'flag' }
  /** A date that comes near, or that passed unanswered: in the digest of whoever can keep or move it. */
  | { readonly type: 'date' }
  /** A case whose flag is over and that awaits its evidence. */
  | { readonly type: 'evidence' }

/** Who hears a piece of news of a project. Each person once, in the order of the positions. */
export const hearersOf = (
  news: News,
  project: Pick<Project, 'id' | 'town' | 'responsibleUnit' | 'manager'>,
  directory: Directory
): readonly Recipient[] => {
  const wanted = positionsFor(news)
  const people = Object.values(directory).filter(person => isInCharge(person, project))
  const found = wanted.flatMap(position => {
    const named = people.filter(person => person.position === position).map(recipientOf)
    return named.length > 0 ? named : inPlan(position, project, news)
  })
  // A red of a project that names nobody still reaches somebody: the section that keeps the plans.
  const heard = found.length > 0 ? found : [{ id: nobodyNamed }]
  return [...new Map(heard.map(recipient => [recipient.id, recipient])).values()]
}

const positionsFor = (news: News): readonly Position[] => {
  switch (news.type) {
    case 'red':
      return positions
    case 'unanswered':
      return positions.filter((_, level) => level === 0 || level === news.level)
    case 'red-stands':
      return positions.filter((_, level) => level <= Math.max(1, news.level))
    case 'flag':
    case 'evidence':
      return ['manager', 'section-head']
    case 'date':
      return ['manager']
  }
}

/** Whom the plan itself names; of the leadership it names nobody, so a case that goes up goes to the office. */
const inPlan = (
  position: Position,
  { manager, responsibleUnit }: Pick<Project, 'manager' | 'responsibleUnit'>,
  news: News
): readonly Recipient[] => {
  switch (position) {
    case 'manager':
      return manager ? [{ id: manager.name }] : []
    case 'section-head':
      return responsibleUnit === undefined ? [] : [{ id: responsibleUnit }]
    case 'deputy-director':
      return news.type === 'unanswered' ? [{ id: '分管副局长' }] : []
    case 'director':
      return news.type === 'unanswered' ? [{ id: '局长' }] : []
  }
}

const nobodyNamed = '责任股室'

/** Somebody of the directory as a recipient. */
export const recipientOf = (person: Person): Recipient => ({
  id: person.id,
  ...(person.reach === undefined ? {} : { reach: person.reach }),
  person
})
