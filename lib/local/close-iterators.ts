import { createRequire } from 'node:module'
import * as z from 'zod'

/**
 * Has the embedded engine close what it reads with. At the end of every query and scan dynalite 4 calls `return` on its
 * iterator, as one would on a generator; those of abstract-level end by `close` and have no `return`, so each stayed open, with
 * the values that it had read ahead: some 6 to 30 kB for every request, for as long as the tracker ran. Once is enough for the
 * process.
 */
export const closeIterators = (): void => {
  const fromDynalite = createRequire(createRequire(import.meta.url).resolve('dynalite'))
  const { AbstractKeyIterator, AbstractValueIterator } = levelSchema.parse(
    createRequire(fromDynalite.resolve('level'))('abstract-level')
  )
  for (const { prototype } of [AbstractKeyIterator, AbstractValueIterator])
    if (!('return' in prototype)) Object.defineProperty(prototype, 'return', { value: closeAtReturn })
}

function closeAtReturn(this: { readonly close: () => Promise<void> }): Promise<void> {
  return this.close()
}

const iterator = z.custom<{ readonly prototype: object }>(
  value => typeof value === 'function' && 'close' in value.prototype,
  'is no iterator with a close'
)

const levelSchema = z.object({ AbstractKeyIterator: iterator, AbstractValueIterator: iterator })
