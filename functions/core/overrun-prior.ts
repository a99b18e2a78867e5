/** What finished activities say of durations. */
export interface DurationEvidence {
  /** How many activities. */
  readonly n: number
  /** Share of them that took exactly the planned time, 0 to 1. */
  readonly onTime: number
  /** Mean of log(actual ÷ planned) of the others; 0 where there are none. */
  readonly logMean: number
}

/** The same of works of one kind, and where they were. */
export interface KindEvidence extends DurationEvidence {
  readonly source: string
}

/**
 * How durations overrun: many come out exactly as planned, the others are lognormal about a median above one. The share
 * on time and the median are moved by what is known of the project itself; `n` and `source` say on what they rest.
 */
export interface OverrunPrior extends KindEvidence {
  /** Standard deviation of log(actual ÷ planned) of those not on time. */
  readonly logSpread: number
}

/**
 * The reference class. Computed, and recomputed by `bench/forecast.ts`, from the eight projects of DSLIB that the bench
 * reads: every activity with a planned duration above zero, actual ÷ planned working hours on the agenda of its project,
 * on time where they differ by less than {@link onTimeTolerance}, logarithms bounded by {@link longestLog}.
 * They are construction and installation works in Belgium of 2006 to 2012, not schools in Shandong.
 */
export const dslibPrior: OverrunPrior = {
  onTime: 0.645,
  logMean: 0.102,
  logSpread: 0.578,
  n: 242,
  source: 'DSLIB, 8 projects (Batselier & Vanhoucke 2015)'
}

/** A duration within this share of the planned one is on time. */
export const onTimeTolerance = 0.02

/** No single activity says more than that work takes three times as long, or a third. */
export const longestLog = Math.log(3)

/** Finished activities of which a class counts as much as what is nearer to the project. */
const classWeight = 12

/** What ratios of actual to planned durations say. */
export const evidenceOf = (ratios: readonly number[]): DurationEvidence => {
  const logs = logsOff(ratios)
  return {
    n: ratios.length,
    onTime: (ratios.length - logs.length) / Math.max(1, ratios.length),
    logMean: logs.reduce((sum, log) => sum + log, 0) / Math.max(1, logs.length)
  }
}

/** The prior of a reference class from its ratios; at least two of them must be off time. */
export const priorOf = (ratios: readonly number[], source: string): OverrunPrior => {
  const logs = logsOff(ratios)
  const evidence = evidenceOf(ratios)
  const squares = logs.reduce((sum, log) => sum + (log - evidence.logMean) ** 2, 0)
  return { ...evidence, logSpread: Math.sqrt(squares / Math.max(1, logs.length - 1)), source }
}

/**
 * A prior moved by nearer evidence (of its kind, then of the project itself): the class counts as {@link classWeight}
 * activities beside the n that are known. The spread stays that of the class, since a few activities say little of it.
 */
export const shrinkTowards = (prior: OverrunPrior, nearer: DurationEvidence, source: string): OverrunPrior => {
  const { n, onTime, logMean } = nearer
  if (n === 0) return prior
  const off = n * (1 - onTime)
  const priorOff = classWeight * (1 - prior.onTime)
  return {
    onTime: (n * onTime + classWeight * prior.onTime) / (n + classWeight),
    logMean: (off * logMean + priorOff * prior.logMean) / (off + priorOff),
    logSpread: prior.logSpread,
    n: n + prior.n,
    source: `${source}; ${prior.source}`
  }
}

/** Logarithms of the ratios that are not on time. */
const logsOff = (ratios: readonly number[]): readonly number[] =>
  ratios
    .filter(ratio => Math.abs(ratio - 1) >= onTimeTolerance)
    .map(ratio => Math.max(-longestLog, Math.min(longestLog, Math.log(Math.max(ratio, 1e-6)))))

/** The factor on a duration at a share `u` of the distribution, 0 < u < 1: a lognormal with the mass on time let in at 1. */
export const overrunAt = ({ onTime, logMean, logSpread }: OverrunPrior, u: number): number => {
  const early = (1 - onTime) * normalShare(-logMean / logSpread)
  if (u >= early && u <= early + onTime) return 1
  const share = (u < early ? u : u - onTime) / (1 - onTime)
  return Math.exp(logMean + logSpread * normalQuantile(share))
}

/** The normal distribution function, by Abramowitz & Stegun 7.1.26 (error below 1.5e-7). */
export const normalShare = (x: number): number => {
  const z = Math.abs(x) / Math.SQRT2
  const t = 1 / (1 + 0.3275911 * z)
  const tail =
    t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429)))) * Math.exp(-z * z)
  return x >= 0 ? 1 - tail / 2 : tail / 2
}

/** The normal quantile, by bisection-free inversion (Acklam 2003, error below 1.2e-9 of the value). */
export const normalQuantile = (p: number): number => {
  const q = Math.min(1 - 1e-12, Math.max(1e-12, p))
  if (q > 0.97575) return -normalQuantile(1 - q)
  if (q < 0.02425) {
    const r = Math.sqrt(-2 * Math.log(q))
    return polynomial(tailTop, r) / polynomial(tailBottom, r)
  }
  const c = q - 0.5
  return (polynomial(middleTop, c * c) * c) / polynomial(middleBottom, c * c)
}

const polynomial = (coefficients: readonly number[], x: number): number => {
  let value = 0
  for (const coefficient of coefficients) value = value * x + coefficient
  return value
}

const middleTop = [
  -39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716, 2.506628277459239
]
const middleBottom = [
  -54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572, 1
]
const tailTop = [
  -0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734, 4.374664141464968,
  2.938163982698783
]
const tailBottom = [0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416, 1]
