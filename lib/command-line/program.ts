import { Command } from 'commander'
import { addArchive } from './archive.ts'
import { addAssess } from './assess.ts'
import { addCalendar } from './calendar.ts'
import { addCase } from './case.ts'
import { addCompletion } from './completion/completion.ts'
import { addExport } from './export.ts'
import { addForecast } from './forecast.ts'
import { addImport } from './import.ts'
import { addKinds } from './kinds.ts'
import { addNotice } from './notice.ts'
import { addPeople } from './people.ts'
import { addProject } from './project.ts'
import { addReplay } from './replay.ts'
import { addReport } from './report.ts'
import { addToken } from './token.ts'
import { addUpkeep } from './upkeep.ts'
import { addVerify } from './verify.ts'

/** The command line, whole: every command with its options. Whatever goes wrong is thrown, nothing ends the process. */
export const trackerProgram = (): Command => {
  const program = new Command('tracker')
    .description('学校建设项目跟踪 / capital-project tracker')
    .helpOption('-h, --help', '显示帮助 / show help')
    .helpCommand('help [command]', '显示一条命令的帮助 / show the help of a command')
    .configureHelp({ styleTitle: title => titles[title] ?? title })
    // Told in both languages at the end, where every error is.
    .configureOutput({ outputError: () => {} })
    .exitOverride()
  for (const add of [
    addReport,
    addProject,
    addCase,
    addPeople,
    addToken,
    addImport,
    addExport,
    addAssess,
    addForecast,
    addCalendar,
    addKinds,
    addNotice,
    addUpkeep,
    addVerify,
    addArchive,
    addReplay,
    addCompletion
  ])
    add(program)
  return program
}

const titles: Readonly<Record<string, string>> = {
  'Usage:': '用法 / Usage:',
  'Arguments:': '参数 / Arguments:',
  'Options:': '选项 / Options:',
  'Commands:': '命令 / Commands:'
}
