import { dslibClass } from '../functions/core/forecast.ts'
import { commonShare } from '../functions/core/forecast-simulation.ts'
import { dslibPrior } from '../functions/core/overrun-prior.ts'
import { dslibProjects } from '../test/data/dslib.ts'
import {
  classOf,
  intraclassCorrelation,
  type Judged,
  leaveOneOut,
  paceOf,
  peers
} from '../test/data/dslib-forecasts.ts'

/**
 * Forecasts of the finish on the projects of DSLIB, each project judged by a reference class made of the others alone:
 * the mean absolute percentage error of P50 per project beside its peers on the same status dates, in working time from
 * the start, and how often P50 and P80 held.
 */

const projects = dslibProjects()
if (projects.length > 0) {
  const judged = leaveOneOut(projects)
  const codes = projects.map(({ code }) => code)
  const of = (code: string) => judged.filter(row => row.code === code)
  const methods: readonly (readonly [string, (row: Judged) => number])[] = [
    ['tracker P50', ({ p50 }) => p50],
    ...peers.map(peer => [peer, ({ peers: own }: Judged) => own[peer]] as const)
  ]
  const errorsOf = (rows: readonly Judged[]) =>
    methods.map(([, finish]) => mean(rows.map(row => (100 * Math.abs(finish(row) - row.real)) / row.real)))
  const errors = codes.map(code => errorsOf(of(code)))
  const line = (values: readonly number[]) =>
    Object.fromEntries(methods.map(([method], i) => [method, Number((values[i] ?? 0).toFixed(2))]))
  console.log('Mean absolute percentage error of the forecast finish')
  console.table({
    ...Object.fromEntries(
      codes.map((code, i) => [code, { 'status dates': of(code).length, ...line(errors[i] ?? []) }])
    ),
    mean: { 'status dates': judged.length, ...line(methods.map((_, k) => mean(errors.map(row => row[k] ?? 0)))) }
  })
  const lost = codes.filter((_, i) => (errors[i]?.[0] ?? 0) > (errors[i]?.[1] ?? 0))
  console.log(`It loses to earned schedule on ${lost.join(', ') || 'none'}.\n`)

  const held = (rows: readonly Judged[], finish: (row: Judged) => number) =>
    Math.round(mean(rows.map(row => (row.real <= finish(row) ? 100 : 0))))
  console.log('Share of real finishes at or before the forecast, percent')
  const shares = (rows: readonly Judged[]) => ({
    P50: held(rows, ({ p50 }) => p50),
    P80: held(rows, ({ p80 }) => p80)
  })
  console.table({ ...Object.fromEntries(codes.map(code => [code, shares(of(code))])), 'all dates': shares(judged) })

  const { durations, pace } = classOf(projects)
  console.log('The reference class: constants of the program beside what these files give')
  console.table({
    'activities on time': { constant: dslibPrior.onTime, computed: durations.onTime },
    'log mean of the others': { constant: dslibPrior.logMean, computed: durations.logMean },
    'log spread of the others': { constant: dslibPrior.logSpread, computed: durations.logSpread },
    activities: { constant: dslibPrior.n, computed: durations.n },
    'pace, log spread about PF=1': { constant: dslibClass.pace.logSpread, computed: pace.logSpread },
    'pace, log median': { constant: dslibClass.pace.logMedian, computed: paceOf(projects).median },
    'share in common (doubled)': { constant: commonShare, computed: intraclassCorrelation(projects) }
  })
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
}
