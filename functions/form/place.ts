import type { Subject } from './draft.ts'

/** Where in the form somebody is; it stands in the fragment, so that "back" and reload do what they do everywhere. */
export type Place =
  | { readonly type: 'home' }
  | { readonly type: 'outbox' }
  | { readonly type: 'report'; readonly subject: Subject }
  | { readonly type: 'correct'; readonly key: string }

/** The fragment of the form about a subject. */
export const placeOf = (subject: Subject): string => {
  const project = encodeURIComponent(subject.project)
  switch (subject.type) {
    case 'milestone':
      return `#milestone/${project}/${encodeURIComponent(subject.milestone)}`
    case 'count':
      return `#count/${project}`
    case 'project':
      return `#project/${project}`
  }
}

/** The fragment of the list of reports. */
export const outboxPlace = '#outbox'

/** The fragment of the form that corrects a refused report. */
export const correctPlace = (key: string): string => `#correct/${key}`

/** A place where something is filled in. */
export type FillingPlace = Extract<Place, { readonly type: 'report' | 'correct' }>

/** Its fragment. */
export const fillingPlaceOf = (place: FillingPlace): string =>
  place.type === 'report' ? placeOf(place.subject) : correctPlace(place.key)

/** The place that a fragment names; anything else is home. */
export const placeIn = (fragment: string): Place => {
  const [kind, first = '', second = ''] = fragment.replace(/^#/, '').split('/').map(decoded)
  if (kind === 'outbox') return { type: 'outbox' }
  if (kind === 'correct') return { type: 'correct', key: first }
  if (kind === 'milestone') return { type: 'report', subject: { type: 'milestone', project: first, milestone: second } }
  if (kind === 'count' || kind === 'project') return { type: 'report', subject: { type: kind, project: first } }
  return { type: 'home' }
}

const decoded = (part: string): string => {
  try {
    return decodeURIComponent(part)
  } catch {
    return ''
  }
}
