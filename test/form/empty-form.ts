import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { formPrograms } from '../../functions/adapters/form-programs.ts'

/** A folder of programs that do nothing, for a publisher whose form is not under test (`FORM_DIR`). */
export const emptyForm = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'tracker-form-'))
  for (const file of Object.values(formPrograms)) writeFileSync(join(folder, file), '')
  return folder
}
