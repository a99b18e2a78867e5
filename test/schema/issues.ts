import type * as z from 'zod'

/** The issues of a value as http will point at them: an unknown field at its own place, a custom check by its code. */
export const issuesOf = (schema: z.ZodType, value: unknown): readonly { pointer: string; code: string }[] => {
  const pointerOf = (path: readonly PropertyKey[]) => path.map(part => `/${String(part)}`).join('')
  const issues = schema.safeParse(value).error?.issues ?? []
  return issues.flatMap(issue =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map(key => ({ pointer: pointerOf([...issue.path, key]), code: issue.code }))
      : [
          {
            pointer: pointerOf(issue.path),
            code: issue.code === 'custom' && typeof issue.params?.code === 'string' ? issue.params.code : issue.code
          }
        ]
  )
}
