import type { LedgerReply } from '../../functions/http/ledger-reply.ts'

type Imported = LedgerReply['projects'][number]
type Placed = Imported['changes'][number] | Imported['conflicts'][number] | Imported['errors'][number]

/** Whether something of an edited ledger was not taken. */
export const isRefusedIn = ({ projects, strays }: LedgerReply): boolean =>
  strays.length > 0 || projects.some(({ outcome }) => outcome === 'refused' || outcome === 'busy')

/** What an edited ledger changes, cell by cell, and what of it cannot be taken. */
export const textOfLedger = ({ projects, strays, applied }: LedgerReply): string => {
  const told = projects.filter(({ outcome }) => outcome !== 'unchanged')
  return [
    ...told.flatMap(linesOf),
    ...strays.map(error => `${at(error)} ${error.message.zh} / ${error.message.en}`),
    `${projects.length - told.length} 个项目没有更改 / projects unchanged`,
    ...(applied ? [] : ['试算,未写入 / dry run, nothing written (--apply)'])
  ].join('\n')
}

const linesOf = ({ project, outcome, version, changes, conflicts, errors }: Imported): readonly string[] => [
  `${project} v${version}: ${outcomeWords[outcome]}`,
  ...changes.map(change => `  ${at(change)} ${change.from ?? '–'} → ${change.to ?? '–'}`),
  ...conflicts.map(each => `  冲突 / conflict ${at(each)} ${each.message.zh} / ${each.message.en}`),
  ...errors.map(each => `  ${at(each)} ${each.message.zh} / ${each.message.en}`),
  ''
]

const at = ({ sheet, cell, milestoneId, head }: Placed): string =>
  `${sheet}!${cell}${milestoneId === undefined ? '' : ` ${milestoneId}`} ${head.zh}`

const outcomeWords: Readonly<Record<Imported['outcome'], string>> = {
  unchanged: '没有更改 / unchanged',
  changed: '将写入 / would be written',
  written: '已写入 / written',
  refused: '不能导入,整个项目未写入 / refused, nothing of it written',
  busy: '别人正在写入,请稍后再试 / others are writing, try again'
}
