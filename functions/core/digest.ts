import type { Assessment } from './assessment.ts'
import { bulletinLines } from './bulletin.ts'
import type { Calendar } from './calendar.ts'
import type { Case } from './case-state.ts'
import { caseOfFlag } from './cases.ts'
import { addDays, type IsoDate, monthOf, toDayNumber, weekdayOf } from './dates.ts'
import { flagId } from './flag.ts'
import { evidenceLine, headingLine, overdueLine, reminderLine, textWithin, unansweredLine } from './notice-lines.ts'
import { type Matter, matterLine, mattersOf, type Notice, type NoticeContext, tell } from './notices.ts'
import { type MilestoneOutlook, type Outlook, outlookOf } from './outlook.ts'
import type { Message } from './ports.ts'
import { hearersOf, type Recipient, recipientOf } from './routes.ts'
import { dateOf } from './schedule.ts'
import type { TrackedProject } from './state.ts'

/** One project's share in the digests. */
export interface DigestEntry {
  readonly state: TrackedProject
  readonly assessment: Assessment
}

/**
 * What a digest covers: from the day of the last one (exclusive) to today (inclusive). What would have been told on a day
 * on which none went out is told now, so that a reminder is neither lost nor told twice.
 */
export interface DigestSpan {
  readonly since: IsoDate
  readonly today: IsoDate
}

/**
 * One message a person for 08:30 (DOMAIN §6): what began to be told since the last digest, what still stands and is due to be
 * told again, dates that come near, dates that passed without an answer, cases that await their evidence; on the first
 * working day of a week a sign of life, and for the leaders the week (周调度) and the month (月通报). Nobody gets an empty one.
 * @param entries every project that is followed, in any order.
 */
export const digests = (
  entries: readonly DigestEntry[],
  span: DigestSpan,
  context: NoticeContext
): readonly Message[] => {
  const inOrder = [...entries].sort((a, b) => (a.state.project.id < b.state.project.id ? -1 : 1))
  const told = inOrder.flatMap(entry => sectionsOf(entry, span, context))
  const byPerson = Map.groupBy([...told, ...signsOfLife(inOrder, span, context)], ({ recipient }) => recipient.id)
  return [...byPerson]
    .map(([id, own]) => messageOf(id, own, span, context))
    .toSorted((a, b) => (a.recipient < b.recipient ? -1 : 1))
}

const sections = ['系统', '周调度', '月通报', '新增', '仍在', '督办', '逾期待报', '到期提醒'] as const

interface Entry extends Notice {
  readonly section: (typeof sections)[number]
}

const messageOf = (id: string, own: readonly Entry[], { today }: DigestSpan, { rules }: NoticeContext): Message => {
  const lines = sections.flatMap(section => {
    const found = [...new Set(own.filter(entry => entry.section === section).map(({ line }) => line))]
    return found.length === 0 ? [] : [headingLine(section), ...found]
  })
  const matters = own.filter(({ section }) => !reports.has(section)).length
  const reach = own[0]?.recipient.reach
  return {
    recipient: id,
    subject: matters === 0 ? `${today} 项目日报` : `${today} 项目日报:${matters}项`,
    text: textWithin(lines, rules.policy.mostLines),
    occasion: 'digest',
    ...(reach === undefined ? {} : { reach })
  }
}

/** Sections that report and ask nobody for anything. */
const reports: ReadonlySet<Entry['section']> = new Set(['系统', '周调度', '月通报'])

const sectionsOf = ({ state, assessment }: DigestEntry, span: DigestSpan, context: NoticeContext): readonly Entry[] => {
  const outlook = outlookOf(state, span.today, context.rules)
  const matters = mattersOf(state, assessment, outlook)
  return [
    ...matters.flatMap(matter => matterEntries(matter, state, outlook.cn, span, context)),
    ...unansweredEntries(state, span, context),
    ...evidenceEntries(state, outlook.cn, span, context),
    ...(state.status === 'paused' ? [] : outlook.milestones.flatMap(m => dateEntries(m, outlook, span, context)))
  ]
}

/** A flag that began to be told, or is due to be told again. Reds are told at once, except to those who had quiet hours. */
const matterEntries = (
  matter: Matter,
  state: TrackedProject,
  cn: Calendar,
  span: DigestSpan,
  context: NoticeContext
): readonly Entry[] => {
  const { flag } = matter
  const known = state.flags[flagId(flag)]
  // A date that comes near is brought to mind on its own days.
  if (known?.toldFrom === undefined || flag.severity === 'blue') return []
  const line = matterLine(matter, state, span.today, context)
  const isRed = flag.severity === 'red'
  if (known.toldFrom > span.since) {
    // An answer that ran out is told as a case that nobody answers.
    if (isRed && known.firedOn !== known.toldFrom && ranOutOn(caseOfFlag(state, flag)) === known.toldFrom) return []
    const news = tell({ type: isRed ? 'red' : 'flag' }, line, state, context)
    return (isRed ? unheard(news) : news).map(notice => ({ ...notice, section: '新增' as const }))
  }
  if (known.status === 'acknowledged' || flag.severity === 'paused') return []
  const { redRepeatWorkingDays, yellowRepeatWorkingDays } = context.rules.policy
  if (!comesRound(known.toldFrom, isRed ? redRepeatWorkingDays : yellowRepeatWorkingDays, cn, span)) return []
  const level = caseOfFlag(state, flag)?.level ?? 0
  return tell(isRed ? { type: 'red-stands', level } : { type: 'flag' }, line, state, context).map(notice => ({
    ...notice,
    section: '仍在' as const
  }))
}

