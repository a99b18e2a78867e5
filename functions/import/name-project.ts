/** The id of a project: the first of several names that makes one. */
export const projectIdOf = (candidates: readonly (string | undefined)[]): string => {
  for (const candidate of candidates) {
    const slug = (candidate ?? '')
      .toLowerCase()
      .replace(/\.(xer|xml|json)$/, '')
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-+|-+$/g, '')
      .slice(0, 64)
    if (/[a-z]/.test(slug)) return slug
  }
  return 'imported'
}
