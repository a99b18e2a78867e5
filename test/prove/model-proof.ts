import * as fc from 'fast-check'
import { startOnDynalite, startOnMemory } from './fault-world.ts'
import { newModel } from './model.ts'
import { anyCommands } from './model-commands.ts'
import { startReal } from './model-real.ts'
import { type ProofResult, startFindings } from './proof.ts'

/** How long the tracker and its model are compared. */
export interface ModelCounts {
  readonly engine: 'memory' | 'dynalite'
  /** At least so many commands, over several lives. */
  readonly steps: number
  /** At most so many commands in a life. */
  readonly longest: number
}

/** Where nothing is ever reached, as when the first step fails each time. */
const mostLives = 10_000

/**
 * Does in the API and in a model what people do, in an order that chance gives: plans, imports, reports, corrections, baselines,
 * pauses, cancellations, cases, tokens, repetitions under a key, conditions, many requests at once, processes that die between
 * two calls and others that are quicker. Both have to say the same, at every step.
 */
export const proveModel = async ({ engine, steps, longest }: ModelCounts, seed: number): Promise<ProofResult> => {
  const findings = startFindings('lives', 'steps', 'requests')
  let done = 0
  for (let life = 0; done < steps && life < mostLives; life += 1) {
    const tracker = await (engine === 'memory' ? startOnMemory() : startOnDynalite())
    try {
      const lived = fc.asyncProperty(anyCommands(longest), fc.scheduler(), async (commands, scheduler) => {
        const real = await startReal(tracker, scheduler)
        const counted = [...commands].map(command => ({
          check: command.check.bind(command),
          run: async (...asked: Parameters<typeof command.run>) => {
            done += 1
            await command.run(...asked)
          },
          toString: () => command.toString()
        }))
        await fc.asyncModelRun(() => ({ model: newModel(), real }), counted)
        findings.count('requests', real.requests())
      })
      const details = await fc.check(lived, { seed: seed + life, numRuns: 1, endOnFailure: true })
      findings.count('lives')
      if (details.failed) findings.violation(`seed ${seed + life}: ${String(details.errorInstance)}`)
    } finally {
      await tracker.stop()
    }
  }
  findings.count('steps', done)
  return findings.result()
}