/** What went out at once, for those who had quiet hours then. */
const unheard = (notices: readonly Notice[]): readonly Notice[] =>
  notices.filter(({ recipient }) => recipient.person?.quietHours !== undefined)

const ranOutOn = (known: Case | undefined): IsoDate | undefined =>
  known?.status === 'open' && known.waitingSince > known.openedOn ? known.waitingSince : undefined

/** A case that nobody answered and that has come to a level since the last digest. */
const unansweredEntries = (state: TrackedProject, span: DigestSpan, context: NoticeContext): readonly Entry[] =>
  Object.values(state.cases ?? {}).flatMap(known => {
    if (known.status !== 'open' || known.levelOn <= span.since || known.levelOn === known.openedOn) return []
    const line = unansweredLine(known, state.project, context.numbers[known.id], span.today)
    const notices = tell({ type: 'unanswered', level: known.level }, line, state, context)
    return unheard(notices).map(notice => ({ ...notice, section: '督办' as const }))
  })

/** A case whose flag is over stays open until its evidence is there. */
const evidenceEntries = (
  state: TrackedProject,
  cn: Calendar,
  span: DigestSpan,
  context: NoticeContext
): readonly Entry[] =>
  Object.values(state.cases ?? {}).flatMap(known => {
    const isOver = known.status !== 'closed' && state.flags[flagId(known)] === undefined
    if (!isOver || !comesRound(known.openedOn, context.rules.policy.yellowRepeatWorkingDays, cn, span)) return []
    const line = evidenceLine(known, state.project, context.numbers[known.id])
    return tell({ type: 'evidence' }, line, state, context).map(notice => ({ ...notice, section: '督办' as const }))
  })

/** A date that comes near, or that passed without one of its two answers: done, or a new date and a reason. */
const dateEntries = (
  { milestone, done, baselineFinish, progress, dates }: MilestoneOutlook,
  { state, cn }: Outlook,
  { since, today }: DigestSpan,
  context: NoticeContext
): readonly Entry[] => {
  if (done || baselineFinish === undefined) return []
  const { project } = state
  const finish = dateOf(baselineFinish)
  const { reminderWorkingDays, redRepeatWorkingDays } = context.rules.policy
  if (finish >= today) {
    const left = cn.count(today, finish)
    if (!reminderWorkingDays.some(days => left <= days && days < cn.count(since, finish))) return []
    const line = reminderLine({ milestone, finish, workingDays: left, project }, today)
    return tell({ type: 'date' }, line, state, context).map(notice => ({ ...notice, section: '到期提醒' as const }))
  }
  const isPromised = progress.forecastFinish !== undefined && dateOf(progress.forecastFinish) >= today
  // Asked on the first working day after the date, then again every so many.
  const rounds = (day: IsoDate) => Math.ceil(cn.count(finish, day) / redRepeatWorkingDays)
  // Of what only waits for another milestone, that one is asked.
  if (isPromised || dates.drivenBy.kind === 'predecessor' || rounds(today) <= Math.max(0, rounds(since))) return []
  const line = overdueLine({ milestone, finish, workingDays: cn.count(finish, today), project }, today)
  return tell({ type: 'date' }, line, state, context).map(notice => ({ ...notice, section: '逾期待报' as const }))
}

/** Whether one of the rounds of `every` working days after a date lies in the span. */
const comesRound = (from: IsoDate, every: number, cn: Calendar, { since, today }: DigestSpan): boolean =>
  Math.floor(cn.count(from, today) / every) > Math.max(0, Math.floor(cn.count(from, since) / every))

/** The first digest of a week tells everybody that the tracker runs, so that silence differs from failure. */
const signsOfLife = (entries: readonly DigestEntry[], span: DigestSpan, context: NoticeContext): readonly Entry[] => {
  const isFirstOfWeek = mondayOf(span.since) < mondayOf(span.today)
  const isFirstOfMonth = monthOf(span.since) < monthOf(span.today)
  const people = Object.values(context.directory)
  const everybody: readonly Recipient[] = [
    ...people.map(recipientOf),
    ...entries.flatMap(({ state }) => hearersOf({ type: 'flag' }, state.project, context.directory))
  ]
  const leaders = people
    .filter(({ position }) => position === 'deputy-director' || position === 'director')
    .map(recipientOf)
  const toAll = (recipients: readonly Recipient[], section: Entry['section'], lines: readonly string[]) =>
    recipients.flatMap(recipient => lines.map(line => ({ recipient, section, line })))
  const week = { from: addDays(mondayOf(span.today), -7), to: addDays(mondayOf(span.today), -1) }
  const month = monthBefore(span.today)
  return [
    ...(isFirstOfWeek ? toAll(everybody, '系统', [`系统运行正常,共 ${entries.length} 个项目`]) : []),
    ...(isFirstOfWeek ? toAll(leaders, '周调度', bulletinLines(entries, week, span.today, context.numbers)) : []),
    ...(isFirstOfMonth ? toAll(leaders, '月通报', bulletinLines(entries, month, span.today, context.numbers)) : [])
  ]
}

const mondayOf = (date: IsoDate): IsoDate => addDays(date, 1 - weekdayOf(toDayNumber(date)))

const monthBefore = (date: IsoDate): { readonly from: IsoDate; readonly to: IsoDate } => {
  const to = addDays(`${monthOf(date)}-01`, -1)
  return { from: `${monthOf(to)}-01`, to }
}
