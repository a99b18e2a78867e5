/** What a proof tried, and what it found against what it is to prove. */
export interface ProofResult {
  /** How often what was tried, in the order in which it is printed. */
  readonly counts: Readonly<Record<string, number>>
  /** One sentence for each case in which the claim did not hold; a proof is one that has none. */
  readonly violations: readonly string[]
}

/** A proof with its full counts, as `npm run prove` runs it. */
export interface Proof {
  readonly name: string
  /** What has no violation. */
  readonly claim: string
  /** The same seed tries the same things, as far as one process has a say in it. */
  readonly run: (seed: number) => Promise<ProofResult>
}

/** Counts by name, and violations, while a proof is under way. */
export interface Findings {
  readonly count: (what: string, times?: number) => void
  readonly violation: (sentence: string) => void
  readonly result: () => ProofResult
}

/** Findings with these counts at nought, so that what was never tried is printed too. */
export const startFindings = (...names: readonly string[]): Findings => {
  const counts = new Map(names.map(name => [name, 0]))
  const violations: string[] = []
  return {
    count: (what, times = 1) => void counts.set(what, (counts.get(what) ?? 0) + times),
    violation: sentence => void violations.push(sentence),
    result: () => ({ counts: Object.fromEntries(counts), violations })
  }
}
