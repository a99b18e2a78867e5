/** Everything below this address is for people who have signed in; no file of the site is. */
export const internalPrefix = '/internal'

/** Whether a path is one of the internal pages, or would be. */
export const isInternal = (path: string): boolean => path === internalPrefix || path.startsWith(`${internalPrefix}/`)
