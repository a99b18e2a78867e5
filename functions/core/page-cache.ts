/**
 * Cache-Control of every file of the site: a browser keeps it and asks each time whether it is still the same (304). A
 * board must not lag behind the log, nor a new page meet an old style sheet after an upgrade.
 */
export const pageCacheControl = 'no-cache'
