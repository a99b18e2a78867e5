import { fill, make } from './elements.ts'
import { say } from './language.ts'
import type { Photo } from './photo.ts'
import { photoFrom, previewOf } from './picture.ts'

/** So many photographs of one report; the tracker takes twenty. */
const mostPhotos = 6

/** Where photographs are taken or chosen. */
export interface PhotoField {
  readonly element: HTMLElement
  /** Whether files are still being made into photographs. */
  readonly isBusy: () => boolean
  /** Resolves when every file that was chosen is a photograph of the report; to false where one of them became none. */
  readonly settled: () => Promise<boolean>
}

/** Takes photographs, or chooses some, and shows what will be sent. */
export const photoField = (first: readonly Photo[], change: (photos: readonly Photo[]) => void): PhotoField => {
  let photos = first
  let working: Promise<void> | undefined
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
  const add = async (files: readonly File[]): Promise<void> => {
    for (const file of files) {
      const photo = await photoFrom(file).catch(() => undefined)
      if (!photo) told.textContent = say(`${file.name} 不是照片`, `${file.name} is no photograph`)
      else if (photos.length >= mostPhotos) told.textContent = say(`至多 ${mostPhotos} 张`, `${mostPhotos} at most`)
      else if (!photos.some(({ sha256 }) => sha256 === photo.sha256)) set([...photos, photo])
    }
  }
  input.onchange = async () => {
    told.textContent = ''
    const files = [...(input.files ?? [])]
    input.value = ''
    const before = working
    const mine = Promise.resolve(before).then(() => add(files))
    working = mine
    await mine
    if (working === mine) working = undefined
  }
  const settled = async (): Promise<boolean> => {
    while (working) await working
    return told.textContent === ''
  }
  show()
  const element = make(
    'div',
    { className: 'photo-field' },
    make('label', { className: 'button' }, input, make('span', {}, say('拍照或选照片', 'Take or choose photographs'))),
    told,
    strip
  )
  return { element, isBusy: () => working !== undefined, settled }
}
