import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { builtInCalendars } from '../../data/calendars.ts'
import type { Activity, Network } from '../../functions/core/activity.ts'
import { computeNetwork } from '../../functions/core/network.ts'
import { type FloatPath, type FloatPathMethod, floatPaths, longestPath } from '../../functions/core/network-paths.ts'
import { type Row, schedule } from './scheduled.ts'

const short = (paths: readonly FloatPath[]) =>
  paths.map(({ number, float, activities }) => `${number} (${float}) ${activities.join(' ')}`)

/** The example of the literature on P6: A-B-C-D-E is the longest path, C1-C2-C3 hangs on A1 and B1. */
const branches: Record<string, Row> = {
  A: { days: 5 },
  B: { days: 5, after: [['A']] },
  C: { days: 5, after: [['B']] },
  D: { days: 10, after: [['C']] },
  E: { days: 10, after: [['D']] },
  A1: { days: 2, after: [['A']] },
  B1: { days: 3, after: [['B']] },
  C1: { days: 4, after: [['A1'], ['B1']] },
  C2: { days: 4, after: [['C1']] },
  F: { days: 0, after: [['E'], ['C2']] }
}

describe('float paths to hand-over', () => {
  it('by free float follow what drives: the longest path first, then each branch by what it may slip', () => {
    const computed = schedule(branches)
    expect(computed.criticalPath).toEqual(['A', 'B', 'C', 'D', 'E', 'F'])
    // B1 to C2 may slip fourteen days; A1 waits six more for B1.
    expect(short(computed.floatPaths('free-float'))).toEqual(['1 (0) A B C D E F', '2 (14) B1 C1 C2', '3 (20) A1'])
  })

  it('by total float follow the late dates, with what is required in them', () => {
    expect(short(schedule(branches).floatPaths('total-float'))).toEqual([
      '1 (0) A B C D E F',
      '2 (14) B1 C1 C2',
      '3 (20) A1'
    ])
    // With a deadline that C2 misses by two days, A1 has four days left of its twenty.
    const due = schedule({ ...branches, C2: { days: 4, after: [['C1']], deadline: '2026-03-20' } })
    expect(short(due.floatPaths('total-float'))).toEqual(['1 (0) A B C D E F', '2 (14) B1 C1 C2', '3 (4) A1'])
    expect(short(due.floatPaths('free-float'))[2]).toBe('3 (20) A1')
  })

  it('of equal float are numbered in the order of the network', () => {
    const computed = schedule({
      A: { days: 5 },
      P: { days: 2 },
      Q: { days: 4 },
      B: { days: 2, after: [['A'], ['P']] },
      F: { days: 0, after: [['B'], ['Q']] }
    })
    expect(short(computed.floatPaths('free-float'))).toEqual(['1 (0) A B F', '2 (3) P', '3 (3) Q'])
  })

  it('leave out what is done and what leads nowhere near the end', () => {
    const computed = schedule(
      {
        ...branches,
        A: { days: 5, progress: { actualStart: '2026-03-02', actualFinish: '2026-03-06' } },
        X: { days: 90 },
        F: { days: 0, after: [['E'], ['C2'], ['X', 'SS', 5]] }
      },
      { dataDate: '2026-03-07' }
    )
    const members = computed.floatPaths('free-float').flatMap(({ activities }) => activities)
    expect(members).not.toContain('A')
    expect(members).toContain('X')
  })
})

const links = fc.array(fc.tuple(fc.nat(), fc.constantFrom('FS' as const, 'SS' as const, 'FF' as const), fc.nat(4)), {
  maxLength: 3
})
const networks = fc
  .array(fc.record({ days: fc.integer({ min: 1, max: 9 }), links }), { minLength: 2, maxLength: 12 })
  .map((rows): Network => {
    const { time } = builtInCalendars('daily') ?? {}
    if (!time) throw new Error('no calendar')
    const activities = rows.map(
      ({ days, links: own }, i): Activity => ({
        id: String(i),
        time,
        duration: days,
        constraints: [],
        links: i === 0 ? [] : own.map(([from, type, lag]) => ({ from: String(from % i), type, lag }))
      })
    )
    return { activities, start: 0 }
  })

describe('of every network', () => {
  const each = (check: (network: Network, to: string, method: FloatPathMethod, paths: readonly FloatPath[]) => void) =>
    fc.assert(
      fc.property(networks, fc.constantFrom<FloatPathMethod>('total-float', 'free-float'), (network, method) => {
        const result = computeNetwork(network)
        if (!result.ok) throw new Error(result.code)
        const to = String(network.activities.length - 1)
        check(network, to, method, floatPaths(result, to, method, 100))
      })
    )

  it('each activity that leads to the end is on one path, and no other is', () =>
    each((network, to, _method, paths) => {
      const byId = new Map(network.activities.map(activity => [activity.id, activity]))
      const leading = new Set<string>()
      const visit = (id: string): void => {
        if (leading.has(id)) return
        leading.add(id)
        for (const { from } of byId.get(id)?.links ?? []) visit(from)
      }
      visit(to)
      const members = paths.flatMap(({ activities }) => activities)
      expect(members.toSorted()).toEqual([...leading].sort())
      expect(new Set(members).size).toBe(members.length)
    }))

  it('by free float begin with the longest path and may slip more and more', () =>
    each((network, to, method, paths) => {
      if (method !== 'free-float') return
      const result = computeNetwork(network)
      if (!result.ok) throw new Error(result.code)
      expect(paths[0]?.activities).toEqual(longestPath(result, to))
      const floats = paths.map(({ float }) => float)
      expect(floats).toEqual(floats.toSorted((a, b) => a - b))
    }))
})
