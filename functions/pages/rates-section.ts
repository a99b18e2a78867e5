import type { IsoDate } from '../core/dates.ts'
import type { Stages, Summary } from '../core/ports.ts'
import { dateOf } from '../core/schedule.ts'
import { type Language, sayIn } from './language.ts'
import { html, type Markup } from './markup.ts'
import { percentText } from './numbers.ts'
import { section } from './section.ts'

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

/** The four rates (四率), each with what it counts: 开工率, 竣工率, 启用率, and 序时完成率 in the place of money. */
export const ratesSection = (summaries: readonly Summary[], dataDate: IsoDate, lang: Language): Markup => {
  const say = sayIn(lang)
  const stage = (step: keyof Stages, name: string, meaning: string) => {
    const { percent, reached, all, planned } = stageRate(summaries, step, dataDate)
    return tile(
      name,
      percent,
      say(
        `${all} 个项目中 ${reached} 个${meaning},计划应有 ${planned} 个`,
        `${reached} of ${all} ${meaning}, ${planned} planned by now`
      )
    )
  }
  return section(
    'rates',
    say('四率', 'Four rates'),
    html`<dl class="facts">
${stage('started', say('开工率', 'Started'), say('已开工', 'have begun'))}
${stage('completed', say('竣工率', 'Completed'), say('已竣工验收', 'are accepted'))}
${stage('inUse', say('启用率', 'In use'), say('已交付启用', 'are in use'))}
${tile(
  say('序时完成率', 'Done of planned'),
  scheduleRate(summaries),
  say(
    '各项目完成比例之和 ÷ 序时比例之和(无投资数据,不计投资完成率)',
    'percent done ÷ percent planned, summed over the projects; there is no data on money'
  )
)}
</dl>`
  )
}

const tile = (name: string, percent: number | null, made: string): Markup =>
  html`<div><dt>${name}</dt><dd>${percent === null ? '—' : percentText(percent)}<small>${made}</small></dd></div>`
