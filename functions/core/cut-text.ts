/**
 * Cuts a text into pieces of at most `limit`, at the ends of lines; only a line that is longer by itself is cut inside,
 * and then between characters as people see them (an emoji with its modifiers is one). Line breaks between pieces are
 * dropped.
 * @param sizeOf size of a text in the unit of `limit`; of two texts one after the other it must be the sum of both.
 */
export const cutText = (text: string, limit: number, sizeOf: (text: string) => number): readonly string[] => {
  const lineBreak = sizeOf('\n')
  const pieces: string[] = []
  let piece: string[] = []
  let size = 0
  for (const line of text.split('\n').flatMap(one => (sizeOf(one) <= limit ? [one] : cutLine(one, limit, sizeOf)))) {
    const more = sizeOf(line) + (piece.length > 0 ? lineBreak : 0)
    if (piece.length > 0 && size + more > limit) {
      pieces.push(piece.join('\n'))
      piece = [line]
      size = sizeOf(line)
    } else {
      piece.push(line)
      size += more
    }
  }
  return [...pieces, piece.join('\n')]
}

/** Size of a text as UTF-8. */
export const bytesOf = (text: string): number => encoder.encode(text).length

/** Size of a text inside the quotes of a JSON string, as UTF-8: what a body of JSON makes of it. */
export const jsonBytesOf = (text: string): number => bytesOf(JSON.stringify(text)) - 2

const encoder = new TextEncoder()
const characters = new Intl.Segmenter('zh', { granularity: 'grapheme' })

const cutLine = (line: string, limit: number, sizeOf: (text: string) => number): readonly string[] => {
  const pieces: string[] = []
  let piece = ''
  let size = 0
  for (const character of charactersOf(line, limit, sizeOf)) {
    const more = sizeOf(character)
    if (piece !== '' && size + more > limit) {
      pieces.push(piece)
      piece = ''
      size = 0
    }
    piece += character
    size += more
  }
  return [...pieces, piece]
}

/** A character with more modifiers than fit falls into its code points. */
const charactersOf = (line: string, limit: number, sizeOf: (text: string) => number): readonly string[] =>
  [...characters.segment(line)].flatMap(({ segment }) => (sizeOf(segment) <= limit ? [segment] : [...segment]))
