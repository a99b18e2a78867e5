import { describe, expect, it } from 'vitest'
import {
  dslibPrior,
  evidenceOf,
  normalQuantile,
  normalShare,
  overrunAt,
  priorOf,
  shrinkTowards
} from '../../functions/core/overrun-prior.ts'

describe('the normal distribution', () => {
  it.each([
    [0.5, 0],
    [0.8, 0.8416212],
    [0.975, 1.959964],
    [0.001, -3.0902323]
  ])('has its quantile at %d', (share, x) => {
    expect(normalQuantile(share)).toBeCloseTo(x, 6)
    expect(normalShare(x)).toBeCloseTo(share, 6)
  })
})

describe('overruns of durations', () => {
  const prior = { onTime: 0.6, logMean: 0.1, logSpread: 0.5, n: 100, source: 'a class' }

  it('lets the share on time in at exactly one, and rises everywhere', () => {
    const factors = Array.from({ length: 999 }, (_, i) => overrunAt(prior, (i + 1) / 1000))
    expect(factors.filter(factor => factor === 1).length).toBeGreaterThanOrEqual(599)
    expect(factors).toEqual(factors.toSorted((a, b) => a - b))
    expect(factors.filter(factor => factor > 1).length).toBeGreaterThan(factors.filter(factor => factor < 1).length)
  })

  it('has its constants in order', () => {
    expect(dslibPrior.source).toContain('Batselier & Vanhoucke 2015')
    expect(overrunAt(dslibPrior, 0.5)).toBe(1)
  })

  it('reads a class from ratios and bounds what a single one can say', () => {
    const { onTime, logMean, n } = priorOf([1, 1.01, 2, 0.5, 1000], 'x')
    expect(onTime).toBeCloseTo(0.4)
    expect(n).toBe(5)
    expect(logMean).toBeCloseTo(Math.log(3) / 3)
  })

  it('moves towards what is nearer by how much of it there is', () => {
    expect(shrinkTowards(prior, evidenceOf([]), 'none')).toBe(prior)
    const few = shrinkTowards(prior, evidenceOf([2, 2]), 'own')
    const many = shrinkTowards(prior, evidenceOf(Array<number>(50).fill(2)), 'own')
    expect(few.logMean).toBeGreaterThan(prior.logMean)
    expect(many.logMean).toBeGreaterThan(few.logMean)
    expect(many.logMean).toBeLessThan(Math.log(2))
    expect(many.onTime).toBeLessThan(few.onTime)
    expect(many.n).toBe(150)
    expect(many.source).toBe('own; a class')
  })
})
