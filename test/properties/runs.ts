const wholeNumber = (variable: string): number => {
  const value = Number(process.env[variable] ?? 1)
  if (!Number.isSafeInteger(value) || value < 1) throw new RangeError(`${variable} is not a whole number from 1`)
  return value
}

/** Where chance begins in every property: always at the same place, unless `PROPERTY_SEED` names another. */
export const propertySeed = wholeNumber('PROPERTY_SEED')

/** So many times more often than in `npm test` every property is tried. */
export const factor = wholeNumber('PROPERTY_FACTOR')

/**
 * How often a property is tried that is worth `ordinary` tries in `npm test`; the hunt for what is rarer
 * (`npm run prove -- properties`) tries each so many times more often as `PROPERTY_FACTOR` says.
 */
export const runs = (ordinary: number): number => ordinary * factor
