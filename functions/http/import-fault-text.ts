import type { Text } from '../core/text.ts'
import { visibleText } from '../core/visible-text.ts'
import type { ImportFault, ImportFaultCode } from '../import/imported-plan.ts'

/** Why a file cannot be read, in a sentence: what is wrong, in which line, and what stands there. */
export const importFaultText = ({ code, line, detail }: ImportFault): Text => {
  const { zh, en } = sentences[code]
  const where = line === undefined ? { zh: '', en: '' } : { zh: `第 ${line} 行:`, en: `Line ${line}: ` }
  const says = visibleText(detail)
  return { zh: `${where.zh}${zh}(${says})`, en: `${where.en}${en} (${says})` }
}

const sentences: Readonly<Record<ImportFaultCode, Text>> = {
  'unknown-format': {
    zh: '不是可以导入的文件;请用台账(.xlsx、.csv)、Primavera XER、MS Project XML 或本系统 JSON',
    en: 'It is no file that can be brought in; use a ledger (.xlsx, .csv), Primavera XER, MS Project XML or project JSON'
  },
  'too-large': { zh: '文件过大', en: 'The file is too large' },
  'unknown-encoding': { zh: '文字编码不对', en: 'The text is in another encoding' },
  'not-xer': { zh: '不是 XER 文件,或已损坏', en: 'It is no XER file, or a damaged one' },
  'not-xml': { zh: '不是完好的 XML', en: 'It is no well-formed XML' },
  'doctype-refused': { zh: '不接受带 DOCTYPE 的文件', en: 'A file with a document type is not accepted' },
  'not-ms-project': { zh: '不是 MS Project 的 XML 文件', en: 'It is no XML file of MS Project' },
  'not-json': { zh: '不是 JSON', en: 'It is no JSON' },
  'not-valid': { zh: '内容不合要求', en: 'It is not valid' },
  'missing-table': { zh: '缺少数据表', en: 'A table is missing' },
  'missing-field': { zh: '缺少必需的字段', en: 'A field is missing' },
  'no-project': { zh: '文件中没有这个项目', en: 'The file has no such project' },
  'not-a-number': { zh: '应为数字', en: 'It should be a number' },
  'not-a-date': { zh: '应为日期', en: 'It should be a date' },
  'bad-calendar': { zh: '日历无法读取', en: 'A calendar cannot be read' },
  'duplicate-id': { zh: '编号重复', en: 'An id stands there twice' },
  'too-many-tasks': { zh: '任务过多', en: 'There are too many tasks' },
  'broken-archive': { zh: '文件已损坏或不完整', en: 'The file is damaged or incomplete' },
  encrypted: { zh: '文件有密码保护,请去掉密码后再导入', en: 'The file is protected by a password; remove it first' },
  'not-a-workbook': {
    zh: '不是 Excel 工作簿(.xlsx);旧版 .xls 请另存为 .xlsx',
    en: 'It is no Excel workbook (.xlsx); save an old .xls as .xlsx'
  },
  'broken-sheet': {
    zh: '工作表内容有误,可能已损坏;请用 Excel 或 WPS 打开后另存',
    en: 'A sheet of the workbook is malformed, perhaps damaged; open it in Excel or WPS and save it anew'
  },
  'not-csv': { zh: '不是完好的 CSV', en: 'It is no well-formed CSV' },
  'too-many-rows': { zh: '行数过多', en: 'There are too many rows' },
  'no-ledger': {
    zh: '没有找到台账的表头;请使用本系统导出的台账',
    en: 'The heads of the ledger are not there; use a ledger that the tracker exported'
  },
  'missing-column': {
    zh: '台账缺少必需的列,请重新导出台账',
    en: 'The ledger lacks a column that it needs; export it anew'
  },
  'duplicate-column': { zh: '同一列出现两次', en: 'A column stands there twice' },
  'duplicate-sheet': { zh: '同一张表出现两次', en: 'A table stands there twice' }
}
