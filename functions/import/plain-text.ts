/** One line of at most `longest` characters, as the schema of a plan admits it. */
export const lineOf = (text: string, longest: number): string =>
  [...text.replaceAll(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]+/gu, ' ').replaceAll(/\s+/g, ' ')]
    .join('')
    .trim()
    .slice(0, longest)
    .replace(/[\uD800-\uDBFF]$/, '')
    .trim()
