import { describe, expect, it } from 'vitest'
import { demonstrationDate, loadDemonstration } from '../../data/demonstration/load.ts'
import { demonstrationRules, replay } from '../../data/demonstration/replay.ts'
import { assess } from '../../functions/core/assess.ts'
import type { Project } from '../../functions/core/milestone.ts'
import { computeSchedule, dateOf, projectCalendars } from '../../functions/core/schedule.ts'
import type { TrackedProject } from '../../functions/core/state.ts'
import { readPlan } from '../../functions/import/read-plan.ts'
import { msProjectFile } from '../../functions/pages/ms-project-file.ts'
import { planOf } from '../../functions/schema/plan.ts'
import { chain, given, register } from '../core/given.ts'

const { calendars } = demonstrationRules
const replayed = [...replay(loadDemonstration(calendars)).entries()]

/** The plan as our importer reads it from the file. */
const readBack = (state: TrackedProject) => {
  const assessment = assess(state, demonstrationDate, demonstrationRules)
  const { body, path } = msProjectFile({ state, assessment }, calendars)
  const result = readPlan(Buffer.from(body), { fileName: path })
  if (!result.ok) throw new Error(JSON.stringify(result.fault))
  return { plan: result.plan, project: planOf(result.plan.document, calendars).project, assessment }
}

const day = (date: string | null | undefined) => (date === null || date === undefined ? undefined : dateOf(date))

describe.each(replayed)('the MS Project file of %s', (_id, { state }) => {
  const { plan, project, assessment } = readBack(state)
  const kept = state.project.milestones.filter(
    ({ id }) => assessment.milestones.find(at => at.id === id)?.status !== 'cancelled'
  )
  // The file has no codes: a task is told by its place.
  const placeOf = (id: string) => String(kept.findIndex(milestone => milestone.id === id) + 1)
  const read = new Map(plan.document.project.milestones.map(milestone => [milestone.id, milestone]))

  it('keeps every task, its duration in hours of eight-hour days, and its links', () => {
    expect(read.size).toBe(kept.length)
    for (const { id, name, duration, predecessors = [] } of kept) {
      const back = read.get(placeOf(id))
      expect(back, id).toMatchObject({ name, duration: duration * 8 })
      expect(
        (back?.predecessors ?? []).map(({ milestoneId, type }) => ({ milestoneId, type })),
        id
      ).toEqual(predecessors.map(({ milestoneId, type }) => ({ milestoneId: placeOf(milestoneId), type })))
    }
  })

  it('keeps the approved dates and what has happened, to the day', () => {
    for (const { id } of kept) {
      const span = plan.document.baseline[placeOf(id)]
      expect({ start: day(span?.start), finish: day(span?.finish) }, id).toEqual({
        start: day(state.current?.dates[id]?.start),
        finish: day(state.current?.dates[id]?.finish)
      })
      const progress = state.progress[id]
      const report = plan.progress.find(({ milestoneId }) => milestoneId === placeOf(id))
      expect(day(report?.actualFinish), id).toBe(day(progress?.actualFinish))
      if (progress?.actualStart !== undefined) expect(day(report?.actualStart), id).toBe(day(progress.actualStart))
    }
  })

  it('keeps the working days: every approved length counts the same on the calendars of the file', () => {
    const [before, after] = [projectCalendars(state.project, calendars), projectCalendars(project, calendars)]
    for (const { id, calendar = 'cn' } of kept) {
      const { start, finish } = state.current?.dates[id] ?? {}
      const back = read.get(placeOf(id))?.calendar ?? ''
      if (start === undefined || finish === undefined) continue
      expect(after(back)?.range(dateOf(start), dateOf(finish)), id).toEqual(
        before(calendar)?.range(dateOf(start), dateOf(finish))
      )
    }
  })
})

it('gives the same dates when the network is computed from the file', () => {
  for (const [id, { state }] of replayed) {
    const [ours, theirs] = [finishesOf(state.project), finishesOf(readBack(state).project)]
    const kept = state.project.milestones.filter(milestone => state.progress[milestone.id]?.cancelled === undefined)
    // What takes no time stands on the morning after in a calendar of days, on the evening before in one of hours.
    const lasting = kept.flatMap((milestone, place) => (milestone.duration > 0 ? [{ id: milestone.id, place }] : []))
    expect(
      lasting.map(milestone => ours(milestone.id)),
      id
    ).toEqual(lasting.map(({ place }) => theirs(String(place + 1))))
  }
})

it('keeps links of every type with their lags and leads, constraints and deadlines', () => {
  const project = chain([
    { id: 'a', duration: 10 },
    { id: 'b', duration: 5, predecessors: [{ milestoneId: 'a', type: 'SS', lag: 3 }] },
    { id: 'c', duration: 5, predecessors: [{ milestoneId: 'a', type: 'FS', lag: -2 }] },
    { id: 'd', duration: 8, predecessors: [{ milestoneId: 'b', type: 'FF', lag: 4 }] },
    { id: 'e', duration: 20, calendar: 'daily', predecessors: [{ milestoneId: 'c', type: 'FS', lag: 1 }] },
    { id: 'f', duration: 5, constraint: { type: 'SNET', date: '2021-05-10' }, predecessors: [] },
    {
      id: 'g',
      duration: 5,
      constraint: { type: 'FNET', date: '2021-06-15' },
      deadline: '2021-06-18',
      predecessors: [
        { milestoneId: 'd', type: 'FS', lag: 0 },
        { milestoneId: 'e', type: 'FS', lag: 10 },
        { milestoneId: 'f', type: 'FS', lag: 2 }
      ]
    }
  ])
  const { state } = given(['2021-03-01', register(project)])
  if (state.status === 'unregistered') throw new Error('the plan was refused')
  const { project: back } = readBack(state)
  const [ours, theirs] = [finishesOf(project), finishesOf(back)]
  expect(project.milestones.map(({ id }) => ours(id))).toEqual(project.milestones.map((_, i) => theirs(String(i + 1))))
  expect(back.milestones.map(({ constraint }) => constraint)).toEqual([
    ...Array(5).fill(undefined),
    { type: 'SNET', date: '2021-05-10T08:00' },
    { type: 'FNET', date: '2021-06-15T17:00' }
  ])
  expect(back.milestones.at(-1)?.deadline).toBe('2021-06-18T17:00')
})

/** The early finish of each milestone by the plan alone, as a day. */
const finishesOf = (project: Project) => {
  const result = computeSchedule({ project, progress: {} }, projectCalendars(project, calendars))
  if (!result.ok) throw new Error(result.code)
  return (id: string) => day(result.schedule.dates.get(id)?.earlyFinish)
}
