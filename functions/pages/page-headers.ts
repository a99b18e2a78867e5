import { contentSecurityPolicy } from './layout.ts'

/** Headers of every page, in the cloud and on one machine. `frame-ancestors` can stand in a header only. */
export const pageHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': `${contentSecurityPolicy}; frame-ancestors 'none'`,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff'
}
