/**
 * A character that nobody sees in a line: control characters (Cc), halves of surrogate pairs (Cs), and those that turn
 * the direction of the text after them.
 */
export const hiddenCharacter = /[\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069]/u

const everyHidden = new RegExp(hiddenCharacter, 'gu')

/** A text of somebody else as one quotes it: each {@link hiddenCharacter} by its number, as in `\u0000`. */
export const visibleText = (text: string): string =>
  text.replaceAll(everyHidden, character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
