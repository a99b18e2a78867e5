import { isAscii } from 'node:buffer'
import { readFileSync } from 'node:fs'
import { Script } from 'node:vm'
import type { Require } from './late-builtins.ts'

/** What a CommonJS module is called with. */
export type ModuleBody = (
  exports: unknown,
  require: Require,
  module: unknown,
  filename: string,
  dirname: string
) => void

/** A bundle, compiled but not yet run. */
export interface Compiled {
  readonly script: Script
  readonly body: () => ModuleBody
}

/** Where V8 of this version, on this kind of processor, keeps what it has compiled of a bundle. */
export const cacheFileOf = (file: string): string => `${file}.${process.versions.v8}-${process.arch}.cache`

/**
 * Compiles a bundle, from its cache where there is one that V8 takes. V8 looks at its version, its flags and its snapshot,
 * and compiles as ever when one differs; a file for another version or processor is not even read. It does not look for
 * damage inside: the cache is part of the function, as its code is.
 */
export const compiledBundle = (file: string): Compiled => {
  const bytes = readFileSync(file)
  // Latin-1 is the quickest to read and one byte a character in memory; esbuild leaves regular expressions as they are written.
  const code = bytes.toString(isAscii(bytes) ? 'latin1' : 'utf8')
  const script = new Script(`(function (exports, require, module, __filename, __dirname) {\n${code}\n})`, {
    filename: file,
    // So that the lines of a stack trace are those of the file.
    lineOffset: -1,
    cachedData: cacheOf(file)
  })
  return { script, body: () => script.runInThisContext() }
}

const cacheOf = (file: string): Buffer | undefined => {
  try {
    return readFileSync(cacheFileOf(file))
  } catch {
    return undefined
  }
}
