/** The token in the fragment of a link (`#token=…`); a fragment is never sent to a server. */
export const tokenIn = (fragment: string): string | undefined =>
  new URLSearchParams(fragment.slice(1)).get('token')?.trim() || undefined

/** The token of a link, taken out of the address at once, so that it stays neither on the screen nor in the history. */
export const takeTokenFromAddress = (): string | undefined => {
  const token = tokenIn(location.hash)
  if (token !== undefined) history.replaceState(null, '', location.pathname + location.search)
  return token
}
