import type * as z from 'zod'
import type { Fault, FaultCode } from '../core/refusal.ts'
import type { Text } from '../core/text.ts'
import type { FieldError } from './problems.ts'

/** The faults of a refused command as field errors of its request body. */
export const errorsOfFaults = (faults: readonly Fault[]): readonly FieldError[] =>
  faults.map(({ code, path, params }) => ({ pointer: pointerOf(path), code, message: faultText(code, params ?? {}) }))

/**
 * What a schema found wrong as field errors, one for each place and code; `prefix` says where it looked (`''` for the
 * body). Parse with `reportInput`, or a field that is missing cannot be told from one of the wrong type.
 */
export const errorsOfIssues = (issues: readonly z.core.$ZodIssue[], prefix = ''): readonly FieldError[] => {
  const errors = issues.flatMap(issue =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map(key => ({
          pointer: prefix + pointerOf([...issue.path, key]),
          code: 'unknown-field',
          message: unknownField
        }))
      : { pointer: prefix + pointerOf(issue.path), ...textOfIssue(issue) }
  )
  return [...new Map(errors.toReversed().map(error => [`${error.code} ${error.pointer}`, error])).values()].toReversed()
}

const pointerOf = (path: readonly PropertyKey[]): string =>
  path.map(step => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')

const unknownField: Text = { zh: '没有这个字段,请检查拼写', en: 'There is no such field; check its spelling' }

type IssueText = { readonly code: string; readonly message: Text }

const textOfIssue = (issue: z.core.$ZodIssue): IssueText => {
  if ('input' in issue && issue.input === undefined) return required
  switch (issue.code) {
    case 'invalid_type': {
      const { zh, en } = typeNames[issue.expected] ?? { zh: issue.expected, en: issue.expected }
      return { code: 'wrong-type', message: { zh: `应为${zh}`, en: `It should be ${en}` } }
    }
    case 'too_small':
      return { code: 'too-small', message: boundText('small', issue.origin, issue.minimum, issue.inclusive) }
    case 'too_big':
      return { code: 'too-big', message: boundText('big', issue.origin, issue.maximum, issue.inclusive) }
    case 'invalid_value':
      return oneOf(issue.values)
    case 'invalid_union':
      return issue.inclusive === false || issue.options === undefined ? wrongForm : oneOf(issue.options)
    case 'invalid_key':
    case 'invalid_element':
      return issue.issues[0] ? textOfIssue(issue.issues[0]) : wrongForm
    case 'custom': {
      const code = typeof issue.params?.code === 'string' ? issue.params.code : 'not-valid'
      return { code, message: customTexts[code] ?? { zh: `内容有误:${issue.message}`, en: `It ${issue.message}` } }
    }
    case 'invalid_format': {
      const { pattern } = issue
      if (issue.format === 'url') return { code: 'wrong-form', message: { zh: '应为网址', en: 'It should be a URL' } }
      if (typeof pattern !== 'string') return wrongForm
      const message = {
        zh: `格式不对,应符合 ${pattern}`,
        en: `It is not in the right form; it should match ${pattern}`
      }
      return { code: 'wrong-form', message }
    }
    case 'not_multiple_of':
    case 'unrecognized_keys':
      return wrongForm
  }
}

const required: IssueText = { code: 'required', message: { zh: '此项必填', en: 'This field is required' } }

const wrongForm: IssueText = {
  code: 'wrong-form',
  message: { zh: '格式不对', en: 'It is not in the right form' }
}

const oneOf = (values: readonly unknown[]): IssueText => {
  const list = values.filter(value => value !== undefined).join(' ')
  return { code: 'unknown-value', message: { zh: `应为其中之一:${list}`, en: `It should be one of: ${list}` } }
}

/** What JSON calls a value of the type that a schema expects. */
const typeNames: Readonly<Record<string, Text>> = {
  string: { zh: '文本', en: 'a string' },
  number: { zh: '数字', en: 'a number' },
  int: { zh: '整数', en: 'a whole number' },
  boolean: { zh: ' true 或 false', en: 'true or false' },
  array: { zh: '数组', en: 'an array' },
  tuple: { zh: '数组', en: 'an array' },
  object: { zh: '对象', en: 'an object' },
  record: { zh: '对象', en: 'an object' },
  null: { zh: ' null', en: 'null' }
}

/** A bound on a number, or on how long something is. */
const boundText = (side: 'small' | 'big', origin: string, bound: number | bigint, inclusive = true): Text => {
  const unit = { string: { zh: '个字符', en: ' characters' }, array: { zh: '项', en: ' items' } }[origin]
  const zh = side === 'small' ? (inclusive ? '至少' : '应大于') : inclusive ? '至多' : '应小于'
  const en = side === 'small' ? (inclusive ? 'at least' : 'more than') : inclusive ? 'at most' : 'less than'
  return unit
    ? { zh: `${zh} ${bound} ${unit.zh}`, en: `It should have ${en} ${bound}${unit.en}` }
    : { zh: `${inclusive ? `${zh}为` : zh} ${bound}`, en: `It should be ${en} ${bound}` }
}

/** Sentences for the codes that the schemas add to zod's own. */
const customTexts: Readonly<Record<string, Text>> = {
  'not-a-date': { zh: '应为真实日期,写作 YYYY-MM-DD', en: 'It should be a real date, written YYYY-MM-DD' },
  'nothing-reported': { zh: '除里程碑外至少填一项', en: 'Say at least one thing beside the milestone' },
  'note-required': { zh: '原因为 OTHER 时必须写明', en: 'The reason OTHER needs a note' },
  'duplicate-milestone': { zh: '同一里程碑出现两次', en: 'The milestone stands there twice' },
  'duplicate-id': { zh: '编号重复', en: 'The id stands there twice' },
  'duplicate-weekday': { zh: '同一星期几出现两次', en: 'A weekday stands there twice' },
  'photo-twice': { zh: '同一张照片出现两次', en: 'The photograph stands there twice' },
  'not-ascending': { zh: '应按先后顺序,互不重叠,数值不减', en: 'It should be in ascending order without overlap' },
  'too-many': { zh: '数量过多', en: 'There are too many' },
  'finish-before-start': { zh: '结束早于开始', en: 'It ends before it starts' },
  'projects-required': { zh: '填报人令牌须指定项目', en: 'A reporter needs at least one project' },
  'projects-not-allowed': { zh: '只有填报人令牌可以限定项目', en: 'Only a reporter is held to projects' },
  'control-character': { zh: '含有控制字符', en: 'It holds a control character' },
  'not-a-principal': { zh: '应为 IAM 用户或角色的 ARN', en: 'It should be the ARN of a user or role of IAM' },
  blank: { zh: '没有可见的文字', en: 'It shows nothing' },
  'reserved-name': { zh: '此名称保留,请换一个', en: 'The name is reserved; choose another' }
}

const faultText = (code: FaultCode, p: Readonly<Record<string, string | number>>): Text => {
  switch (code) {
    case 'duplicate-milestone':
      return { zh: `里程碑编号 ${p.id} 重复`, en: `The milestone id ${p.id} stands there twice` }
    case 'unknown-predecessor':
      return { zh: `前置里程碑 ${p.id} 不在计划中`, en: `The predecessor ${p.id} is not in the plan` }
    case 'cycle':
      return { zh: `里程碑互相等待:${p.members}`, en: `Milestones wait for each other: ${p.members}` }
    case 'unknown-calendar':
      return { zh: `找不到日历:${p.detail}`, en: `No such calendar: ${p.detail}` }
    case 'calendar-without-work':
      return {
        zh: '日历的工作日不够,排不出日期',
        en: 'A calendar works too little for the dates to be placed on it'
      }
    case 'whole-days-only':
      return { zh: '按天计的日历只能填整数天', en: 'A calendar of days takes whole days only' }
    case 'no-milestones':
      return { zh: '计划至少要有一个里程碑', en: 'A plan needs at least one milestone' }
    case 'count-not-ascending':
      return { zh: '计划数应按日期递增', en: 'The planned numbers should rise with their dates' }
    case 'finish-before-start':
      return { zh: '完成日期早于开始日期', en: 'The finish is before the start' }
    case 'date-form':
      return {
        zh: '按天的日历写 YYYY-MM-DD,按小时的日历写 YYYY-MM-DDTHH:mm',
        en: 'Write YYYY-MM-DD on a calendar of days and YYYY-MM-DDTHH:mm on one of hours'
      }
    case 'too-far':
      return {
        zh: '排出的日期晚于 2199 年,请检查工期与时滞',
        en: 'It computes to dates after 2199; check durations and lags'
      }
    case 'milestone-vanished':
      return {
        zh: `里程碑 ${p.id} 已有批准日期或报告,不能从计划中去掉;请改用取消`,
        en: `The milestone ${p.id} has approved dates or reports and cannot leave the plan; cancel it instead`
      }
    case 'date-locked':
      return {
        zh: `日期 ${p.finish} 在到期前 ${p.days} 天起锁定;请经基线审批更改`,
        en: `The date ${p.finish} is locked from ${p.days} days before it falls; approve a new baseline instead`
      }
    case 'delay-reason-required':
      return {
        zh: `日期晚于 ${p.before},请填写原因代码(delay.code)`,
        en: `The date is later than ${p.before}; give a reason (delay.code)`
      }
    case 'unknown-milestone':
      return { zh: `计划中没有里程碑 ${p.id}`, en: `The plan has no milestone ${p.id}` }
    case 'reported-twice':
      return { zh: `同一报告中里程碑 ${p.id} 出现两次`, en: `The report names the milestone ${p.id} twice` }
    case 'milestone-cancelled':
      return { zh: `里程碑 ${p.id} 已取消`, en: `The milestone ${p.id} was cancelled` }
    case 'date-in-future':
      return {
        zh: `日期 ${p.date} 晚于今天 ${p.today}`,
        en: `The date ${p.date} is after today, ${p.today}`
      }
    case 'forecast-in-past':
      return {
        zh: `未完成的工作不能预计在今天 ${p.today} 之前完成(${p.date})`,
        en: `What is not finished cannot be forecast for ${p.date}, before today, ${p.today}`
      }
    case 'already-started':
      return {
        zh: `已报 ${p.start} 开始;如有误请用更正`,
        en: `Its start was reported as ${p.start}; if that is wrong, correct it`
      }
    case 'already-finished':
      return {
        zh: `已报 ${p.finish} 完成;如有误请用更正`,
        en: `Its finish was reported as ${p.finish}; if that is wrong, correct it`
      }
    case 'progress-went-back':
      return {
        zh: '低于已报进度;如原报有误请用更正',
        en: 'It is less than was reported; if that was wrong, correct it'
      }
    case 'finished-below-hundred':
      return { zh: '已完成的里程碑进度应为 100', en: 'What is finished is 100 percent complete' }
    case 'finished-with-work-left':
      return { zh: '已完成的里程碑不应还有剩余工期', en: 'What is finished has no work left' }
    case 'percent-required':
      return { zh: '撤回完成日期时请填写现在的进度', en: 'Say the percent complete when you take a finish back' }
    case 'not-counted':
      return { zh: '此项目不按数量计', en: 'The project is not counted' }
    case 'count-above-total':
      return { zh: '数量超过总数', en: 'It is more than the total' }
    case 'photo-missing':
      return {
        zh: '没有上传过这张照片,或已过期;请先上传再填报',
        en: 'This photograph was not uploaded, or has expired; upload it first'
      }
    case 'no-photo':
      return {
        zh: '上传的内容不是所称的照片(JPEG、PNG 或 WebP)',
        en: 'What was uploaded is not the image it was said to be (JPEG, PNG or WebP)'
      }
    case 'camera-data':
      return {
        zh: '照片带有相机信息(EXIF 或 XMP,可能含拍摄地点);请去除后再上传,填报页会自动去除',
        en: 'The photograph carries data of the camera (Exif or XMP, perhaps the place); upload it without, as the form does'
      }
    case 'unknown-version':
      return { zh: `版本应在 1 与 ${p.version} 之间`, en: `The version should lie between 1 and ${p.version}` }
    case 'not-registered':
      return { zh: '项目尚未登记', en: 'The project has not been registered' }
    case 'already-paused':
      return { zh: '项目已在暂停中', en: 'The project is paused already' }
    case 'not-paused':
      return { zh: '项目没有暂停', en: 'The project is not paused' }
    case 'date-not-in-future':
      return { zh: `日期应在今天 ${p.today} 之后`, en: `The date should be after today, ${p.today}` }
    case 'unknown-case':
      return { zh: `没有督办单 ${p.id}`, en: `There is no case ${p.id}` }
    case 'case-closed':
      return { zh: `督办单已于 ${p.on} 销号`, en: `The case was closed on ${p.on}` }
    case 'already-acknowledged':
      return { zh: `已有答复,有效至 ${p.until}`, en: `It has an answer that holds until ${p.until}` }
    case 'no-delay-reason':
      return { zh: `督办单 ${p.id} 没有填报延误原因,无从裁定`, en: `No reason of delay was reported behind ${p.id}` }
    case 'date-in-past':
      return { zh: `日期不应早于今天 ${p.today}`, en: `The date should not be before today, ${p.today}` }
    case 'silence-too-long':
      return { zh: `静默至多 ${p.days} 天`, en: `A silence lasts ${p.days} days at most` }
    case 'not-coloured':
      return {
        zh: '暂停、无基线或已交付启用的项目不作人工判定',
        en: 'A project that is paused, in use or without a baseline has no colour to judge'
      }
    case 'colour-as-computed':
      return {
        zh: '按规则已是该颜色;要撤回原判定请用 withdraw',
        en: 'The rules give that colour already; to take a judgement back, withdraw it'
      }
    case 'silence-not-better':
      return {
        zh: '项目逾期未报,不能调好;请先填报',
        en: 'The project is silent, and silence is never better; report first'
      }
    case 'approver-required':
      return {
        zh: `规则判为更差的颜色,调好须填批准人职务(approvedBy)`,
        en: 'The rules give a worse colour; say which position approves a better one (approvedBy)'
      }
    case 'not-judged':
      return { zh: '没有人工判定可撤回', en: 'There is no judgement to take back' }
    case 'handover-needed':
      return {
        zh: `${p.id} 是项目的终点,不能是已取消的里程碑`,
        en: `${p.id} ends the project, so it cannot be a cancelled one`
      }
  }
}
