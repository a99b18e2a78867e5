import type { Driver } from '../core/activity.ts'
import type { MilestoneAssessment, MilestoneStatus } from '../core/assessment.ts'
import type { Light, RuleId } from '../core/policy.ts'
import type { Text } from '../core/text.ts'
import { type Language, sayIn } from './language.ts'

// Bundlers leave out the tables that a program does not read.
/* @__NO_SIDE_EFFECTS__ */
const text = (zh: string, en: string): Text => ({ zh, en })

/** What each colour is called, and what it means for the one who looks. */
export const lightWords: Readonly<Record<Light, { readonly name: Text; readonly meaning: Text }>> = {
  red: {
    name: text('红 · 严重滞后', 'Red · off track'),
    meaning: text(
      '启用将误期,或节点、进度严重滞后,或长期无进展',
      'in use too late, far behind plan, or long without progress'
    )
  },
  yellow: {
    name: text('黄 · 滞后预警', 'Yellow · slipping'),
    meaning: text('节点或序时进度落后,或机动时间用去过半', 'behind plan, or more than half of the margin used')
  },
  blue: {
    name: text('蓝 · 节点临近', 'Blue · due soon'),
    meaning: text('下一节点即将到期,不是问题', 'the next milestone is near; not a fault')
  },
  green: { name: text('绿 · 正常推进', 'Green · on track'), meaning: text('以上情形均无', 'none of the above') },
  stale: {
    name: text('灰 · 逾期未报', 'Grey · no report'),
    meaning: text('未按约定报送;斜纹为最后一次的颜色', 'silent beyond the agreed interval; hatched in its last colour')
  },
  paused: {
    name: text('暂停', 'Paused'),
    meaning: text('经批准暂停,有复核日期', 'stopped with approval until a review date')
  },
  'no-baseline': {
    name: text('无基线', 'No baseline'),
    meaning: text('没有批准的计划,不判快慢', 'no approved plan: neither early nor late')
  },
  done: { name: text('已完成', 'Done'), meaning: text('已交付启用', 'handed over and in use') }
}

/** The order in which colours are listed: what asks for attention first. */
export const lightOrder: readonly Light[] = ['red', 'yellow', 'blue', 'green', 'stale', 'paused', 'no-baseline', 'done']

/** The colour in a word of its own, as in "上次为黄灯". */
export const colourWords: Readonly<Record<Light, Text>> = {
  red: text('红灯', 'red'),
  yellow: text('黄灯', 'yellow'),
  blue: text('蓝灯', 'blue'),
  green: text('绿灯', 'green'),
  stale: text('灰灯', 'grey'),
  paused: text('暂停', 'paused'),
  'no-baseline': text('无基线', 'no baseline'),
  done: text('已完成', 'done')
}

/** The name of each rule of DOMAIN §4; its numbers stand in the text of the flag. */
export const ruleWords: Readonly<Record<RuleId | 'G', Text>> = {
  G: text('正常推进', 'On track'),
  G1: text('人工判绿', 'Judged green'),
  B1: text('节点临近', 'Milestone due soon'),
  Y1: text('节点滞后', 'Milestone late'),
  Y2: text('落后序时进度', 'Behind the planned progress'),
  Y3: text('机动时间用去过半', 'More than half of the margin used'),
  Y4: text('计划开工月已过未开工', 'Start of works overdue'),
  Y5: text('人工判黄', 'Judged yellow'),
  R1: text('节点严重滞后', 'Milestone far behind'),
  R2: text('严重落后序时进度', 'Far behind the planned progress'),
  R3: text('启用将误期', 'In use after the required date'),
  R4: text('连续黄灯未改善', 'Yellow without improvement'),
  R5: text('长期无进展或无报送', 'Long without progress or report'),
  R6: text('逾期多月未开工', 'Works not started for months'),
  R7: text('人工判红', 'Judged red'),
  S1: text('逾期未报送', 'No report within the interval'),
  P1: text('经批准暂停', 'Paused with approval'),
  N1: text('无批准基线', 'No approved baseline')
}

/** Where a milestone stands. */
export const statusWords: Readonly<Record<MilestoneStatus, Text>> = {
  'not-started': text('未开始', 'not started'),
  'in-progress': text('进行中', 'in progress'),
  done: text('已完成', 'done'),
  cancelled: text('已取消', 'cancelled')
}

const phaseWords: Readonly<Record<string, Text>> = {
  approval: text('前期审批', 'Approvals'),
  tender: text('招标采购', 'Tender and procurement'),
  permit: text('施工许可', 'Permits to build'),
  construction: text('施工建设', 'Construction'),
  acceptance: text('验收', 'Acceptance'),
  handover: text('移交启用', 'Hand-over'),
  closeout: text('决算与保修', 'Close-out')
}

/** The name of a phase; a phase that the plan made up itself keeps its own name. */
export const phaseText = (phase: string, lang: Language): string =>
  Object.hasOwn(phaseWords, phase) ? (phaseWords[phase]?.[lang] ?? phase) : phase

/**
 * What made a date what it is, in words. `nameOf` gives the name of a milestone; `status` tells a finish from a plan.
 */
export const driverText = (
  driver: NonNullable<MilestoneAssessment['drivenBy']>,
  nameOf: (milestoneId: string) => string,
  lang: Language
): string => {
  const say = sayIn(lang)
  switch (driver.kind) {
    case 'predecessor':
      return say(`等待 ${nameOf(driver.ref)}`, `waits for ${nameOf(driver.ref)}`)
    case 'constraint':
      return (constraintWords[driver.ref] ?? text(`约束 ${driver.ref}`, `constraint ${driver.ref}`))[lang]
    case 'dataDate':
      return say('尚未开始,从数据日起推算', 'runs from the data date')
    case 'actual':
      return driver.ref === 'actualStart'
        ? say('从实际开始推算', 'runs from its actual start')
        : say('实际完成', 'actual finish')
    case 'report':
      return say('按填报的预计日期', 'as forecast in the report')
  }
}

/** Every kind of driver, so that a test can ask for its words. */
export const driverKinds: Readonly<Record<Driver['kind'], true>> = {
  predecessor: true,
  constraint: true,
  dataDate: true,
  actual: true,
  report: true
}

const constraintWords: Readonly<Record<string, Text>> = {
  start: text('项目开始日期', 'start of the project'),
  SNET: text('约束:不早于某日开始', 'must not start earlier'),
  SO: text('约束:于某日开始', 'starts on a date'),
  FO: text('约束:于某日完成', 'finishes on a date'),
  MANUAL: text('手动安排的开始日期', 'placed by hand'),
  SNLT: text('约束:不晚于某日开始', 'must not start later'),
  FNET: text('约束:不早于某日完成', 'must not finish earlier'),
  FNLT: text('约束:不晚于某日完成', 'must not finish later'),
  MSO: text('约束:必须在某日开始', 'must start on a date'),
  MFO: text('约束:必须在某日完成', 'must finish on a date'),
  ALAP: text('约束:尽可能晚', 'as late as possible')
}
