import type { FieldError } from '../../functions/http/problems.ts'
import { CommandError } from './output.ts'

/** A file whose fields are wrong, each named by its place. */
export const notValid = (errors: readonly FieldError[]): CommandError =>
  new CommandError('内容有误', 'it is not valid', 1, { details: linesOfErrors(errors) })

/** Field errors as lines for people. */
export const linesOfErrors = (errors: readonly FieldError[]): readonly string[] =>
  errors.map(({ pointer, message }) => `${pointer || '/'}: ${message.zh} / ${message.en}`)

/** A file that is not there or may not be read. */
export const cannotRead = (file: string): CommandError =>
  new CommandError(`无法读取文件 ${file}`, `cannot read ${file}`)

/** An option that should be a date. */
export const notADate = (option: string, text: string): CommandError =>
  new CommandError(`${option} 不是日期(YYYY-MM-DD):${text}`, `${option} is no date (YYYY-MM-DD): ${text}`, 2)

/** An option that should be a number. */
export const notANumber = (option: string, text: string): CommandError =>
  new CommandError(`${option} 不是数字:${text}`, `${option} is no number: ${text}`, 2)

/** An address of the web that is none. */
export const notAUrl = (text: string): CommandError =>
  new CommandError(`--url 不是网址:${text}`, `--url is no URL: ${text}`, 2)
