import type { Assessment, Flag, MilestoneAssessment } from '../../functions/core/assessment.ts'
import type { Course } from '../../functions/core/course.ts'
import { addDays, daysBetween, type IsoDate, toDayNumber, weekdayOf } from '../../functions/core/dates.ts'
import type { DelayCode } from '../../functions/core/delay.ts'
import type { ProjectEvent } from '../../functions/core/events.ts'
import type { Milestone, Project } from '../../functions/core/milestone.ts'
import { type Light, type RuleId, severityOf } from '../../functions/core/policy.ts'
import type { SealedCommit, Summary } from '../../functions/core/ports.ts'
import type { Progress, TrackedProject } from '../../functions/core/state.ts'
import { summaryOf as coreSummaryOf } from '../../functions/core/summary.ts'
import type { ProjectPageData } from '../../functions/pages/project-view.ts'

/** A hand-built bureau: one project for every colour, dates counted by weekdays alone so that no notice changes them. */
export const dataDate = '2021-06-21'

/** The manager of every project of the fixture. No public file may hold either word. */
export const manager = { name: '张建国', contact: '13912345678' }

/** A milestone of the fixture: planned dates, and by how many calendar days its finish is late; done when `done`. */
interface Row {
  readonly id: string
  readonly name: string
  readonly nameEn?: string
  readonly phase?: string
  readonly start: IsoDate
  readonly finish: IsoDate
  readonly late?: number
  readonly done?: true
  readonly percent?: number
  readonly delay?: DelayCode
  readonly float?: number
  readonly light?: Light
  readonly cancelled?: true
}

/** A project of the fixture. */
export interface Sketch {
  readonly id: string
  readonly name: string
  readonly nameEn?: string
  readonly light: Light
  readonly lastLight?: Light
  readonly rules?: readonly RuleId[]
  readonly requiredBy?: IsoDate
  readonly rows: readonly Row[]
  readonly count?: Project['count']
  readonly countDone?: number
  readonly percent: number
  readonly planned?: number
  readonly lastReportOn?: IsoDate
  readonly programme?: string
  readonly town?: string
  readonly responsibleUnit?: string
  readonly events?: readonly (readonly [IsoDate, SealedCommit['by']['role'], ...ProjectEvent[]])[]
  readonly checks?: Assessment['checks']
  readonly provisional?: true
}

/** Weekdays after `from` up to `to`, negative backwards. */
export const weekdays = (from: IsoDate, to: IsoDate): number => {
  if (to < from) return -weekdays(to, from)
  let count = 0
  for (let day = toDayNumber(from) + 1; day <= toDayNumber(to); day += 1) if (weekdayOf(day) <= 5) count += 1
  return count
}

const projected = (row: Row): IsoDate => addDays(row.finish, row.late ?? 0)

const planOf = (sketch: Sketch): Project => ({
  id: sketch.id,
  name: sketch.name,
  nameEn: sketch.nameEn,
  programme: sketch.programme ?? '续建启用',
  town: sketch.town ?? '运河街道',
  category: 'building',
  responsibleUnit: sketch.responsibleUnit ?? '规划建设股',
  manager,
  requiredBy: sketch.requiredBy,
  start: sketch.rows[0]!.start,
  source: { document: '台教体字〔2021〕1号', item: '二.16', owed: '建成启用' },
  demonstration: true,
  milestones: sketch.rows.map(
    ({ id, name, nameEn, phase, start, finish }, index): Milestone => ({
      id,
      name,
      nameEn,
      phase: phase ?? 'construction',
      duration: daysBetween(start, finish) + 1,
      calendar: 'daily',
      predecessors: index === 0 ? [] : [{ milestoneId: sketch.rows[index - 1]!.id, type: 'FS', lag: 0 }]
    })
  ),
  count: sketch.count
})

