import { type Command, Option } from 'commander'
import { builtInCalendars } from '../../data/calendars.ts'
import { addDays, daysBetween, isIsoDate } from '../../functions/core/dates.ts'
import { withExamples } from './help.ts'
import { CommandError, print, table } from './output.ts'
import { notADate } from './wrong-input.ts'

const longestSpan = 20_000

/** `tracker calendar`: what a built-in calendar says of each day. */
export const addCalendar = (program: Command): void => {
  withExamples(program.command('calendar').description('列出日历 / list the days of a calendar'), [
    'tracker calendar --from 2021-02-01 --to 2021-02-28'
  ])
    .requiredOption('--from <date>', '首日,含当日 / first day, inclusive')
    .requiredOption('--to <date>', '末日,含当日 / last day, inclusive')
    .addOption(
      new Option('--calendar <name>', 'cn 国务院放假安排,daily 日历天 / State Council days, or calendar days')
        .choices(['cn', 'daily'])
        .default('cn')
    )
    .option('--json', '供程序读取 / machine form')
    .action((options: { from: string; to: string; calendar: string; json?: boolean }) => {
      const { from, to } = options
      for (const [name, date] of [
        ['--from', from],
        ['--to', to]
      ] as const)
        if (!isIsoDate(date)) throw notADate(name, date)
      if (to < from) throw new CommandError('--to 早于 --from', '--to is before --from', 2)
      if (daysBetween(from, to) > longestSpan)
        throw new CommandError(`超过 ${longestSpan} 天`, `more than ${longestSpan} days`, 2)
      const calendar = builtInCalendars(options.calendar)
      if (!calendar)
        throw new CommandError(
          `没有日历 ${options.calendar},只有 cn、daily`,
          `no such calendar: ${options.calendar} (cn, daily)`,
          2
        )
      const days = Array.from({ length: daysBetween(from, to) + 1 }, (_, i) => calendar.day(addDays(from, i)))
      print(days, options.json, () =>
        table(
          days.map(d => [d.date, d.working ? '班 work' : '休 off', d.name ?? '', d.provisional ? 'provisional' : ''])
        )
      )
    })
}
