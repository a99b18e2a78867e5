import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { crashAtEachAwait, noCrashes } from './crashes.ts'
import { liveTheQuarter, type Received } from './quarter.ts'

const golden = new URL('./golden/quarter.txt', import.meta.url)

/** Person by person, day by day. */
const written = (received: readonly Received[]): string =>
  [...Map.groupBy(received, ({ recipient }) => recipient)]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([recipient, own]) =>
      [
        `# ${recipient}(${own.length} 条)`,
        ...own
          .toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.text < b.text ? -1 : 1))
          .map(({ at, subject, text }) => `\n## ${at} ${subject}\n${text}`)
      ].join('\n')
    )
    .join('\n\n')
    .concat('\n')

describe('A quarter of the demonstration, 2021-04-01 to 2021-06-30', () => {
  test('tells each person what a reader of the file agrees with', async () => {
    const text = written(await liveTheQuarter(noCrashes))
    if (process.env.UPDATE_GOLDEN) writeFileSync(golden, text)
    expect(text).toBe(readFileSync(golden, 'utf8'))
  }, 60_000)

  test('tells nothing twice where every morning runs twice', async () => {
    expect(written(await liveTheQuarter(noCrashes, { times: 2 }))).toBe(readFileSync(golden, 'utf8'))
  }, 120_000)

  // Each crash repeats a whole invocation, so this is lived with two projects: reds, a silence, an answer that runs out and a
  // case that goes up to the director are theirs. The whole demonstration takes minutes; its list is the same, too.
  const projects = ['no39-north', 'shiyan-kindergarten-complex']

  test.each(['before', 'after'] as const)(
    'is the same when every invocation is killed at each of its awaits, %s the call has its effect',
    async moment => {
      const crashes = crashAtEachAwait(moment)
      const crashed = written(await liveTheQuarter(crashes, { projects }))
      expect(crashed).toBe(written(await liveTheQuarter(noCrashes, { projects })))
      expect(crashes.count()).toBeGreaterThan(1500)
    },
    240_000
  )
})
