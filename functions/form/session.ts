import { database, type Session } from './database.ts'

/** Who reports from this browser; `undefined` when nobody has signed in. */
export const readSession = async (): Promise<Session | undefined> => (await database()).get('session', 'now')

/** Signs in. What an earlier bearer left waiting stays; the agenda was another's. */
export const signIn = async (token: string): Promise<void> => {
  const store = await database()
  if ((await store.get('session', 'now'))?.token !== token) await store.delete('agenda', 'now')
  await store.put('session', { token, ended: false }, 'now')
}

/** Remembers that the tracker refuses a token, unless somebody has signed in with another since. */
export const endSession = async (token: string): Promise<void> => {
  const store = await database()
  if ((await store.get('session', 'now'))?.token === token) await store.put('session', { token, ended: true }, 'now')
}

/** Signs out. What waits stays and is sent by whoever signs in next. */
export const signOut = async (): Promise<void> => {
  const store = await database()
  await Promise.all([store.delete('session', 'now'), store.delete('agenda', 'now')])
}

/** The public part of a token, by which the tracker tells bearers apart; no secret. */
export const bearerOf = (token: string): string => token.split('_')[1] ?? ''
