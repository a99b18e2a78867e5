import { database, type Session } from './database.ts'

/** Who reports from this browser; `undefined` when nobody has signed in. */
export const readSession = async (): Promise<Session | undefined> => (await database()).get('session', 'now')

/**
 * Signs in. What an earlier bearer left unsent stays with that token, the agenda was another's. Only a token that ended
 * here is remembered as a former one: it may have been the same person's.
 */
export const signIn = async (token: string): Promise<void> => {
  const store = await database()
  const before = await store.get('session', 'now')
  if (before?.token === token) return void (await store.put('session', { ...before, ended: false }, 'now'))
  await store.delete('agenda', 'now')
  const succeeds = before?.ended ? [...(before.succeeds ?? []), bearerOf(before.token)] : []
  await store.put('session', { token, ended: false, succeeds }, 'now')
}

/** Remembers that the tracker refuses a token, unless somebody has signed in with another since. */
export const endSession = async (token: string): Promise<void> => {
  const store = await database()
  const session = await store.get('session', 'now')
  if (session?.token === token) await store.put('session', { ...session, ended: true }, 'now')
}

/** Signs out. What was not sent stays for whoever signs in with the same token. */
export const signOut = async (): Promise<void> => {
  const store = await database()
  await Promise.all([store.delete('session', 'now'), store.delete('agenda', 'now')])
}

/** The public part of a token, by which the tracker tells bearers apart; no secret. */
export const bearerOf = (token: string): string => token.split('_')[1] ?? ''