const milestoneOf = (row: Row, index: number, sketch: Sketch): MilestoneAssessment => {
  const bare = sketch.light === 'no-baseline'
  const finish = projected(row)
  const began = row.done || row.percent !== undefined
  return {
    id: row.id,
    light:
      row.light ??
      (row.done
        ? 'done'
        : bare
          ? 'no-baseline'
          : (row.late ?? 0) > 20
            ? 'red'
            : (row.late ?? 0) > 0
              ? 'yellow'
              : 'green'),
    status: row.cancelled ? 'cancelled' : row.done ? 'done' : began ? 'in-progress' : 'not-started',
    percentComplete: row.done ? 100 : (row.percent ?? 0),
    originalFinish: bare ? null : index === 2 ? addDays(row.finish, -14) : row.finish,
    baselineStart: bare ? null : row.start,
    baselineFinish: bare ? null : row.finish,
    earlyStart: row.done ? row.start : addDays(row.start, row.late ?? 0),
    earlyFinish: finish,
    lateStart: row.done ? null : row.start,
    lateFinish: row.done ? null : addDays(finish, row.float ?? 0),
    totalFloat: row.done ? null : (row.float ?? 0),
    freeFloat: row.done ? null : 0,
    critical: !row.done && !row.cancelled && (row.float ?? 0) <= 0,
    projectedFinish: finish,
    variance: bare
      ? null
      : { workingDays: weekdays(row.finish, finish), calendarDays: daysBetween(row.finish, finish) },
    drivenBy: row.done
      ? { kind: 'actual', ref: 'actualFinish' }
      : index === 0
        ? { kind: 'constraint', ref: 'start' }
        : row.delay
          ? { kind: 'report', ref: 'forecastFinish' }
          : { kind: 'predecessor', ref: sketch.rows[index - 1]!.id }
  }
}

const flagOf = (rule: RuleId, sketch: Sketch): Flag => {
  const row = sketch.rows.find(({ done, cancelled }) => !done && !cancelled)!
  const ofMilestone = ['B1', 'Y1', 'R1', 'Y4', 'R6'].includes(rule)
  const days = weekdays(row.finish, projected(row))
  return {
    rule,
    severity: severityOf[rule],
    ...(ofMilestone ? { milestoneId: row.id } : {}),
    since: addDays(dataDate, -7),
    facts: { workingDays: days, baselineFinish: row.finish, reason: '等待用地手续,联系张建国 13912345678' },
    text: {
      zh: `${row.name}计划 ${row.finish},预计 ${projected(row)},相差 ${days} 个工作日(> 15)`,
      en: `${row.nameEn ?? row.name} was planned for ${row.finish} and is expected on ${projected(row)}, ${days} working days (> 15)`
    }
  }
}

const assessmentOf = (sketch: Sketch): Assessment => {
  const last = sketch.rows.findLast(({ phase }) => phase !== 'closeout')!
  const bare = sketch.light === 'no-baseline'
  const finish = projected(last)
  return {
    projectId: sketch.id,
    dataDate,
    light: sketch.light,
    lastLight: sketch.lastLight,
    rules: sketch.rules ?? ['G'],
    baselineFinish: bare ? null : last.finish,
    currentFinish: bare ? null : last.finish,
    projectedFinish: finish,
    requiredBy: sketch.requiredBy ?? null,
    marginWorkingDays: sketch.requiredBy === undefined ? null : weekdays(finish, sketch.requiredBy),
    variance: bare
      ? null
      : { workingDays: weekdays(last.finish, finish), calendarDays: daysBetween(last.finish, finish) },
    percentComplete: sketch.percent,
    plannedPercent: sketch.planned ?? null,
    spi: sketch.planned ? Math.round((sketch.percent / sketch.planned) * 1000) / 1000 : null,
    spiT: sketch.planned ? 0.93 : null,
    earnedSchedule: null,
    provisional: sketch.provisional ?? false,
    criticalPath: sketch.rows.filter(row => !row.done && !row.cancelled && (row.float ?? 0) <= 0).map(({ id }) => id),
    milestones: sketch.rows.map((row, index) => milestoneOf(row, index, sketch)),
    flags: (sketch.rules ?? []).map(rule => flagOf(rule, sketch)),
    guard:
      sketch.requiredBy === undefined || sketch.light === 'done'
        ? null
        : {
            requiredBy: sketch.requiredBy,
            projectedFinish: finish,
            endangered: finish > sketch.requiredBy,
            latestStartOfWorks: null,
            borrowedPremises: { decideBy: '2021-06-18', workingDays: 30, passed: true },
            phasedOpening: { decideBy: '2021-08-04', workingDays: 15, passed: false }
          },
    checks: sketch.checks ?? []
  }
}

const progressOf = (row: Row): Progress => ({
  percentComplete: row.done ? 100 : (row.percent ?? 0),
  ...(row.done || row.percent !== undefined ? { actualStart: row.start } : {}),
  ...(row.done ? { actualFinish: projected(row) } : {}),
  ...(row.delay ? { delay: { code: row.delay, note: '请找张建国' }, forecastFinish: projected(row) } : {}),
  ...(row.cancelled ? { cancelled: { on: '2021-05-10', reason: '并入综合楼' } } : {}),
  note: '张建国 13912345678 已到场'
})

