import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { generatedPaths } from './generated-paths.ts'

await writeFile(join(import.meta.dirname, 'paths.ts'), await generatedPaths())
