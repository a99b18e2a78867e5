/** An item whose work failed, with why. */
export interface Failure<Item> {
  readonly item: Item
  readonly error: unknown
}

/**
 * Works through items, a few at a time, in no particular order. A failure stops nothing: it is returned, so that one bad
 * project never keeps the others waiting.
 */
export const inParallel = async <Item>(
  items: Iterable<Item> | AsyncIterable<Item>,
  width: number,
  work: (item: Item) => Promise<void>
): Promise<readonly Failure<Item>[]> => {
  const failures: Failure<Item>[] = []
  const running = new Set<Promise<void>>()
  for await (const item of items) {
    const one: Promise<void> = work(item)
      .catch(error => {
        failures.push({ item, error })
      })
      .finally(() => running.delete(one))
    running.add(one)
    if (running.size >= width) await Promise.race(running)
  }
  await Promise.all(running)
  return failures
}

/**
 * Ends an invocation as failed when some of its items did, after all the others are done, so that it is retried and seen.
 * @throws AggregateError with every failure.
 */
export const throwFailures = <Item>(what: string, failures: readonly Failure<Item>[]): void => {
  if (failures.length === 0) return
  throw new AggregateError(
    failures.map(({ error }) => error),
    `${what}: ${failures.length} failed, first ${String(failures[0]?.item)}`
  )
}
