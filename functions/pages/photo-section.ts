import { timeMarkup } from './date-text.ts'
import { html, type Markup } from './markup.ts'
import type { ProjectView } from './project-view.ts'
import { section } from './section.ts'

/**
 * Photographs that were reported, counted by milestone with the date of the report. The pictures themselves may show
 * people and lie elsewhere, so the public page holds none of them and no address.
 */
export const photoSection = ({ state, milestones, lang, say, nameOf }: ProjectView): Markup | undefined => {
  const taken = milestones.flatMap(({ at }) => {
    const { photos = [], reportedOn } = state.progress[at.id] ?? {}
    return photos.length === 0 ? [] : [{ id: at.id, count: photos.length, reportedOn }]
  })
  if (taken.length === 0) return undefined
  return section(
    'photos',
    say('现场照片', 'Photographs'),
    html`<ul class="plain">${taken.map(
      ({ id, count, reportedOn }) => html`
<li>${nameOf(id)} ${say(`${count} 张`, `${count}`)}${reportedOn !== undefined && html` <small>${timeMarkup(reportedOn, lang)}</small>`}</li>`
    )}
</ul>
<p><small>${say('照片可能拍到人,不在公开页面展示。', 'Photographs may show people and are not published.')}</small></p>`
  )
}
