import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import { internalPrefix } from './internal-address.ts'

/** The value of a cookie that the browser sent. */
export const cookieIn = ({ cookies = [] }: APIGatewayProxyEventV2, name: string): string | undefined =>
  cookies.find(cookie => cookie.startsWith(`${name}=`))?.slice(name.length + 1)

/**
 * A cookie of the internal pages, out of reach of scripts and of other sites. `Secure` everywhere but on the machine
 * itself, which has no TLS.
 */
export const cookieOf = (name: string, value: string, seconds: number, { headers }: APIGatewayProxyEventV2): string => {
  const isLoopback = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(headers.host ?? '')
  const secure = isLoopback && headers['x-forwarded-proto'] === 'http' ? '' : '; Secure'
  return `${name}=${value}; Path=${internalPrefix}; Max-Age=${seconds}; HttpOnly; SameSite=Strict${secure}`
}
