import type { IsoDate } from '../core/dates.ts'
import type { Stages, Summary } from '../core/ports.ts'
import { scheduleRate, stageRate } from '../core/rates.ts'
import { type Language, sayIn } from './language.ts'
import { html, type Markup } from './markup.ts'
import { percentText } from './numbers.ts'
import { section } from './section.ts'

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
