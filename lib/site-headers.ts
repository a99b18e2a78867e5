import { contentSecurityPolicy } from '../functions/pages/layout.ts'

/** Headers of every file of the site, in the cloud and on one machine. `frame-ancestors` can stand in a header only. */
export const siteHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': `${contentSecurityPolicy}; frame-ancestors 'none'`,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff'
}

/**
 * How long a browser keeps a file of the site without asking. Pages and data are asked for each time, and answered with
 * 304 while they are the same: a board must not lag behind the log.
 * @param path without leading slash.
 */
export const cacheControlOf = (path: string): string =>
  path.startsWith('assets/') ? 'public, max-age=3600' : 'no-cache'
