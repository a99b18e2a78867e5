import { fill, make } from './elements.ts'
import { say } from './language.ts'
import type { Photo } from './photo.ts'
import { photoFrom, previewOf } from './picture.ts'

/** So many photographs of one report; the tracker takes twenty. */
const mostPhotos = 6

/** Takes photographs, or chooses some, and shows what will be sent. */
export const photoField = (first: readonly Photo[], change: (photos: readonly Photo[]) => void): HTMLElement => {
  let photos = first
  const strip = make('ul', { className: 'strip' })
  const told = make('p', { className: 'error', role: 'status' })
  const show = (): void => fill(strip, ...photos.map(item))
  const set = (chosen: readonly Photo[]): void => {
    photos = chosen
    show()
    change(photos)
  }
  const item = (photo: Photo, at: number): HTMLElement => {
    const picture = previewOf(photo)
    picture.ariaLabel = say(`照片 ${at + 1}`, `Photograph ${at + 1}`)
    const onclick = (): void => set(photos.filter(other => other !== photo))
    return make('li', {}, picture, make('button', { type: 'button', onclick }, say('去掉', 'Remove')))
  }
  const input = make('input', { type: 'file', accept: 'image/*', multiple: true })
  input.onchange = async () => {
    told.textContent = ''
    for (const file of input.files ?? []) {
      const photo = await photoFrom(file)
      if (!photo) told.textContent = say(`${file.name} 不是照片`, `${file.name} is no photograph`)
      else if (photos.length >= mostPhotos) told.textContent = say(`至多 ${mostPhotos} 张`, `${mostPhotos} at most`)
      else if (!photos.some(({ sha256 }) => sha256 === photo.sha256)) set([...photos, photo])
    }
    input.value = ''
  }
  show()
  return make(
    'div',
    { className: 'photo-field' },
    make('label', { className: 'button' }, input, make('span', {}, say('拍照或选照片', 'Take or choose photographs'))),
    told,
    strip
  )
}
