import type { CheckpointStore } from '../core/ports.ts'

/** Checkpoints in memory; `stored` lets a test look at or damage them. */
export const memoryCheckpoints = (stored: Map<number, string> = new Map()): CheckpointStore => ({
  numbers: async () => [...stored.keys()].toSorted((a, b) => a - b),
  read: async number => stored.get(number),
  add: async (number, note) => {
    if (stored.has(number)) return 'exists'
    stored.set(number, note)
    return 'added'
  }
})
