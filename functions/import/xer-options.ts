import type { PrimaveraRules, TotalFloatRule } from '../core/scheduling-rules.ts'
import type { Text } from '../core/text.ts'
import type { Lose } from './imported-plan.ts'
import { rowsOf, rowsOfProject, type XerTables } from './xer-tables.ts'

/** The scheduling options of the last calculation, those that change dates or floats. */
export interface XerOptions {
  readonly rules: PrimaveraRules
  /** The calendar of lags as P6 names it: `rcal_Predecessor`, `rcal_Successor`, `rcal_24Hour`, `rcal_ProjDefault`. */
  readonly lagCalendar: string
  /** Expected finish dates decide how much work is left. */
  readonly usesExpectedFinish: boolean
}

/** Reads the scheduling options; where the network computes otherwise, that is a loss. */
export const readOptions = (tables: XerTables, projectId: string, lose: Lose): XerOptions => {
  const row = rowsOfProject(tables, 'SCHEDOPTIONS', projectId)[0] ?? rowsOf(tables, 'SCHEDOPTIONS')[0]
  if (!row) return { rules: { program: 'p6' }, lagCalendar: 'rcal_Predecessor', usesExpectedFinish: false }
  const path = `SCHEDOPTIONS ${row.text('schedoptions_id')}`
  const isOverride = row.text('sched_progress_override') === 'Y'
  if (row.text('sched_retained_logic') === 'N' && !isOverride) lose(path, 'sched_retained_logic N', actualDates)
  const float = row.text('sched_float_type')
  const totalFloat = Object.hasOwn(floatRules, float) ? floatRules[float] : undefined
  if (float !== '' && !totalFloat) lose(path, `sched_float_type ${float}`, unknownFloatRule)
  if (row.text('sched_open_critical_flag') === 'Y') lose(path, 'sched_open_critical_flag Y', openEnds)
  return {
    rules: {
      program: 'p6',
      ...(isOverride ? { progress: 'progress-override' } : {}),
      ...(totalFloat && totalFloat !== 'finish' ? { totalFloat } : {})
    },
    lagCalendar: row.text('sched_calendar_on_relationship_lag'),
    usesExpectedFinish: row.text('sched_use_expect_end_flag') === 'Y'
  }
}

const floatRules: Readonly<Record<string, TotalFloatRule>> = { FT_FF: 'finish', FT_SF: 'start', FT_MIN: 'smallest' }

const actualDates: Text = {
  zh: '源文件按“实际日期”计算进展,这里按保留逻辑计算',
  en: 'the file was computed by actual dates; here it is by retained logic, which differs for actual dates in the future'
}
const unknownFloatRule: Text = {
  zh: '未知的总时差算法,这里为最晚完成减最早完成',
  en: 'an unknown rule of total float; here it is late finish less early finish'
}
const openEnds: Text = {
  zh: '源文件把没有后续关系的作业视为关键,这里以项目结束为其最晚完成',
  en: 'the file makes open ends critical; here they may take until the end of the project'
}
