import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { builtInCalendars } from '../../data/calendars.ts'
import type { TrackedProject } from '../../functions/core/state.ts'
import { chooseMilestones, type MilestoneChoice } from '../../functions/import/choose-milestones.ts'
import type { ImportedPlan } from '../../functions/import/imported-plan.ts'
import { type ImportInput, type ImportProposal, proposeImport } from '../../functions/import/propose-import.ts'
import { readPlan } from '../../functions/import/read-plan.ts'
import { assessImported } from '../../lib/command-line/assess.ts'
import { rules } from '../core/given.ts'
import { runs } from '../properties/runs.ts'
import { pred, project, task, xer } from './xer.ts'

const bytesOf = (text: string) => new TextEncoder().encode(text)

const read = (bytes: Uint8Array): ImportedPlan => {
  const result = readPlan(bytes)
  if (!result.ok) throw new Error(`${result.fault.code} ${result.fault.detail}`)
  return result.plan
}

const choose = (plan: ImportedPlan, choice: MilestoneChoice): ImportedPlan => {
  const chosen = chooseMilestones(plan, choice, builtInCalendars)
  if (!chosen.ok) throw new Error(chosen.code)
  return chosen.plan
}

const finishes = (plan: ImportedPlan) =>
  Object.fromEntries(assessImported(plan, plan.dataDate ?? '').milestones.map(m => [m.id, m.earlyFinish]))

describe('a file', () => {
  it('is told by how it begins, then by its name', () => {
    const formatOf = (text: string, fileName?: string) => {
      const result = readPlan(bytesOf(text), { fileName })
      return result.ok ? result.plan.format : result.fault.code
    }
    expect(formatOf('{"id":"a","name":"a","start":"2026-03-02","milestones":[]}', 'plan.xml')).toBe('project-json')
    expect(formatOf('<Project/>', 'plan.json')).toBe('ms-project-xml')
    expect(formatOf('\uFEFF  {"id":"a"', 'plan.xer')).toBe('not-json')
    expect(formatOf('hello', 'plan.xer')).toBe('not-xer')
    expect(formatOf('hello')).toBe('unknown-format')
    expect(readPlan(new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1]), { fileName: 'a.xml' })).toMatchObject({
      fault: { code: 'unknown-format' }
    })
  })

  it('of the tracker itself is checked field by field, with the line where it is no JSON', () => {
    expect(readPlan(bytesOf('{\n"id": "a",\n"name" 1}'))).toMatchObject({ fault: { code: 'not-json', line: 3 } })
    const wrong = readPlan(bytesOf('{"id":"a","name":"a","start":"2026-03-02","milestones":[],"extra":1}'))
    expect(wrong).toMatchObject({ fault: { code: 'not-valid', issues: [{ code: 'unrecognized_keys' }] } })
  })

  it('of any bytes gives a plan or a fault, never an exception', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('ERMHDR\t', '<Project>', '{"', ''),
        fc.uint8Array({ maxLength: 200 }),
        (head, tail) => {
          expect(typeof readPlan(new Uint8Array([...bytesOf(head), ...tail])).ok).toBe('boolean')
        }
      )
    )
  })
})

