import { join } from 'node:path'
import { compiledBundle } from './compiled.ts'
import { lateBuiltins } from './late-builtins.ts'

// Becomes the `index.cjs` beside a bundle with a code cache: loads the bundle as `require` would, but from the cache.
const file = join(__dirname, 'bundle.cjs')
compiledBundle(file).body()(exports, lateBuiltins(require), module, file, __dirname)
