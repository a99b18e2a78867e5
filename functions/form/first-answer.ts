/** An answer that was asked for before the form was there; `undefined` when none came. */
interface FirstAnswer {
  readonly token: string
  readonly response: Promise<Response | undefined>
}

/** Where the first script leaves it for the form: they are two programs. */
const place: typeof globalThis & { firstAnswer?: FirstAnswer | undefined } = globalThis

/** Asks for what the bearer of a token may report on, before anything else is there. */
export const askFirst = (token: string): void => {
  const headers = { authorization: `Bearer ${token}` }
  place.firstAnswer = {
    token,
    response: fetch('/v1/agenda', { headers, cache: 'no-store' }).catch(() => undefined)
  }
}

/** What came of it, for the same bearer and once. */
export const takeFirstAnswer = (token: string): Promise<Response | undefined> | undefined => {
  const { firstAnswer } = place
  place.firstAnswer = undefined
  return firstAnswer?.token === token ? firstAnswer.response : undefined
}
