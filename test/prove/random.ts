import fc from 'fast-check'

/** Numbers that look like chance and are the same for the same seed. */
export interface Random {
  /** A whole number from 0 to `below`, exclusive. */
  readonly below: (below: number) => number
  readonly pick: <Item>(items: readonly Item[]) => Item
}

const atATime = 1024
const range = 2 ** 31

/** Chance by fast-check's own generator, so that a seed means one thing in every proof. */
export const randomOf = (seed: number): Random => {
  let drawn: number[] = []
  let batch = 0
  const next = (): number => {
    if (drawn.length === 0) {
      drawn = fc.sample(fc.nat({ max: range - 1 }), { seed: seed + batch, numRuns: atATime })
      batch += 1
    }
    return drawn.pop() ?? 0
  }
  const below = (limit: number) => Math.floor((next() / range) * limit)
  return {
    below,
    pick: items => {
      const item = items[below(items.length)]
      if (item === undefined) throw new RangeError('there is nothing to pick from')
      return item
    }
  }
}