describe('choosing milestones', () => {
  const finish = { task_type: 'TT_FinMile' }
  const TASK = [task(1, 16), task(2, 8), task(3, 24), task(4, 0, finish), task(5, 40), task(6, 0, finish), task(7, 8)]
  const TASKPRED = [
    pred(2, 1),
    pred(3, 1, 'PR_SS', 8),
    pred(4, 2),
    pred(4, 3),
    pred(5, 4),
    pred(6, 5, 'PR_FS', 8),
    pred(7, 6)
  ]
  const plan = read(xer({ ...project, TASK, TASKPRED }))

  it('takes the finish milestones and the end of the project, or what is named', () => {
    expect(choose(plan, 'default').milestones.map(({ id }) => id)).toEqual(['A4', 'A6', 'A7'])
    expect(choose(plan, ['A2', 'A6']).milestones.map(({ id }) => id)).toEqual(['A2', 'A6'])
    expect(choose(plan, 'all')).toBe(plan)
    expect(choose(read(xer({ ...project, TASK: [task(1, 8), task(2, 8)] })), 'default').milestones).toHaveLength(2)
    expect(chooseMilestones(plan, ['A2', 'B'], builtInCalendars)).toEqual({
      ok: false,
      code: 'unknown-milestone',
      names: ['B']
    })
    const many = read(xer({ ...project, TASK: Array.from({ length: 501 }, (_, i) => task(i + 1, 8)) }))
    expect(chooseMilestones(many, 'default', builtInCalendars)).toEqual({
      ok: false,
      code: 'too-many-milestones',
      count: 501
    })
  })

  it('turns the work between them into lags, and the work before the first into a date', () => {
    const chosen = choose(plan, 'default')
    expect(
      chosen.document.project.milestones.map(({ id, predecessors, constraint }) => ({ id, predecessors, constraint }))
    ).toEqual([
      // A3 ends on the Thursday: eight hours after the start of A1, and then twenty-four.
      { id: 'A4', predecessors: undefined, constraint: { type: 'FNET', date: '2026-03-05T17:00' } },
      { id: 'A6', predecessors: [{ milestoneId: 'A4', type: 'FS', lag: 48 }], constraint: undefined },
      { id: 'A7', predecessors: [{ milestoneId: 'A6', type: 'FS', lag: 0 }], constraint: undefined }
    ])
    expect(chosen.lost.map(({ path, what }) => `${path} ${what}`)).toEqual(['milestones 4'])
  })

  it('keeps the dates of those chosen, whatever is chosen and whatever has happened', () => {
    const type = fc.constantFrom('PR_FS', 'PR_SS', 'PR_FF', 'PR_SF')
    const links = fc.array(fc.tuple(fc.nat(7), fc.nat(7), type, fc.constantFrom(0, 0, 4, 16, -8)), { maxLength: 14 })
    const hours = fc.array(fc.constantFrom(8, 16, 24, 40), { minLength: 8, maxLength: 8 })
    fc.assert(
      fc.property(
        links,
        hours,
        fc.uint8Array({ minLength: 8, maxLength: 8, max: 3 }),
        fc.nat(3),
        (pairs, durations, picks, done) => {
          const rows = durations.map((length, i) =>
            i < done
              ? task(i + 1, length, {
                  status_code: 'TK_Complete',
                  act_start_date: '2026-03-02 08:00',
                  act_end_date: '2026-03-04 17:00',
                  remain_drtn_hr_cnt: 0
                })
              : task(i + 1, length)
          )
          const seen = new Set<string>()
          const chains = pairs.flatMap(([a, b, linkType, lag]) => {
            const [from, to] = [Math.min(a, b) + 1, Math.max(a, b) + 1]
            if (from === to || seen.has(`${from}-${to}`)) return []
            seen.add(`${from}-${to}`)
            return [pred(to, from, linkType, lag)]
          })
          const PROJECT = [{ ...project.PROJECT[0], last_recalc_date: '2026-03-05 00:00' }]
          const whole = read(xer({ ...project, PROJECT, TASK: rows, TASKPRED: chains }))
          const ids = rows.map(({ task_code }) => String(task_code)).filter((_, i) => picks[i] === 0)
          if (ids.length === 0) return
          const full = finishes(whole)
          expect(finishes(choose(whole, ids))).toEqual(Object.fromEntries(ids.map(id => [id, full[id]])))
        }
      ),
      { numRuns: runs(400) }
    )
  })
})

