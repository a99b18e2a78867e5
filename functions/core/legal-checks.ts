import type { Check } from './assessment.ts'
import { addDays, addMonths, daysBetween, type IsoDate } from './dates.ts'
import type { Outlook } from './outlook.ts'
import { dateOf } from './schedule.ts'
import type { Text } from './text.ts'

/**
 * The legal clocks and orders of DOMAIN §3 that a project's milestones can show, by the codes of the template. A check is
 * made once the project has the milestones that it is about; it fails on what was reported, and on a term that has run out
 * on the data date. None of them is a colour.
 */
export const legalChecks = (outlook: Outlook): readonly Check[] => {
  const known = datesOf(outlook)
  return [
    ...order(known, 'permit-before-start', '建筑法 §7', 'P2', 'C1', {
      zh: '取得施工许可证后才能开工(未批先建)',
      en: 'No start of works before the construction permit'
    }),
    ...permitTerm(known, outlook.dataDate),
    ...term(known, outlook.dataDate, 'filing-of-acceptance', '建设工程质量管理条例 §49', 'V2', 'V3', filingDays),
    ...order(known, 'acceptance-before-use', '建筑法 §61', 'V2', 'U2', {
      zh: '竣工验收合格后才能交付使用',
      en: 'Not in use before acceptance'
    }),
    ...order(known, 'fire-acceptance-before-use', '消防法 §13', 'V1', 'U2', {
      zh: '消防验收合格后才能投入使用',
      en: 'Not in use before fire acceptance'
    }),
    ...finalAccounts(known, outlook.dataDate),
    ...bidding(known),
    ...contract(known),
    ...order(known, 'furniture-before-air-test', '国教督办函〔2018〕72号', 'V4', 'V5', {
      zh: '家具进场后才检测室内空气',
      en: 'Indoor air is tested with the furniture in place'
    }),
    ...order(known, 'approval-before-design', '政府投资条例 §9', 'A4', 'A10', {
      zh: '可研批复后才开展施工图设计',
      en: 'No construction drawings before the feasibility study is approved'
    }),
    ...compression(outlook),
    ...stoppage(outlook)
  ]
}

const filingDays = 15
const permitMonths = 3
const accountsMonths = 3
const tenderDays = 20
const contractDays = 30
const stoppageMonths = 12
/** No law gives the number; below it the plan must be justified. */
const leastShareOfTypical = 0.8

interface KnownDates {
  readonly has: (...ids: readonly string[]) => boolean
  /** Reported start; the finish where no start was reported. */
  readonly started: (id: string) => IsoDate | undefined
  readonly finished: (id: string) => IsoDate | undefined
  /** Reported finish, else the approved one. */
  readonly finish: (id: string) => IsoDate | undefined
}

const datesOf = ({ milestones }: Outlook): KnownDates => {
  const byId = new Map(milestones.map(m => [m.milestone.id, m]))
  const civil = (date: string | undefined) => (date === undefined ? undefined : dateOf(date))
  const finished = (id: string) => civil(byId.get(id)?.progress.actualFinish)
  return {
    has: (...ids) => ids.every(id => byId.has(id)),
    finished,
    started: id => civil(byId.get(id)?.progress.actualStart) ?? finished(id),
    finish: id => finished(id) ?? civil(byId.get(id)?.baselineFinish)
  }
}

/** `second` may not begin before `first` is reached. */
const order = (
  { has, started, finished }: KnownDates,
  id: string,
  law: string,
  first: string,
  second: string,
  rule: Text
): readonly Check[] => {
  if (!has(first, second)) return []
  const [before, after] = [finished(first), started(second)]
  const ok = after === undefined || (before !== undefined && before <= after)
  return [check(id, law, ok, rule, `${first} ${before ?? '–'}, ${second} ${after ?? '–'}`)]
}

/** `second` within so many days of `first`. */
const term = (
  { has, finished }: KnownDates,
  dataDate: IsoDate,
  id: string,
  law: string,
  first: string,
  second: string,
  days: number
): readonly Check[] => {
  const from = finished(first)
  if (!has(first, second) || from === undefined) return []
  const until = addDays(from, days)
  const rule = {
    zh: `竣工验收后 ${days} 日内备案,至 ${until}`,
    en: `Filed within ${days} days of acceptance, by ${until}`
  }
  return [
    check(
      id,
      law,
      (finished(second) ?? dataDate) <= until,
      rule,
      `${first} ${from}, ${second} ${finished(second) ?? '–'}`
    )
  ]
}

