import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import type { GuessSource } from '../core/access.ts'
import type { Problem } from './problems.ts'
import type { ApiDeps } from './route.ts'

/** So many different wrong secrets in a minute are mistakes; more are guesses. */
const mostOfCaller = 30
/** An edge of the distribution speaks for many callers, and a caller who goes round it may invent where it comes from. */
const mostOfAddress = 300

/**
 * Looks a secret up, unless too many wrong ones came from the same place within a minute. A secret that was good before
 * is looked up always, and nobody elsewhere notices: guessing locks nobody out.
 */
export const lookUp = async <Found>(
  secret: string,
  find: (secret: string) => Promise<Found | undefined>,
  event: APIGatewayProxyEventV2,
  { guesses, hash }: Pick<ApiDeps, 'guesses' | 'hash'>
): Promise<{ readonly found: Found | undefined } | { readonly problem: Problem }> => {
  const proof = hash(secret)
  const sources = sourcesOf(event)
  const wait = guesses.waitOf(sources, proof)
  if (wait !== undefined) return { problem: { code: 'too-many-guesses', headers: { 'retry-after': String(wait) } } }
  const found = await find(secret)
  if (found === undefined) guesses.missed(sources, proof)
  else guesses.proved(proof)
  return { found }
}

/** Where a request comes from, as far as API Gateway and an edge before it have seen it. */
const sourcesOf = ({ headers, requestContext }: APIGatewayProxyEventV2): readonly GuessSource[] => {
  const { sourceIp } = requestContext.http
  const seen = (headers['x-forwarded-for'] ?? sourceIp).split(',').slice(-2)
  return [
    { name: `caller ${seen.map(networkOf).join()}`, most: mostOfCaller },
    { name: `address ${networkOf(sourceIp)}`, most: mostOfAddress }
  ]
}

/** Whoever has one address of IPv6 has the 64 bits behind it. */
const networkOf = (address: string): string => {
  const [head = ''] = address.trim().split('::')
  return address.includes(':') ? head.split(':').slice(0, 4).join(':') : head
}
