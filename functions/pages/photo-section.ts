import { isPhotoHash, photoPath } from '../core/photo.ts'
import { dateText, timeMarkup } from './date-text.ts'
import { projectFolder, rootFrom } from './layout.ts'
import { html, type Markup } from './markup.ts'
import type { ProjectView } from './project-view.ts'
import { section } from './section.ts'

/** So many of a milestone are shown, the newest; the others are counted. */
const mostShown = 12

/**
 * Photographs of the last report on each milestone that had some. Those that were uploaded are shown small and lead to the
 * whole one; of references to elsewhere the page says only how many there are.
 */
export const photoSection = (view: ProjectView): Markup | undefined => {
  const { state, milestones, lang, say, nameOf } = view
  const taken = milestones.flatMap(({ at }) => {
    const { photos = [], reportedOn } = state.progress[at.id] ?? {}
    return photos.length === 0 ? [] : [{ id: at.id, photos, reportedOn }]
  })
  if (taken.length === 0) return undefined
  const times = timesIn(view)
  return section(
    'photos',
    say('现场照片', 'Photographs'),
    html`<ul class="plain">${taken.map(
      ({ id, photos, reportedOn }) => html`
<li>${nameOf(id)} ${say(`${photos.length} 张`, `${photos.length}`)}${reportedOn !== undefined && html` <small>${timeMarkup(reportedOn, lang)}</small>`}${thumbnails(photos, times, view, nameOf(id))}</li>`
    )}
</ul>`
  )
}

const thumbnails = (
  photos: readonly string[],
  times: ReadonlyMap<string, string>,
  { project, lang, say }: ProjectView,
  name: string
): Markup | undefined => {
  const own = photos.filter(isPhotoHash).slice(0, mostShown)
  if (own.length === 0) return undefined
  const root = rootFrom(lang, projectFolder(project.id))
  return html`<span class="photos">${own.map(sha256 => {
    const at = times.get(sha256)
    const when = at === undefined ? '' : say(`,摄于 ${dateText(at, lang)}`, `, taken ${dateText(at, lang)}`)
    const text = say(`${name} 的现场照片${when}`, `Photograph of ${name}${when}`)
    return html`
<a href="${root}${photoPath(project.id, sha256, 'photo')}"><img src="${root}${photoPath(project.id, sha256, 'thumbnail')}" alt="${text}" width="160" height="120" loading="lazy"></a>`
  })}</span>`
}

/** When each was taken, to the minute, as its upload said. */
const timesIn = ({ commits }: ProjectView): ReadonlyMap<string, string> =>
  new Map(
    commits.flatMap(({ events }) =>
      events.flatMap(event =>
        event.type === 'progress-reported'
          ? Object.entries(event.photosTaken ?? {}).map(([sha256, at]) => [sha256, at.slice(0, 16)] as const)
          : []
      )
    )
  )
