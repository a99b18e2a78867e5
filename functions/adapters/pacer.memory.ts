import { emptyFlow, type Flow } from '../core/pace.ts'
import type { Pacer } from '../core/ports.ts'
import { pacerOver } from './pacer.shared.ts'

/** Flows in memory, for one process. */
export const memoryPacer = (flows: Map<string, Flow> = new Map()): Pacer =>
  pacerOver({
    find: async id => flows.get(id) ?? emptyFlow,
    save: async (id, flow) => {
      if (flow.revision !== (flows.get(id)?.revision ?? 0) + 1) return 'outdated'
      flows.set(id, flow)
      return 'saved'
    }
  })
