import { say } from './language.ts'

/** What an element holds; what is false or undefined is left out. */
export type Inside = Node | string | false | undefined

/** An element with properties and content. Text is always text: markup never comes from data. */
export const make = <Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties: Partial<Omit<HTMLElementTagNameMap[Tag], 'dataset' | 'style'>> = {},
  ...inside: readonly Inside[]
): HTMLElementTagNameMap[Tag] => {
  const made = Object.assign(document.createElement(tag), properties)
  fill(made, ...inside)
  return made
}

/** Replaces what an element holds. */
export const fill = (element: Element, ...inside: readonly Inside[]): void =>
  element.replaceChildren(...inside.filter(piece => piece !== undefined && piece !== false))

/** A large radio button among those of a name. */
export const choice = (name: string, text: string, checked: boolean, onchange: () => void): HTMLElement =>
  make(
    'label',
    { className: 'choice' },
    make('input', { type: 'radio', name, checked, onchange }),
    make('span', {}, text)
  )

/** Leads back to the projects. */
export const back = (): HTMLElement => make('a', { href: '#', className: 'back' }, say('‹ 返回', '‹ Back'))

/** A group of choices under a heading. */
export const group = (legend: string, className: string, ...inside: readonly Inside[]): HTMLElement =>
  make('fieldset', { className }, make('legend', {}, legend), ...inside)

/** A field with its label above it. */
export const field = (label: string, control: HTMLElement): HTMLElement =>
  make('label', { className: 'field' }, make('span', {}, label), control)
