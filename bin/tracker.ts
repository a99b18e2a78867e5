import { Command, CommanderError } from 'commander'
import { addArchive } from '../lib/command-line/archive.ts'
import { addAssess } from '../lib/command-line/assess.ts'
import { addCalendar } from '../lib/command-line/calendar.ts'
import { addCase } from '../lib/command-line/case.ts'
import { addExport } from '../lib/command-line/export.ts'
import { addForecast } from '../lib/command-line/forecast.ts'
import { addImport } from '../lib/command-line/import.ts'
import { addKinds } from '../lib/command-line/kinds.ts'
import { addNotice } from '../lib/command-line/notice.ts'
import { CommandError, type ExitCode } from '../lib/command-line/output.ts'
import { addPeople } from '../lib/command-line/people.ts'
import { addProject } from '../lib/command-line/project.ts'
import { addReplay } from '../lib/command-line/replay.ts'
import { addReport } from '../lib/command-line/report.ts'
import { addToken } from '../lib/command-line/token.ts'
import { addUpkeep } from '../lib/command-line/upkeep.ts'

const program = new Command('tracker')
  .description('capital-project tracker / 学校建设项目跟踪')
  .exitOverride()
  .showHelpAfterError()
addAssess(program)
addCalendar(program)
addCase(program)
addForecast(program)
addKinds(program)
addImport(program)
addExport(program)
addNotice(program)
addPeople(program)
addProject(program)
addReport(program)
addToken(program)
addUpkeep(program)
addArchive(program)
addReplay(program)

/** Exit codes of the contract: 0 done, 1 the answer is no, 2 wrong use. */
const exitCodeOf = (error: unknown): ExitCode => {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
  if (error instanceof CommandError) {
    console.error(error.message)
    return error.exitCode
  }
  if (isFileFault(error)) {
    console.error(`${error.path}: cannot be read or written (${error.code}) / 文件无法读写`)
    return 1
  }
  console.error(error)
  return 1
}

/** What the file system says of a path that somebody gave. */
const isFileFault = (error: unknown): error is Error & { readonly code: string; readonly path: string } =>
  error instanceof Error && 'syscall' in error && 'path' in error && typeof error.path === 'string' && 'code' in error

try {
  await program.parseAsync()
} catch (error) {
  process.exitCode = exitCodeOf(error)
}
