import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../../shared/data/', import.meta.url))

/**
 * The path of reference data that others made and that is no part of this repository; `undefined`, after a printed line,
 * when it does not lie beside the repository. What it says may be compared, not copied.
 */
export const outsideData = (path: string): string | undefined => {
  const found = `${root}${path}`
  if (existsSync(found)) return found
  process.stdout.write(`skipped: ../shared/data/${path} is not there\n`)
  return undefined
}
