import { writeFileSync } from 'node:fs'
import type { Flag } from '../../functions/core/assessment.ts'
import type { Light, RuleId } from '../../functions/core/policy.ts'
import type { Text } from '../../functions/core/text.ts'
import { builtInCalendars } from '../calendars.ts'
import { demonstrationDate, demonstrationProjects, loadDemonstration } from './load.ts'
import { type ReplayedProject, replay } from './replay.ts'

/** The page `docs/demonstration.md`: each demonstration project on the demonstration date, and why it has its colour. */
export const explainDemonstration = (): string => {
  const replayed = replay(loadDemonstration(builtInCalendars))
  const { document, note } = demonstrationProjects
  const found = demonstrationProjects.projects.flatMap(({ official }) => {
    const project = replayed.get(official.id)
    return project ? [{ official, ...project }] : []
  })
  return [
    `# 示例项目 · The demonstration on ${demonstrationDate}`,
    '',
    `Written by \`node data/demonstration/explain.ts\`; a test compares. ${note.zh}。${note.en}. Official are only the`,
    `names, what is owed and the item, from ${document.number}《${document.title}》(${document.issuedOn}).`,
    '',
    '| project | owed in 2021 | item | light | rules | baseline → projected | required |',
    '|---|---|---|---|---|---|---|',
    ...found.map(
      ({ official, assessment: a }) =>
        `| ${official.name} \`${official.id}\` | ${official.owed} | ${official.item.join(', ')} | ${lightNames[a.light].zh} ${a.light}${a.lastLight ? ` (last ${a.lastLight})` : ''} | ${a.rules.join(' ')} | ${a.baselineFinish ?? '–'} → ${a.projectedFinish ?? '–'} | ${a.requiredBy ?? '–'} |`
    ),
    '',
    '## Why',
    '',
    ...found.flatMap(({ official, ...project }) => [
      `### ${official.name} · ${official.nameEn}: ${lightNames[project.assessment.light].zh} ${project.assessment.light}`,
      '',
      ...reasonsOf(project).flatMap(({ zh, en }) => [`- ${zh}`, `  ${en}`]),
      ''
    ])
  ]
    .join('\n')
    .trimEnd()
    .concat('\n')
}

const lightNames: Readonly<Record<Light, Text>> = {
  green: { zh: '绿', en: 'on track' },
  blue: { zh: '蓝', en: 'due soon' },
  yellow: { zh: '黄', en: 'slipping' },
  red: { zh: '红', en: 'late' },
  stale: { zh: '灰', en: 'no report' },
  paused: { zh: '暂停', en: 'paused' },
  'no-baseline': { zh: '无基线', en: 'no baseline' },
  done: { zh: '完成', en: 'done' }
}

/** One sentence a rule, of the flag that tells most, with the reason that was given for its milestone. */
const reasonsOf = (project: ReplayedProject): readonly Text[] => {
  const { assessment } = project
  const rules = [...new Set(assessment.flags.map(({ rule }) => rule))]
  const inOrder = assessment.rules.filter((rule): rule is RuleId => rule !== 'G' && rules.includes(rule))
  if (inOrder.length === 0) return [quiet(project)]
  return inOrder.map(rule => {
    const flags = assessment.flags.filter(flag => flag.rule === rule)
    const flag = firstCause(flags, project)
    return flag ? withReason(rule, flag, flags.length - 1, project) : quiet(project)
  })
}

/** The flag whose milestone carries a reason, else the first in the order of the plan. */
const firstCause = (flags: readonly Flag[], { state }: ReplayedProject): Flag | undefined =>
  flags.findLast(({ milestoneId }) => milestoneId !== undefined && state.progress[milestoneId]?.delay) ?? flags[0]

const withReason = (rule: RuleId, flag: Flag, others: number, { state }: ReplayedProject): Text => {
  const delay = flag.milestoneId === undefined ? undefined : state.progress[flag.milestoneId]?.delay
  const reason = delay ? { zh: `;原因 ${delay.code}:${delay.note}`, en: `; reason ${delay.code}` } : { zh: '', en: '' }
  const more =
    others > 0
      ? {
          zh: `;另有 ${others} 个里程碑同此`,
          en: `; so ${others === 1 ? 'does 1 other milestone' : `do ${others} other milestones`}`
        }
      : { zh: '', en: '' }
  return {
    zh: `**${rule}** ${flag.text.zh}${reason.zh}${more.zh}。`,
    en: `${flag.text.en}${reason.en}${more.en}.`
  }
}

const quiet = ({ assessment: a, state }: ReplayedProject): Text => {
  const { progress } = state
  const opened = progress.U2?.actualFinish
  if (a.light === 'done')
    return {
      zh: `**G** ${opened} 已交付启用,竣工财务决算已完成 ${progress.F1?.percentComplete ?? 0}%,未逾期。`,
      en: `In use since ${opened}; the final accounts are ${progress.F1?.percentComplete ?? 0} % done and not late.`
    }
  return {
    zh: `**G** 预计 ${a.projectedFinish} 启用,不晚于计划 ${a.baselineFinish};应完成 ${a.plannedPercent}%,实际 ${a.percentComplete}%;十个工作日内没有到期的里程碑。`,
    en: `In use is expected on ${a.projectedFinish}, not after the planned ${a.baselineFinish}; ${a.plannedPercent} % should be done and ${a.percentComplete} % is; no milestone falls due within ten working days.`
  }
}

if (import.meta.main) writeFileSync(new URL('../../docs/demonstration.md', import.meta.url), explainDemonstration())
