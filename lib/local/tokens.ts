import { readFile, rename, writeFile } from 'node:fs/promises'
import * as z from 'zod'
import type { Access } from '../../functions/core/access.ts'
import type { Role } from '../../functions/core/author.ts'

/** One token per role. */
export type Tokens = Readonly<Record<Role, string>>

const roles = ['admin', 'reporter', 'leader', 'viewer'] as const satisfies readonly Role[]

const tokensSchema = z.object({ admin: z.string(), reporter: z.string(), leader: z.string(), viewer: z.string() })

/**
 * The tokens of this machine, one per role. Their text is kept in a file that only its owner can read, because the
 * tracker itself keeps hashes alone; a token that no longer holds is replaced.
 * @param projects the projects the reporter may write to.
 */
export const localTokens = async (
  file: string,
  access: Access,
  projects: readonly string[],
  at: string
): Promise<Tokens> => {
  const known = await readTokens(file)
  const valid = async (role: Role): Promise<string | undefined> => {
    const token = known?.[role]
    return token !== undefined && (await access.find(token)) ? token : undefined
  }
  const issue = async (role: Role): Promise<string> => {
    const grant = { role, name: `local ${role}`, projects: role === 'reporter' ? projects : [] }
    return (await access.issue(grant, at)).token
  }
  const entries = await Promise.all(
    roles.map(async role => [role, (await valid(role)) ?? (await issue(role))] as const)
  )
  const tokens = tokensSchema.parse(Object.fromEntries(entries))
  await writePrivate(file, `${JSON.stringify(tokens, undefined, 2)}\n`)
  return tokens
}

/** Writes a file that only its owner can read, whole or not at all. */
export const writePrivate = async (file: string, text: string): Promise<void> => {
  const draft = `${file}.tmp`
  await writeFile(draft, text, { mode: 0o600 })
  await rename(draft, file)
}

const readTokens = async (file: string): Promise<Tokens | undefined> => {
  try {
    return tokensSchema.parse(JSON.parse(await readFile(file, 'utf8')))
  } catch {
    return undefined
  }
}
