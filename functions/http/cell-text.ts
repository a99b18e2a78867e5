import { timeInShanghai } from '../core/dates.ts'
import { type CellFaultCode, type LedgerColumn, type LedgerValue, ledgerColumns } from '../core/ledger.ts'
import type { CellAuthor } from '../core/ledger-history.ts'
import type { LedgerFault, LedgerPlace } from '../core/merge-ledger.ts'
import { roleWords } from '../core/role-words.ts'
import type { Text } from '../core/text.ts'
import { visibleText } from '../core/visible-text.ts'
import type { SignedConflict } from '../flows/plan-ledger.ts'

/** The head of the column of a cell, in both languages. */
export const headText = (place: LedgerPlace): Text => columnAt(place)?.head ?? { zh: place.column, en: place.column }

const columnAt = ({ table, column }: LedgerPlace): LedgerColumn | undefined =>
  ledgerColumns[table].find(({ name }) => name === column)

/** Where a cell stands, before what is said of it: `里程碑!H12 实际开始:`. */
export const atCell = (place: LedgerPlace, { zh, en }: Text): Text => {
  const head = headText(place)
  return { zh: `${place.sheet}!${place.ref} ${head.zh}:${zh}`, en: `${place.sheet}!${place.ref} ${head.en}: ${en}` }
}

/** Why a cell is not taken. */
export const cellFaultText = (fault: LedgerFault): Text => {
  const { code, found, expected } = fault
  const { zh, en } = code === 'read-only' && columnAt(fault)?.use === 'computed' ? computedOtherwise : sentences[code]
  const was = expected === undefined ? undefined : valueText(expected)
  const says = found === undefined ? undefined : visibleText(found)
  return {
    zh: `${zh}${says === undefined ? '' : `(填的是 ${says || '空'})`}${was === undefined ? '' : `,系统中为 ${was.zh}`}`,
    en: `${en}${says === undefined ? '' : ` (it says ${says || 'nothing'})`}${was === undefined ? '' : `; the tracker has ${was.en}`}`
  }
}

/** Who changed what, where two changed the same cell. */
export const conflictText = ({ before, inSheet, now, changedBy }: SignedConflict): Text => {
  const [was, mine, theirs] = [valueText(before), valueText(inSheet), valueText(now)]
  const signature = changedBy ? signatureOf(changedBy) : { zh: '', en: '' }
  return {
    zh: `表中为 ${mine.zh},系统中已改为 ${theirs.zh}(导出时为 ${was.zh}${signature.zh})`,
    en: `the sheet says ${mine.en}, and it was changed to ${theirs.en} meanwhile (${was.en} when exported${signature.en})`
  }
}

/** The day and the time as the bureau counts them. */
const signatureOf = ({ by, at, date }: CellAuthor): Text => {
  const role = roleWords[by.role]
  const when = `${date} ${timeInShanghai(at)}`
  return { zh: `;由${role.zh}于 ${when} 更改`, en: `; by ${role.en}, ${when}` }
}

const valueText = (value: LedgerValue): Text =>
  value === null ? { zh: '空', en: 'nothing' } : { zh: `${value}`, en: `${value}` }

/** Nobody need have touched the cell: what follows from rules and holiday notices is another value once they are updated. */
const computedOtherwise: Text = {
  zh: '此列由系统计算,不能在台账中更改,请恢复原值;如果没有人改过,就是导出之后规则或放假通知更新了,请重新导出',
  en: 'The tracker computes this, it cannot be changed here; restore it. If nobody changed it, rules or holiday notices were updated since the export: export the ledger anew'
}

const sentences: Readonly<Record<CellFaultCode, Text>> = {
  formula: {
    zh: '是公式;公式的值可能已过时,请改填数值',
    en: 'It is a formula, whose value may be out of date; write the value itself'
  },
  'error-value': { zh: '是错误值', en: 'It is an error value' },
  'merged-cell': { zh: '是合并单元格;请取消合并', en: 'It is part of a merged cell; split it' },
  'not-text': { zh: '应为文字', en: 'It should be text' },
  'too-long': { zh: '文字过长', en: 'The text is too long' },
  'control-character': { zh: '含有控制字符', en: 'It holds a control character' },
  'not-a-number': { zh: '应为数字', en: 'It should be a number' },
  'not-a-percent': { zh: '应为 0% 至 100%', en: 'It should be 0% to 100%' },
  'ambiguous-percent': { zh: '请写明 1% 或 100%', en: 'Write 1% or 100%: it could be either' },
  'not-a-date': {
    zh: '应为日期,如 2021-06-21、2021/6/21 或 2021年6月21日,1970 至 2199 年',
    en: 'It should be a date like 2021-06-21, of 1970 to 2199'
  },
  'unknown-reason': { zh: '没有这个原因代码,请从下拉列表中选择', en: 'There is no such reason; choose from the list' },
  'not-yes-or-no': { zh: '应为 是 或 否', en: 'It should be 是 (yes) or 否 (no)' },
  'key-missing': {
    zh: '项目编号、节点编号、版本、数据日期不能缺,也不能改;请重新导出',
    en: 'Ids, version and data date must stand there as exported; export the ledger anew'
  },
  'unknown-project': { zh: '系统中没有这个项目', en: 'The tracker has no such project' },
  'unknown-version': { zh: '项目没有这一版', en: 'The project has no such version' },
  'too-many-versions': {
    zh: '同一项目的行来自太多不同版本,请重新导出',
    en: 'Rows of one project come from too many versions; export the ledger anew'
  },
  'wrong-data-date': {
    zh: '数据日期与版本不符,请勿改动',
    en: 'The data date does not go with the version; leave it as exported'
  },
  'unknown-milestone': { zh: '计划中没有这个节点', en: 'The plan has no such milestone' },
  'duplicate-row': { zh: '同一行出现两次', en: 'The row stands there twice' },
  'read-only': {
    zh: '此列由系统给出,不能在台账中更改;请恢复原值',
    en: 'The tracker says this itself; restore it, it cannot be changed here'
  },
  'cannot-clear': {
    zh: '已填报的内容不能在台账中清空;如有误请在系统中更正',
    en: 'What was reported cannot be cleared here; correct it in the tracker'
  },
  'note-required': { zh: '原因为 OTHER 时必须写明', en: 'The reason OTHER needs a note' },
  'no-change-with-changes': {
    zh: '填了“无变化”,但该项目另有更改',
    en: 'It says "no change", and something else of the project was changed'
  }
}