const permitTerm = ({ has, finished, started }: KnownDates, dataDate: IsoDate): readonly Check[] => {
  const permit = finished('P2')
  if (!has('P2', 'C1') || permit === undefined) return []
  const until = addMonths(permit, permitMonths)
  const rule = {
    zh: `领取施工许可证后三个月内开工,至 ${until};逾期须申请延期或废止`,
    en: `Works begin within three months of the permit, by ${until}; extend it or it lapses`
  }
  return [
    check(
      'permit-term',
      '建筑法 §9',
      (started('C1') ?? dataDate) <= until,
      rule,
      `P2 ${permit}, C1 ${started('C1') ?? '–'}`
    )
  ]
}

const finalAccounts = ({ has, finished }: KnownDates, dataDate: IsoDate): readonly Check[] => {
  const acceptance = finished('V2')
  if (!has('V2', 'F1') || acceptance === undefined) return []
  const until = addMonths(acceptance, accountsMonths)
  const rule = {
    zh: `竣工后三个月内完成竣工财务决算,至 ${until}(经批准可延两个月)`,
    en: `Final accounts within three months of completion, by ${until} (two more with approval)`
  }
  const done = finished('F1')
  return [
    check(
      'final-accounts',
      '财建〔2016〕503号',
      (done ?? dataDate) <= until,
      rule,
      `V2 ${acceptance}, F1 ${done ?? '–'}`
    )
  ]
}

const bidding = ({ finish }: KnownDates): readonly Check[] => {
  const [notice, opening] = [finish('T1'), finish('T2')]
  if (notice === undefined || opening === undefined) return []
  const days = daysBetween(notice, opening)
  const rule = {
    zh: `自招标文件发出至投标截止不少于 ${tenderDays} 日`,
    en: `At least ${tenderDays} days from the tender documents to the closing of bids`
  }
  return [check('bidding-period', '招标投标法 §24', days >= tenderDays, rule, `T1 ${notice}, T2 ${opening}: ${days}`)]
}

const contract = ({ finish }: KnownDates): readonly Check[] => {
  const [award, signed] = [finish('T3'), finish('T4')]
  if (award === undefined || signed === undefined) return []
  const days = daysBetween(award, signed)
  const rule = {
    zh: `中标通知后 ${contractDays} 日内订立合同`,
    en: `The contract is signed within ${contractDays} days of the award`
  }
  return [check('contract-term', '招标投标法 §46', days <= contractDays, rule, `T3 ${award}, T4 ${signed}: ${days}`)]
}

const compression = ({ milestones }: Outlook): readonly Check[] => {
  const works = milestones.filter(({ milestone }) => milestone.phase === 'construction' && milestone.typicalDuration)
  if (works.length === 0) return []
  const planned = works.reduce((sum, { milestone }) => sum + milestone.duration, 0)
  const typical = works.reduce((sum, { milestone }) => sum + (milestone.typicalDuration ?? 0), 0)
  const percent = Math.round((100 * planned) / typical)
  const rule = {
    zh: `施工计划不少于常规工期的 ${100 * leastShareOfTypical}%,不得任意压缩合理工期`,
    en: `The works are planned with at least ${100 * leastShareOfTypical} % of their typical time: a reasonable period may not be cut short`
  }
  return [
    check(
      'compressed-works',
      '建设工程质量管理条例 §10',
      planned >= typical * leastShareOfTypical,
      rule,
      `${percent} %`
    )
  ]
}

/** A stop of works is reported within a month and, once it has lasted a year, the permit is verified before going on. */
const stoppage = ({ state, dataDate, milestones }: Outlook): readonly Check[] => {
  const works = milestones.some(({ milestone, done }) => milestone.id === 'C1' && done)
  const accepted = milestones.some(({ milestone, done }) => milestone.id === 'V2' && done)
  if (state.status !== 'paused' || !works || accepted) return []
  const { since } = state.pause
  const rule = {
    zh: `停工须在一个月内(至 ${addMonths(since, 1)})报告发证机关;满一年(${addMonths(since, stoppageMonths)})复工前须核验许可证`,
    en: `The stop is reported to the issuing authority within a month (by ${addMonths(since, 1)}); after a year (${addMonths(since, stoppageMonths)}) the permit is verified first`
  }
  return [check('stoppage', '建筑法 §10', dataDate <= addMonths(since, stoppageMonths), rule, since)]
}

const check = (id: string, law: string, ok: boolean, rule: Text, facts: string): Check => ({
  id,
  kind: 'law',
  law,
  ok,
  text: { zh: `${rule.zh}(${facts})`, en: `${rule.en} (${facts})` }
})
