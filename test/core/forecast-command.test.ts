import { execFile } from 'node:child_process'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { forecastDocument } from '../../lib/command-line/forecast.ts'
import { CommandError } from '../../lib/command-line/output.ts'

const shifts = [
  ['08:00', '12:00'],
  ['13:00', '17:00']
]

/** Two weeks of work on hours: 2021-03-01 is a Monday. */
const project = {
  id: 'p',
  name: '示例',
  start: '2021-03-01T08:00',
  calendars: { agenda: { base: 'daily', week: [1, 2, 3, 4, 5], shifts } },
  milestones: [
    {
      id: 'a',
      name: 'a',
      duration: 40,
      calendar: 'agenda',
      weight: 300,
      baseline: { start: '2021-03-01T08:00', finish: '2021-03-05T17:00' }
    },
    {
      id: 'b',
      name: 'b',
      duration: 40,
      calendar: 'agenda',
      weight: 100,
      predecessors: [{ milestoneId: 'a' }],
      baseline: { start: '2021-03-08T08:00', finish: '2021-03-12T17:00' }
    },
    {
      id: 'end',
      name: 'end',
      duration: 0,
      calendar: 'agenda',
      weight: 0,
      predecessors: [{ milestoneId: 'b' }],
      baseline: { start: '2021-03-15T08:00', finish: '2021-03-12T17:00' }
    }
  ]
}

const done = { percentComplete: 100, actualStart: '2021-03-01T08:00', actualFinish: '2021-03-09T17:00' }
const statuses = [
  { date: '2021-03-10T17:00', milestones: [{ id: 'a', ...done }] },
  {
    date: '2021-03-03T17:00',
    milestones: [{ id: 'a', percentComplete: 30, actualStart: '2021-03-01T08:00', actualFinish: '2021-03-09T17:00' }]
  },
  {
    date: '2021-03-18T17:00',
    milestones: [
      { id: 'b', percentComplete: 100.0000001, actualStart: '2021-03-11T08:00', actualFinish: '2021-03-17T17:00' },
      { id: 'end', percentComplete: 100, actualStart: '2021-03-17T17:00', actualFinish: '2021-03-17T17:00' }
    ]
  }
]

describe('tracker forecast', () => {
  it('forecasts at each date, oldest first, from what was known then', () => {
    const [first, second, last] = forecastDocument({ project, statuses })
    expect(first).toMatchObject({
      date: '2021-03-03T17:00',
      plannedPercent: 45,
      percentComplete: 22.5,
      earnedSchedule: '2021-03-02T12:00',
      spiT: 0.5,
      method: 'simulated-network+earned-schedule'
    })
    expect(first?.finish.p50).toMatch(/^2021-03-1\dT\d\d:\d\d$/)
    expect(second).toMatchObject({ percentComplete: 75, plannedPercent: 90 })
    expect(last).toMatchObject({
      percentComplete: 100,
      method: 'actual',
      finish: { p50: '2021-03-17T17:00', p80: '2021-03-17T17:00' }
    })
  })

  it('does not look ahead: later statuses change nothing earlier', () =>
    expect(forecastDocument({ project, statuses: statuses.slice(0, 2) })).toEqual(
      forecastDocument({ project, statuses }).slice(0, 2)
    ))

  it('writes days where the project counts days', () => {
    const milestones = [
      { id: 'a', name: 'a', duration: 5, baseline: { start: '2021-03-01', finish: '2021-03-05' } },
      { id: 'b', name: 'b', duration: 5, predecessors: [{ milestoneId: 'a' }] }
    ]
    const [row] = forecastDocument({
      project: { id: 'p', name: 'p', start: '2021-03-01', milestones },
      statuses: [{ date: '2021-03-03', milestones: [{ id: 'a', percentComplete: 40 }] }]
    })
    expect(row).toMatchObject({ plannedPercent: 20, percentComplete: 20, earnedSchedule: '2021-03-03', spiT: 1 })
    expect(row?.finish.p50).toMatch(/^2021-03-\d\d$/)
  })

  it.each([
    [
      '/statuses/0/milestones/0/id',
      { statuses: [{ date: '2021-03-03T17:00', milestones: [{ id: 'q', percentComplete: 1 }] }] }
    ],
    [
      '/statuses/0/milestones/0/percentComplete',
      { statuses: [{ date: '2021-03-03', milestones: [{ id: 'a', percentComplete: 120 }] }] }
    ],
    ['/statuses/0/date', { statuses: [{ date: '2021-02-30', milestones: [] }] }],
    [
      '/statuses/0/milestones/0/actualFinish',
      { statuses: [{ date: '2021-03-10', milestones: [{ id: 'a', ...done, actualFinish: '2021-02-01T17:00' }] }] }
    ],
    [
      '/project/milestones/1/predecessors/0/milestoneId',
      { project: { ...project, milestones: project.milestones.map(m => ({ ...m, id: `x${m.id}` })) } }
    ],
    [
      '/project/milestones/0/baseline/finish',
      {
        project: {
          ...project,
          milestones: [
            { ...project.milestones[0], baseline: { start: '2021-03-05T08:00', finish: '2021-03-01T08:00' } }
          ]
        }
      }
    ],
    ['/statuses', { statuses: undefined }]
  ])('names %s where it is wrong, in both languages', (pointer, wrong) => {
    const run = () => forecastDocument({ project, statuses, ...wrong })
    expect(run).toThrow(CommandError)
    expect(run).toThrow(new RegExp(`${pointer}: .*\\p{Script=Han}.* / `, 'u'))
  })

  it('exits 0 with JSON alone, 1 on bad data, 2 on wrong use', async () => {
    const file = join(await mkdtemp(join(tmpdir(), 'forecast-')), 'forecast.json')
    await writeFile(file, JSON.stringify({ project, statuses }))
    const good = await tracker('forecast', file, '--json')
    expect(good.code).toBe(0)
    expect(JSON.parse(good.stdout)).toHaveLength(3)
    await writeFile(file, '{')
    expect(await tracker('forecast', file, '--json')).toMatchObject({ code: 1, stdout: '' })
    expect(await tracker('forecast', '--json')).toMatchObject({ code: 2, stdout: '' })
  }, 30_000)
})

const root = fileURLToPath(new URL('../../', import.meta.url))

const tracker = (...args: string[]): Promise<{ readonly code: number; readonly stdout: string }> =>
  new Promise(resolve => {
    const child = execFile(process.execPath, ['bin/tracker.ts', ...args], { cwd: root }, (_, stdout) =>
      resolve({ code: child.exitCode ?? -1, stdout })
    )
  })