const stateOf = (sketch: Sketch, project: Project, version: number): TrackedProject => {
  const dates = Object.fromEntries(sketch.rows.map(({ id, start, finish }) => [id, { start, finish }]))
  const baseline = { number: 1, approvedOn: '2021-01-15', reason: '年初会议,张建国汇报', dates }
  const registered = {
    version,
    project,
    registeredOn: '2021-01-08',
    changedOn: sketch.lastReportOn ?? '2021-01-08',
    ...(sketch.light === 'no-baseline' ? {} : { original: baseline, current: baseline }),
    progress: Object.fromEntries(sketch.rows.map(row => [row.id, progressOf(row)])),
    ...(sketch.countDone === undefined ? {} : { countDone: sketch.countDone }),
    lastReportOn: sketch.lastReportOn,
    flags: {},
    requests: []
  }
  return sketch.light === 'paused'
    ? {
        ...registered,
        status: 'paused',
        pause: { since: '2021-05-20', reason: '等待规划调整', reviewOn: '2021-07-20' }
      }
    : { ...registered, status: 'active' }
}

/** Three reports: as planned, half as late as now, as late as now; every reason costs the weekdays of its milestone. */
const courseOf = (sketch: Sketch): Course => {
  const rows = sketch.rows.filter(({ cancelled }) => !cancelled)
  const finishes = (share: number) =>
    Object.fromEntries(
      rows.map(row => [row.id, addDays(row.finish, row.done ? (row.late ?? 0) : Math.round(share * (row.late ?? 0)))])
    )
  const point = (on: IsoDate, share: number) => ({
    on,
    percentComplete: Math.round(sketch.percent * (0.4 + 0.6 * share)),
    plannedPercent: sketch.planned === undefined ? null : Math.round(sketch.planned * (0.4 + 0.6 * share)),
    finishes: finishes(share)
  })
  const start = sketch.rows[0]!.start
  const days = daysBetween(start, sketch.rows.findLast(({ phase }) => phase !== 'closeout')!.finish)
  return {
    planned:
      sketch.light === 'no-baseline'
        ? []
        : [0, 25, 50, 75, 100].map(percent => ({ on: addDays(start, Math.round((percent * days) / 100)), percent })),
    points: [point('2021-01-15', 0), point('2021-05-06', 0.5), point(dataDate, 1)],
    dates: 3,
    delays: rows.flatMap(row =>
      row.delay
        ? [
            {
              on: '2021-06-18',
              code: row.delay,
              milestoneId: row.id,
              workingDays: weekdays(row.finish, projected(row))
            }
          ]
        : []
    ),
    makeUpDays: ['2020-09-27', '2020-10-10', '2021-02-07', '2021-02-20', '2021-04-25', '2021-05-08']
  }
}

const hashOf = (id: string, version: number): string =>
  [...`${version}${id}`.repeat(4)]
    .map(each => (each.charCodeAt(0) % 256).toString(16).padStart(2, '0'))
    .join('')
    .slice(0, 64)
    .padEnd(64, '0')

const commitsOf = (sketch: Sketch, project: Project): readonly SealedCommit[] => {
  const first = ['2021-01-08', 'admin', { type: 'project-registered', project }] as const
  return [first, ...(sketch.events ?? [])]
    .map(
      ([date, role, ...events], index): SealedCommit => ({
        project: sketch.id,
        version: index + 1,
        events,
        by: { id: '张建国-token', role },
        at: `${date}T01:00:00Z`,
        date,
        previousHash: index === 0 ? '0'.repeat(64) : hashOf(sketch.id, index),
        hash: hashOf(sketch.id, index + 1)
      })
    )
    .reverse()
}

/** Everything that the page of a sketched project is made of, without its neighbours. */
export const pageDataOf = (sketch: Sketch): ProjectPageData => {
  const project = planOf(sketch)
  const commits = commitsOf(sketch, project)
  return {
    state: stateOf(sketch, project, commits.length),
    assessment: assessmentOf(sketch),
    commits,
    course: courseOf(sketch),
    neighbours: {}
  }
}

/** The summary of a project, as the tracker keeps it. */
export const summaryOf = ({ state, assessment }: ProjectPageData): Summary => coreSummaryOf(state, assessment)

/** Page data in order, each with its neighbours. */
export const withNeighbours = (all: readonly ProjectPageData[]): readonly ProjectPageData[] =>
  all.map((data, index) => {
    const neighbour = (at: ProjectPageData | undefined) =>
      at && { id: at.state.project.id, name: at.state.project.name, nameEn: at.state.project.nameEn }
    return { ...data, neighbours: { previous: neighbour(all[index - 1]), next: neighbour(all[index + 1]) } }
  })
