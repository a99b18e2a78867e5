import type { IsoDate } from './dates.ts'
import type { Stages, Summary } from './ports.ts'
import { dateOf } from './schedule.ts'

/** One of the four rates, with what it is made of. */
export interface Rate {
  readonly percent: number | null
  readonly reached: number
  readonly all: number
  /** How many were to be there by the data date. */
  readonly planned: number
}

/**
 * The share of projects that have reached a step, among those whose plan has it; paused ones and those without baseline
 * count among all, since the school is owed all the same.
 */
export const stageRate = (summaries: readonly Summary[], step: keyof Stages, dataDate: IsoDate): Rate => {
  const stages = summaries.flatMap(({ stages: all }) => all?.[step] ?? [])
  const reached = stages.filter(stage => stage.reached).length
  return {
    percent: stages.length === 0 ? null : (100 * reached) / stages.length,
    reached,
    all: stages.length,
    planned: stages.filter(({ planned }) => planned !== null && dateOf(planned) <= dataDate).length
  }
}

/** 序时完成率: what is done of what should be, over all projects with a plan, each with the same weight; null without any. */
export const scheduleRate = (summaries: readonly Summary[]): number | null => {
  const planned = summaries.filter(({ plannedPercent }) => plannedPercent !== null)
  const due = planned.reduce((sum, { plannedPercent }) => sum + (plannedPercent ?? 0), 0)
  return due > 0 ? (100 * planned.reduce((sum, { percentComplete }) => sum + percentComplete, 0)) / due : null
}
