import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type TemplateMilestone, templates } from '../../data/templates.ts'
import { delayCodes } from '../../functions/core/delay.ts'
import { defaultPolicy, ruleIds } from '../../functions/core/policy.ts'

const page = readFileSync(new URL('../../docs/domain.md', import.meta.url), 'utf8')
const rowsOf = (first: string): string[] => page.split('\n').filter(line => line.startsWith(`| ${first} |`))
const tabled = ['new-school', 'summer-repair', 'equipment', 'counted'] as const

const dayOf = ({ calendar }: TemplateMilestone): string => (calendar === 'cn' ? 'wd' : 'cd')

describe('docs/domain.md', () => {
  it.each(tabled)('tells the rows of the template %s as they are', id => {
    for (const row of templates[id].milestones) {
      const told = rowsOf(row.code).map(line => line.split(' | '))
      const after = row.after.map(link => (typeof link === 'string' ? link : `${link.code} + ${link.lag} cd`))
      const wanted = [row.name, row.nameEn, after.join(', ') || '–', `${row.duration} ${dayOf(row)}`]
      const found = told.some(
        cells =>
          wanted.every((cell, i) => (i === 3 ? cells[i + 1]?.startsWith(cell) : cells[i + 1] === cell)) &&
          row.basis.every(({ source }) => cells.at(-1)?.includes(source ?? ''))
      )
      expect(found, `${id} ${row.code}`).toBe(true)
    }
  })

  it('has one row for each rule and each delay code', () => {
    // The rule P1 has the name of a milestone.
    for (const rule of ['G', ...ruleIds]) expect(rowsOf(rule), rule).toHaveLength(rule === 'P1' ? 2 : 1)
    for (const code of delayCodes) expect(rowsOf(code), code).toHaveLength(1)
  })

  it('gives the default thresholds', () => {
    const p = defaultPolicy
    const says = (rule: string, text: string) => expect(rowsOf(rule)[0]).toContain(text)
    says('B1', `≤ ${p.dueSoonWorkingDays} wd`)
    says('Y1', `${p.yellowSlipWorkingDays}–${p.redSlipWorkingDays} wd`)
    says('R1', `> ${p.redSlipWorkingDays} wd`)
    says('Y2', `${p.yellowGapPoints}–${p.redGapPoints} points`)
    says('R2', `> ${p.redGapPoints} points`)
    says('Y3', `> ${p.floatUsedShare * 100} %`)
    says('R4', `${p.yellowPeriods} periods of ${p.periodMonths} month`)
    says('R5', `≥ ${p.silentMonths} months`)
    says('R6', `> ${p.lateStartMonths} months`)
    says('S1', `> ${p.reportIntervalDays} cd (> ${p.approvalReportIntervalDays})`)
    expect(page).toContain(`locked from ${p.lockDays} cd`)
  })
})
