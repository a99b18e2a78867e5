import { parseArgs } from 'node:util'
import type { Proof, ProofResult } from './proof.ts'
import { proofs } from './proofs.ts'

/** `npm run prove -- [names] [--seed N]`: every proof, or those that are named, with their full counts. */
const prove = async (names: readonly string[], seed: number): Promise<boolean> => {
  const chosen = names.length === 0 ? proofs : proofs.filter(({ name }) => names.includes(name))
  const unknown = names.filter(name => !proofs.some(proof => proof.name === name))
  if (unknown.length > 0)
    throw new RangeError(`no proof ${unknown.join(', ')}; there are ${proofs.map(p => p.name).join(', ')}`)
  const begun = performance.now()
  let violations = 0
  for (const proof of chosen) {
    const started = performance.now()
    const result = await attempted(proof, seed)
    process.stdout.write(`${tableOf(proof, result, seed, secondsSince(started))}\n`)
    violations += result.violations.length
  }
  process.stdout.write(`${chosen.length} proofs, ${violations} violations, ${secondsSince(begun)} seconds\n`)
  return violations === 0
}

const secondsSince = (started: number): string => ((performance.now() - started) / 1000).toFixed(0)

/** A proof that breaks off has proved nothing; the others are tried all the same. */
const attempted = async (proof: Proof, seed: number): Promise<ProofResult> => {
  try {
    return await proof.run(seed)
  } catch (error) {
    return { counts: {}, violations: [`broke off: ${error instanceof Error ? error.stack : String(error)}`] }
  }
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
