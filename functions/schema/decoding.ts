import type * as z from 'zod'

/**
 * How what is stored is decoded. zod compiles each form of object when it first meets it, a quarter of a millisecond each:
 * while a process is young, and somebody waits for its first answer, it reads the form instead.
 */
export const decoding = (): z.core.ParseContext<z.core.$ZodIssue> | undefined => {
  decoded += 1
  return decoded > untilCompiled ? undefined : interpreted
}

/** A first answer takes two hundred decodings at most; by the thousandth, compiling has paid. */
const untilCompiled = 1000
let decoded = 0
const interpreted = { jitless: true } as const