describe('an import', () => {
  const planned = (from: string, to: string) => ({
    target_start_date: `2026-03-${from} 08:00`,
    target_end_date: `2026-03-${to} 17:00`
  })
  const first = read(
    xer({
      ...project,
      TASK: [task(1, 16, planned('02', '03')), task(2, 8, planned('04', '04'))],
      TASKPRED: [pred(2, 1)]
    })
  )
  const propose = (input: Omit<ImportInput, 'projectId' | 'rules'>): ImportProposal =>
    proposeImport({ projectId: 'yard-1', rules, ...input })
  const register = () => propose({ plan: first, existing: undefined, today: '2026-03-02' })

  /** The plan that an import sends. */
  const planIn = ({ commands }: ImportProposal) => {
    const sent = commands.find(({ type }) => type === 'register-project')
    if (sent?.type !== 'register-project') throw new Error('no plan was sent')
    return sent
  }

  /** The project as the first file left it. */
  const registered = (): TrackedProject => {
    const { project: known, baseline } = planIn(register())
    const milestones = known.milestones.map(m => ({ ...m, phase: 'construction', weight: 3 }))
    const dates = { number: 1, approvedOn: '2026-03-02', reason: 'first', dates: baseline }
    return {
      status: 'active',
      version: 1,
      project: { ...known, name: '操场', town: '运河街道', milestones },
      registeredOn: '2026-03-02',
      changedOn: '2026-03-02',
      original: dates,
      current: dates,
      progress: {},
      flags: {},
      requests: []
    }
  }

  const next = (rows: readonly ReturnType<typeof task>[], last = '2026-03-05 00:00') =>
    read(
      xer({
        ...project,
        PROJECT: [{ ...project.PROJECT[0], last_recalc_date: last }],
        TASK: rows,
        TASKPRED: [pred(2, 1)]
      })
    )

  const done = {
    status_code: 'TK_Complete',
    act_start_date: '2026-03-02 08:00',
    act_end_date: '2026-03-04 12:00',
    remain_drtn_hr_cnt: 0
  }

  it('of a new project registers it under the id that is asked for', () => {
    const proposal = register()
    expect(proposal).toMatchObject({
      action: 'register',
      faults: [],
      issues: [],
      reports: [],
      milestones: { total: 2, added: ['A1', 'A2'] }
    })
    expect(planIn(proposal)).toMatchObject({
      project: { id: 'yard-1', source: { document: 'Primavera P6 (XER)', item: '1' } },
      baseline: { A1: { start: '2026-03-02T08:00', finish: '2026-03-03T17:00' } }
    })
  })

  it('of the same file again changes nothing but what people did in the tracker stays', () => {
    const proposal = propose({ plan: first, existing: registered(), today: '2026-03-02' })
    expect(proposal).toMatchObject({ action: 'none', moves: [], projected: [], reports: [], faults: [], commands: [] })
  })

  it('of the next file reports its progress, asks for the reason of what is late, and keeps approved dates', () => {
    const plan = next([task(1, 16, { ...planned('02', '03'), ...done }), task(2, 8, planned('05', '06')), task(3, 8)])
    const input = { plan, existing: registered(), today: '2026-03-05' }
    const proposal = propose(input)
    expect(proposal.milestones).toEqual({ total: 3, added: ['A3'], vanished: [] })
    expect(proposal.faults).toMatchObject([{ path: ['reports', 0, 'delay'], code: 'delay-reason-required' }])
    expect(proposal.moves).toMatchObject([{ id: 'A2', later: true, sent: false }])
    const reasoned = propose({ ...input, delay: { code: 'LAND' } })
    expect(reasoned.faults).toEqual([])
    expect(reasoned.reports).toEqual([
      {
        milestoneId: 'A1',
        percentComplete: 100,
        actualStart: '2026-03-02T08:00',
        actualFinish: '2026-03-04T12:00',
        delay: { code: 'LAND' }
      }
    ])
    expect(planIn(reasoned).project).toMatchObject({
      name: '操场',
      town: '运河街道',
      milestones: [{ id: 'A1', phase: 'construction', weight: 3 }, { id: 'A3' }, { id: 'A2' }]
    })
    expect(reasoned.projected.map(({ id }) => id)).toContain('A1')
  })

  it('moves approved dates only when asked, later ones with a reason, locked ones not at all', () => {
    const plan = next([task(1, 16, planned('02', '03')), task(2, 8, planned('05', '06'))], '2026-01-01 00:00')
    const input = { plan, existing: registered(), today: '2026-01-05', rebaseline: true }
    expect(propose(input).faults.map(({ code }) => code)).toEqual(['delay-reason-required'])
    expect(propose({ ...input, delay: { code: 'LAND' } })).toMatchObject({
      action: 'change',
      faults: [],
      moves: [{ id: 'A2', sent: true }]
    })
    const late = propose({ ...input, today: '2026-03-02', delay: { code: 'LAND' } })
    expect(late.faults.map(({ code }) => code)).toEqual(['date-locked'])
  })

  it('keeps a milestone that the file no longer has, and says so', () => {
    const plan = next([task(1, 16, planned('02', '03'))], '2026-03-02 00:00')
    const proposal = propose({ plan, existing: registered(), today: '2026-03-02' })
    expect(proposal.milestones).toEqual({ total: 2, added: [], vanished: ['A2'] })
    expect(proposal.faults).toEqual([])
  })

  it('of a later file without news says that nothing changed', () => {
    const existing = { ...registered(), lastReportOn: '2026-03-02' }
    const plan = next([task(1, 16, planned('02', '03')), task(2, 8, planned('04', '04'))], '2026-03-03 00:00')
    expect(propose({ plan, existing, today: '2026-03-03' }).commands).toEqual([
      { type: 'report-no-change', note: 'primavera-xer YARD @ 2026-03-03' }
    ])
  })

  it('of another project than before is named, since it may be a mistake', () => {
    const other = read(
      xer({ ...project, PROJECT: [{ ...project.PROJECT[0], proj_short_name: 'YARD' }], TASK: [task(1, 16)] })
    )
    const { project: known } = registered()
    const existing = { ...registered(), project: { ...known, source: { document: 'Primavera P6 (XER)', item: '7' } } }
    expect(propose({ plan: other, existing, today: '2026-03-02' }).lost).toContainEqual(
      expect.objectContaining({ path: 'project', what: '7 → 1' })
    )
  })
})
