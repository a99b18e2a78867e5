/**
 * The token of a link (`#token=…`), taken out of the address at once, so that it stays neither on the screen nor in the
 * history; a fragment is never sent to a server.
 */
export const takeTokenFromAddress = (): string | undefined => {
  const token = new URLSearchParams(location.hash.slice(1)).get('token')
  if (token === null) return undefined
  history.replaceState(null, '', location.pathname + location.search)
  return token.trim() || undefined
}
