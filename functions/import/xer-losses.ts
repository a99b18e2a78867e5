import type { Text } from '../core/text.ts'
import type { Lose } from './imported-plan.ts'
import type { XerTables } from './xer-tables.ts'

/** Tables that the plan is read from, or that hold nothing of a project. */
const readHere = new Set(['CURRTYPE', 'PROJECT', 'CALENDAR', 'SCHEDOPTIONS', 'TASK', 'TASKPRED', 'UDFTYPE', 'OBS'])

/** Lists the tables of the project that have no place in a plan. */
export const loseOtherTables = (tables: XerTables, projectId: string, lose: Lose): void => {
  for (const [name, rows] of tables) {
    if (readHere.has(name)) continue
    const own = rows.filter(row => row.text('proj_id') === '' || row.text('proj_id') === projectId)
    const what = `${own.length} × ${name}`
    if (own.length > 0)
      lose(name, what, Object.hasOwn(tableReasons, name) ? (tableReasons[name] ?? tableUnread) : tableUnread)
  }
}

const tableReasons: Readonly<Record<string, Text>> = {
  PROJWBS: { zh: '工作分解结构各级未导入', en: 'levels of the work breakdown structure are not kept' },
  RSRC: { zh: '资源未导入', en: 'resources are not kept' },
  TASKRSRC: { zh: '资源分配及其工时、费用未导入', en: 'assignments, their units and costs are not kept' },
  PROJCOST: { zh: '费用未导入', en: 'expenses are not kept' },
  TASKACTV: { zh: '作业分类码未导入', en: 'activity codes are not kept' },
  UDFVALUE: { zh: '自定义字段未导入', en: 'user-defined fields are not kept' },
  TASKMEMO: { zh: '记事未导入', en: 'notebooks are not kept' },
  TASKPROC: { zh: '步骤未导入', en: 'steps are not kept' }
}
const tableUnread: Text = { zh: '此表未导入', en: 'the table is not read' }
