import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { builtInCalendars } from '../../data/calendars.ts'
import { explainDemonstration } from '../../data/demonstration/explain.ts'
import { demonstrationDate, demonstrationProjects, loadDemonstration } from '../../data/demonstration/load.ts'
import { demonstrationRules, replay } from '../../data/demonstration/replay.ts'
import { assess } from '../../functions/core/assess.ts'
import type { Command } from '../../functions/core/commands.ts'
import { addDays } from '../../functions/core/dates.ts'
import { decide } from '../../functions/core/decide.ts'
import { evolve } from '../../functions/core/evolve.ts'
import type { Light } from '../../functions/core/policy.ts'
import type { TrackedProject } from '../../functions/core/state.ts'

const commands = loadDemonstration(builtInCalendars)
const replayed = replay(commands)

const expected: readonly (readonly [id: string, light: Light, rules: string])[] = [
  ['erzhong-phase-2', 'green', 'G'],
  ['shiyan-primary-complex', 'yellow', 'Y1 B1'],
  ['shiyan-kindergarten-complex', 'red', 'R3 Y1 B1'],
  ['gucheng-linqiao', 'done', 'G'],
  ['hongdong-kindergarten', 'stale', 'S1'],
  ['yunhe-central-kindergarten', 'blue', 'B1'],
  ['vocational-training-base', 'paused', 'P1'],
  ['yunhe-shiyan-school', 'green', 'G'],
  ['no39-north', 'red', 'R1 Y1 B1'],
  ['shiyan-primary-north', 'no-baseline', 'N1'],
  ['rural-teacher-flats', 'yellow', 'Y2'],
  ['campus-monitoring', 'blue', 'B1']
]

describe('the commands of the demonstration', () => {
  it('are in ascending order and none is later than its date', () => {
    const dates = commands.map(({ date }) => date)
    expect(dates).toEqual(dates.toSorted())
    expect(dates.at(-1)).toBe(demonstrationDate)
  })

  it('are each accepted on their date', () => {
    expect([...replayed.keys()].toSorted()).toEqual(expected.map(([id]) => id).toSorted())
  })

  it('say nothing of the future: what was reached was reached by the date of the report', () => {
    for (const { date, command } of commands) {
      if (command.type !== 'report-progress') continue
      for (const { actualStart = date, actualFinish = date } of command.reports) {
        expect(actualStart <= date).toBe(true)
        expect(actualFinish <= date).toBe(true)
      }
    }
  })

  it('give every later date a code and a note that calls itself an example', () => {
    const reports = commands.flatMap(({ command }) => (command.type === 'report-progress' ? command.reports : []))
    const delays = reports.flatMap(({ delay }) => delay ?? [])
    expect(new Set(delays.map(({ code }) => code))).toEqual(new Set(['WEATHER', 'CONTRACTOR', 'LAND']))
    for (const { note } of delays) expect(note).toContain('(示例)')
  })

  it('register projects that call themselves a demonstration and name no person', () => {
    for (const { state } of replayed.values()) {
      expect(state.project.demonstration).toBe(true)
      expect(state.project.manager?.name).toMatch(/^示例/)
      expect(state.project.manager?.contact).toBeUndefined()
      expect(state.project.responsibleUnit).toMatch(/^示例/)
    }
  })
})

