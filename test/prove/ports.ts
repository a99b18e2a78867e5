import { readFileSync } from 'node:fs'

const sources = ['ports.ts', 'access.ts'].map(name => new URL(`../../functions/core/${name}`, import.meta.url))

/**
 * Every method of every port that leaves the process, read from the ports themselves (`EventLog.append`), so that a new one
 * is asked for by the proofs before anybody thinks of it.
 */
export const portMethods = (): readonly string[] =>
  [
    ...sources
      .map(source => readFileSync(source, 'utf8'))
      .join('\n')
      .matchAll(/^export interface (\w+)[^{]*\{\n(.*?)^\}/gms)
  ].flatMap(([, port, body = '']) =>
    body
      .split(/^ {2}readonly (?=\w+\??: )/m)
      .filter(member => /=> (Promise|AsyncIterable)</.test(member))
      .map(member => `${port}.${/^\w+/.exec(member)?.[0]}`)
  )
