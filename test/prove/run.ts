import { parseArgs } from 'node:util'
import type { Proof, ProofResult } from './proof.ts'
import { proofs } from './proofs.ts'

/** `npm run prove -- [names] [--seed N]`: every proof, or those that are named, with their full counts. */
const prove = async (names: readonly string[], seed: number): Promise<boolean> => {
  const chosen = names.length === 0 ? proofs : proofs.filter(({ name }) => names.includes(name))
  const unknown = names.filter(name => !proofs.some(proof => proof.name === name))
  if (unknown.length > 0)
    throw new RangeError(`no proof ${unknown.join(', ')}; there are ${proofs.map(p => p.name).join(', ')}`)
  let holds = true
  for (const proof of chosen) {
    const started = performance.now()
    const result = await proof.run(seed)
    const seconds = ((performance.now() - started) / 1000).toFixed(0)
    process.stdout.write(`${tableOf(proof, result, seed, seconds)}\n`)
    holds &&= result.violations.length === 0
  }
  return holds
}

const mostShown = 20

const tableOf = (
  { name, claim }: Proof,
  { counts, violations }: ProofResult,
  seed: number,
  seconds: string
): string => {
  const rows = [...Object.entries(counts), ['violations', violations.length], ['seconds', seconds]]
  return [
    `${name}: ${claim}`,
    `  npm run prove -- ${name} --seed ${seed}`,
    ...rows.map(([what, number]) => `  ${String(what).padEnd(32)}${Number(number).toLocaleString('en').padStart(12)}`),
    ...violations.slice(0, mostShown).map(sentence => `  ✗ ${sentence}`),
    ''
  ].join('\n')
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seed: { type: 'string', default: '1' } }
})
process.exitCode = (await prove(positionals, Number(values.seed))) ? 0 : 1
