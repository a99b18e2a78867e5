/** A record without the fields that say nothing. */
export const said = <T extends object>(record: T): Partial<T> => {
  const kept = { ...record }
  for (const key of Object.keys(kept) as (keyof T)[]) if (kept[key] === undefined) delete kept[key]
  return kept
}
