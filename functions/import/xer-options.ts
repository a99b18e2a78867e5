import type { Text } from '../core/assessment.ts'
import type { Lose } from './imported-plan.ts'
import { rowsOf, rowsOfProject, type XerTables } from './xer-tables.ts'

/** The options of the last calculation: where the network computes otherwise, that is a loss; lags have their calendar. */
export const readLagRule = (tables: XerTables, projectId: string, lose: Lose): string => {
  const row = rowsOfProject(tables, 'SCHEDOPTIONS', projectId)[0] ?? rowsOf(tables, 'SCHEDOPTIONS')[0]
  if (!row) return 'rcal_Predecessor'
  const path = `SCHEDOPTIONS ${row.text('schedoptions_id')}`
  if (row.text('sched_retained_logic') === 'N') lose(path, 'sched_retained_logic N', otherProgressRule)
  const float = row.text('sched_float_type')
  if (float !== '' && float !== 'FT_FF') lose(path, `sched_float_type ${float}`, otherFloatRule)
  return row.text('sched_calendar_on_relationship_lag')
}

const otherProgressRule: Text = {
  zh: '源文件不按保留逻辑计算进展,这里按保留逻辑计算',
  en: 'the file was not computed by retained logic; here it is'
}
const otherFloatRule: Text = {
  zh: '源文件的总时差算法不同,这里为最晚完成减最早完成',
  en: 'the file computes total float otherwise; here it is late finish less early finish'
}
