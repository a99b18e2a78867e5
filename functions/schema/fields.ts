import * as z from 'zod'
import { isIsoDate } from '../core/dates.ts'
import { delayCodes } from '../core/delay.ts'
import { hiddenCharacter } from '../core/visible-text.ts'

type Complete<T> = T extends readonly (infer Item)[]
  ? readonly Complete<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]-?: Complete<Exclude<T[Key], undefined>> }
    : T

type SameFields<A, B> = [Complete<A>] extends [Complete<B>]
  ? [Complete<B>] extends [Complete<A>]
    ? true
    : false
  : false

/**
 * Holds a schema to a type of the core at compile time, at every depth and in both directions: `satisfies` alone would
 * accept a schema that leaves out an optional field, and zod would then drop that field from every document.
 */
export const decodes =
  <T>() =>
  <Schema extends z.ZodType<T>>(
    schema: Schema & (SameFields<T, z.output<Schema>> extends true ? unknown : { readonly fieldsDiffer: never })
  ): Schema =>
    schema

/** A check with a stable kebab-case code in `params.code`, for rules that zod has no code for. */
export const coded = <T>(test: (value: T) => boolean, code: string, message: string, path?: (string | number)[]) =>
  z.refine<T>(test, { error: message, params: { code }, ...(path === undefined ? {} : { path }) })

/**
 * Reports every item of a list whose key an earlier item has, at `[index, field]`, or at `[index]` where the item is its
 * own key; an item without a key may stand there as often as it likes.
 */
export const unique = <T>(keyOf: (item: T) => string | undefined, field: string | undefined, code: string) =>
  z.check<readonly T[]>(({ value, issues }) => {
    const seen = new Set<string>()
    for (const [index, item] of value.entries()) {
      const key = keyOf(item)
      if (key === undefined) continue
      if (seen.has(key))
        issues.push({
          code: 'custom',
          input: key,
          path: field === undefined ? [index] : [index, field],
          params: { code },
          message: 'stands there twice'
        })
      seen.add(key)
    }
  })

/** True for a name that can be a key of a plain object without meeting what every object inherits (`constructor`). */
export const isSafeKey = (key: string): boolean => !inherited.has(key)

/** Asked of every key and id of a stored state. */
const inherited = new Set(Object.getOwnPropertyNames(Object.prototype))

const safeKey = coded(isSafeKey, 'reserved-name', 'is a reserved name')

/** Key of a stored map by milestone, flag or calendar. */
export const keySchema = z.string().check(safeKey)

const saysNothing = coded<string>(text => /[^\p{C}\p{Z}]/u.test(text) || text === '', 'blank', 'shows nothing')

/** Several lines of text from a person: not blank, no control characters beside line breaks and tabs. */
export const textOf = (longest: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(longest)
    .check(
      coded(
        text => !hiddenCharacter.test(text.replaceAll(/[\n\r\t]/g, '')),
        'control-character',
        'holds a control character'
      ),
      saysNothing
    )

/** One line of text from a person. */
export const lineOf = (longest: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(longest)
    .check(
      coded(
        text => !hiddenCharacter.test(text) && !/[\p{Zl}\p{Zp}]/u.test(text),
        'control-character',
        'holds a control character'
      ),
      saysNothing
    )

/** Id of a project: lower case letters, digits and hyphens, at most 64, as it stands in addresses and file names. */
export const projectIdSchema = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/)

/** True for what {@link projectIdSchema} admits; anything else is the id of no project. */
export const isProjectId = (text: string): boolean => projectIdSchema.safeParse(text).success

/** Id of a milestone: 1 to 40 letters, digits, `.`, `_`, `-`. */
export const milestoneIdSchema = z
  .string()
  .regex(/^[A-Za-z0-9._-]{1,40}$/)
  .check(safeKey)

/** Name of a calendar. */
export const calendarNameSchema = lineOf(80).check(safeKey)

/** A civil date `YYYY-MM-DD` between 1970 and 2199 that exists. */
export const dateSchema = z
  .string()
  .check(coded(isIsoDate, 'not-a-date', 'is no date YYYY-MM-DD'))
  .meta({ format: 'date', example: '2021-06-21' })

const clockPattern = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d$/

/** True for a date, or a date with a time of day `YYYY-MM-DDTHH:mm` on a calendar of hours. */
export const isScheduleDate = (text: string): boolean =>
  isIsoDate(text) || isIsoDate(clockPattern.exec(text)?.[1] ?? '')

/** A date of a schedule: `YYYY-MM-DD`, on a calendar of hours `YYYY-MM-DDTHH:mm`. */
export const scheduleDateSchema = z
  .string()
  .check(coded(isScheduleDate, 'not-a-date', 'is no date YYYY-MM-DD or YYYY-MM-DDTHH:mm'))
  .meta({ example: '2021-06-21' })

/** Which of two schedule dates is later; a day without a time of day reaches to its end. */
export const isInOrder = (start: string, finish: string): boolean =>
  start.slice(0, 10) === finish.slice(0, 10) && start.length !== finish.length ? true : start <= finish

/** The reason of a later date; `OTHER` says what it is. */
export const delaySchema = z
  .strictObject({ code: z.enum(delayCodes), note: textOf(2000).optional() })
  .check(
    coded(delay => delay.code !== 'OTHER' || delay.note !== undefined, 'note-required', 'OTHER needs a note', ['note'])
  )

/** Why something was decided, for the record. */
export const reasonSchema = textOf(2000)

/** A JSON text of something; text that is no JSON is an issue `not-json`, never an exception. */
export const jsonTextOf = <Schema extends z.ZodType>(schema: Schema) =>
  z
    .string()
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text)
      } catch {
        context.issues.push({ code: 'custom', input: text, params: { code: 'not-json' }, message: 'is no JSON' })
        return z.NEVER
      }
    })
    .pipe(schema)
