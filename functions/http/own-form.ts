import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import { cookieIn, cookieOf } from './cookies.ts'

/** Another site sent it: browsers since 2020 (Safari since 2023) say so, and no script can make them say otherwise. */
export const isForeign = ({ headers }: APIGatewayProxyEventV2): boolean => {
  const site = headers['sec-fetch-site']
  return site !== undefined && site !== 'same-origin' && site !== 'none'
}

/**
 * Whether the form that signs in is the site's own: else another site could sign somebody in under a name of its choice
 * and read what is then entered. An older browser, which does not say who sent it, has to bring back the key that stands
 * both in the form and in a cookie: another site knows neither. Programs that are no browser carry no cookies to abuse.
 */
export const isOwnForm = (event: APIGatewayProxyEventV2, form: URLSearchParams): boolean => {
  const { 'sec-fetch-site': site, 'user-agent': agent = '' } = event.headers
  if (site !== undefined) return !isForeign(event)
  const key = cookieIn(event, formCookie)
  return !/^Mozilla\//.test(agent) || (key !== undefined && key === form.get('form'))
}

/** The key of the form in this browser, and the cookie that keeps it; a second window has the same. */
export const formKey = (event: APIGatewayProxyEventV2): { readonly key: string; readonly cookie: string } => {
  const known = cookieIn(event, formCookie)
  const key = known !== undefined && keyPattern.test(known) ? known : crypto.randomUUID()
  return { key, cookie: cookieOf(formCookie, key, lifeSeconds, event) }
}

const formCookie = 'tracker_form'
const lifeSeconds = 8 * 3600
const keyPattern = /^[0-9a-f-]{36}$/