describe('the demonstration on 2021-06-21', () => {
  it.each(expected)('shows %s as %s by %s', (id, light, rules) => {
    const assessment = replayed.get(id)?.assessment
    expect(assessment?.light).toBe(light)
    expect(assessment?.rules.join(' ')).toBe(rules)
  })

  it('shows every light', () => {
    const lights = new Set([...replayed.values()].map(({ assessment }) => assessment.light))
    expect(lights).toEqual(new Set(expected.map(([, light]) => light)))
    expect(lights.size).toBe(8)
  })

  it('has the causes that its data name', () => {
    const progress = (id: string, milestone: string) => replayed.get(id)?.state.progress[milestone]
    expect(progress('shiyan-primary-complex', 'C8')?.delay?.code).toBe('WEATHER')
    expect(progress('shiyan-kindergarten-complex', 'C8')?.delay?.code).toBe('CONTRACTOR')
    expect(progress('no39-north', 'A6')?.delay?.code).toBe('LAND')
    expect(replayed.get('hongdong-kindergarten')?.assessment.lastLight).toBe('green')
  })

  it('is explained on docs/demonstration.md as it is now', () => {
    const page = readFileSync(new URL('../../docs/demonstration.md', import.meta.url), 'utf8')
    expect(page).toBe(explainDemonstration())
  })

  it('is the same when the tracker looks at every project every morning, and false alarms come of no report', () => {
    const states = new Map<string, TrackedProject>()
    const apply = (id: string, command: Command, date: string, state: TrackedProject | undefined) => {
      const before = state ?? ({ status: 'unregistered', version: 0 } as const)
      const decision = decide(command, before, demonstrationRules, date)
      if (!decision.ok) throw new Error(`${id} ${date}: ${JSON.stringify(decision.refusal)}`)
      if (decision.events.length === 0) return
      const by = { id: 'test', role: 'admin' } as const
      const version = before.version + 1
      const after = evolve(before, { project: id, version, events: decision.events, by, at: `${date}T00:00:00Z`, date })
      if (after.status !== 'unregistered') states.set(id, after)
    }
    const reds = new Set<string>()
    for (let date = commands[0]!.date; date <= demonstrationDate; date = addDays(date, 1)) {
      for (const [id, state] of states) apply(id, { type: 'review-project' }, date, state)
      for (const { project, command } of commands.filter(c => c.date === date))
        apply(project, command, date, states.get(project))
      for (const [id, state] of states) if (assess(state, date, demonstrationRules).light === 'red') reds.add(id)
    }
    const lights = expected.map(([id]) => [id, assess(states.get(id)!, demonstrationDate, demonstrationRules).light])
    expect(lights).toEqual(expected.map(([id, light]) => [id, light]))
    expect([...reds].toSorted()).toEqual(['no39-north', 'shiyan-kindergarten-complex'])
  })
})

describe('the official facts', () => {
  const { document, projects } = demonstrationProjects

  it('cite the document', () => {
    expect(document.number).toBe('台教体字〔2021〕1号')
    for (const { state } of replayed.values()) expect(state.project.source?.document).toBe(document.number)
  })

  it('are twelve, in the words of the items that they cite', () => {
    expect(projects).toHaveLength(12)
    for (const { official } of projects) {
      const items = official.item.map(item => document.items[item] ?? `no item ${item}`)
      expect(items.join('\n'), official.id).toContain(official.name.replace(/^泥沟镇/, ''))
      expect(items.join('\n'), official.id).toContain(official.owed)
    }
  })

  it.each([
    [
      '二.16',
      '建成启用枣庄二中续建二期、区实验小学综合楼、区实验幼儿园综合楼、古城学校林桥校区综合楼和泥沟镇红东幼儿园、运河街道中心幼儿园等建设项目'
    ],
    ['二.16', '加快推进运河实验学校、枣庄三十九中北校、区实验小学北校建设'],
    ['一.6', '启动实施运河实验学校、枣庄三十九中北校、区实验小学北校等建设项目'],
    [
      '一.5',
      '加快区职业中专实训基地改扩建、枣庄二中续建、区实验小学综合楼新建、古城学校林桥校区改扩建和部分农村幼儿园改扩建进度'
    ],
    ['二.14', '加快区职业中专实训基地建设'],
    ['二.6', '建设68套乡村教师周转宿舍'],
    ['二.19', '实施校园监控提升工程,实现监控全覆盖']
  ])('item %s says: %s', (item, words) => {
    expect(document.items[item]?.replaceAll('\uff0c', ',')).toContain(words)
  })
})
