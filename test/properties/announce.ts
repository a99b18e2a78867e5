import { factor, propertySeed } from './runs.ts'

/** Says so before the tests where properties do not begin as they always do. */
export const setup = (): void => {
  if (propertySeed !== 1 || factor !== 1)
    process.stdout.write(`properties: seed ${propertySeed}, ${factor} times as often\n`)
}
