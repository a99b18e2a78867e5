import { type BodyOf, conditions, type DataOf, type Done, type TrackerClient } from '@capital-project-tracker/client'
import { type Command, Option } from 'commander'
import { isIsoDate } from '../../functions/core/dates.ts'
import { type DelayCode, delayCodes } from '../../functions/core/delay.ts'
import { eventTexts } from '../../functions/pages/event-words.ts'
import { eventsSchema } from '../../functions/schema/commit.ts'
import { readJson } from './assess.ts'
import { addressOf, asked, bodyFromFile, connect, done, type RemoteOptions, remote } from './connection.ts'
import { withExamples } from './help.ts'
import { CommandError, print } from './output.ts'
import { readPhotos, uploadPhotos } from './photos.ts'
import { colourLines } from './standing.ts'
import { keyed, writeOnce } from './write-once.ts'
import { notANumber } from './wrong-input.ts'

type ReportBody = BodyOf<'/v1/projects/{id}/reports', 'post'>
type MilestoneReport = NonNullable<Exclude<ReportBody, { readonly noChange: true }>['reports']>[number]
type Agenda = DataOf<Awaited<ReturnType<typeof readAgenda>>>
type AgendaProject = Agenda['projects'][number]

/** `tracker report`: progress of one milestone in three words, a file of reports, or no change. */
export const addReport = (program: Command): void => {
  const command = keyed(
    remote(
      program
        .command('report')
        .description('填报:一个节点、一个文件,或无变化 / report one milestone, a file of reports, or no change')
        .argument('[project]', '项目;令牌只管一个项目时可省 / may be left out where the token has one project')
        .argument('[milestone]', '节点 / milestone')
        .argument(
          '[progress]',
          '80(百分比),done(今日完成),started(今日开始),或预计完成日期 / percent, done today, started today, or the forecast finish'
        )
        .option('--no-change', '无变化 / nothing has changed')
        .option('--file <file>', '填报内容的 JSON 文件 / body of a report as JSON')
        .option('--milestone <id>', '节点 / milestone')
        .option('--percent <number>', '完成百分比 / percent complete')
        .option('--actual-start <date>', '实际开始 / actual start')
        .option('--actual-finish <date>', '实际完成 / actual finish')
        .option('--forecast-finish <date>', '预计完成 / forecast finish')
        .option('--remaining <days>', '剩余工期,按节点的日历 / remaining duration, in the calendar of the milestone')
        .addOption(new Option('--delay <code>', '滞后原因 / reason of a later date').choices(delayCodes))
        .option('--note <text>', '说明,不公开 / note, not published')
        .addOption(
          new Option(
            '--photo <file>',
            '节点的照片,可多次给出;须已去除相机信息 / photograph of the milestone, may be given again; without data of the camera'
          )
            .default([])
            .argParser((file: string, before: readonly string[]) => [...before, file])
        )
    )
  ).action(async (...given: [...Words, ReportOptions]) => {
    const options = given[3]
    if (saysNothing(given)) throw nothingSaid()
    const photos = await readPhotos(options.photo)
    const tracker = await connect(options)
    const { today, projects } = await asked(readAgenda(tracker))
    const [id, ...said] = wordsOf(given, projects)
    const named = photos.map(({ sha256 }) => sha256)
    const body = await bodyOf(said, { ...options, photo: named }, today)
    if (photos.length > 0) await uploadPhotos(photos, { tracker, address: await addressOf(options), project: id })
    await send({ id, body, project: projects.find(one => one.id === id) }, options, tracker)
  })
  withExamples(command, [
    'tracker report erzhong-phase-2 V4 80',
    'tracker report V4 done',
    'tracker report erzhong-phase-2 V4 2021-07-15 --delay WEATHER',
    'tracker report erzhong-phase-2 V4 80 --photo 屋面.jpg --photo 外墙.jpg',
    'tracker report erzhong-phase-2 --no-change'
  ])
}

type Word = string | undefined
type Words = readonly [project: Word, milestone: Word, progress: Word]

interface ReportOptions extends RemoteOptions {
  readonly file?: string
  readonly change: boolean
  readonly milestone?: string
  readonly percent?: string
  readonly actualStart?: string
  readonly actualFinish?: string
  readonly forecastFinish?: string
  readonly remaining?: string
  readonly delay?: DelayCode
  readonly note?: string
  readonly photo: readonly string[]
  readonly key?: string
}

/** One word may be a project or a milestone, but says nothing of either. */
const saysNothing = ([, second, , options]: readonly [...Words, ReportOptions]): boolean =>
  second === undefined && options.file === undefined && options.milestone === undefined && options.change

const nothingSaid = (): CommandError =>
  new CommandError(
    '请写明节点与进展,或用 --no-change、--file',
    'say a milestone and its progress, or --no-change, or --file',
    2
  )

const readAgenda = (tracker: TrackerClient) => tracker.GET('/v1/agenda')

/** The words with their project first; whoever reports on one project need not name it. */
const wordsOf = (
  [first, second, third]: readonly [...Words, ReportOptions],
  projects: readonly AgendaProject[]
): readonly [string, Word, Word] => {
  const [only, ...others] = projects
  if (only && others.length === 0 && first !== only.id && third === undefined) return [only.id, first, second]
  if (first !== undefined) return [first, second, third]
  throw new CommandError('请写明项目', 'say which project', 2, {
    details: projects.map(({ id, name }) => `${id}  ${name}`)
  })
}

/** The body that words and options say together; nothing may be said in two ways, for one of them would be dropped. */
const bodyOf = async (
  [milestoneWord, progressWord]: readonly Word[],
  options: ReportOptions,
  today: string
): Promise<ReportBody> => {
  const fromWords = { milestoneId: milestoneWord, ...progressOf(progressWord, today) }
  const fromOptions = {
    milestoneId: options.milestone,
    percentComplete: numberOf('--percent', options.percent),
    actualStart: options.actualStart,
    actualFinish: options.actualFinish,
    forecastFinish: options.forecastFinish,
    remainingDuration: numberOf('--remaining', options.remaining),
    delay: options.delay && { code: options.delay, note: options.note },
    photos: options.photo.length > 0 ? [...options.photo] : undefined
  }
  const said = [...saidIn(fromWords), ...saidIn(fromOptions)]
  const ways = [options.file !== undefined, !options.change, said.length > 0].filter(way => way).length
  if (ways > 1 || new Set(said).size < said.length)
    throw new CommandError(
      '同一内容只能用一种方式填写:节点各项、--file 或 --no-change',
      'say a thing one way only: the fields of a milestone, --file or --no-change',
      2
    )
  const { note } = options
  if (options.file !== undefined) return bodyFromFile(await readJson(options.file))
  if (!options.change) return { noChange: true, note }
  const milestoneId = fromWords.milestoneId ?? fromOptions.milestoneId
  if (milestoneId === undefined) throw nothingSaid()
  return { reports: [{ ...fromOptions, ...fromWords, milestoneId, note }] }
}

const saidIn = (fields: object): readonly string[] =>
  Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [name]))

/** What the third word says of a milestone. */
const progressOf = (word: Word, today: string): Partial<MilestoneReport> => {
  if (word === undefined) return {}
  if (word === 'done') return { actualFinish: today }
  if (word === 'started') return { actualStart: today }
  if (isIsoDate(word)) return { forecastFinish: word }
  const percent = /^(\d+(?:\.\d+)?)%?$/.exec(word)?.[1]
  if (percent !== undefined) return { percentComplete: Number(percent) }
  throw new CommandError(
    `看不懂进展 ${word};应为百分比、done、started 或日期`,
    `${word} says nothing of progress: a percentage, done, started or a date does`,
    2
  )
}

const numberOf = (name: string, text: string | undefined): number | undefined => {
  if (text === undefined) return undefined
  const value = Number(text)
  if (text.trim() === '' || !Number.isFinite(value)) throw notANumber(name, text)
  return value
}

interface Report {
  readonly id: string
  readonly body: ReportBody
  /** How the project stood before, if it is among those that the token may report on. */
  readonly project: AgendaProject | undefined
}

const send = async ({ id, body, project }: Report, options: ReportOptions, tracker: TrackerClient): Promise<void> => {
  const written = await writeOnce(options.key, key =>
    done(post(tracker, { path: { id }, header: conditions({ key }) }, body))
  )
  print(written.data, options.json, () => textOf(written, project))
}

const post = (
  tracker: TrackerClient,
  params: { readonly path: { readonly id: string }; readonly header: ReturnType<typeof conditions> },
  body: ReportBody
) => tracker.POST('/v1/projects/{id}/reports', { params, body })

type Written = Done<DataOf<Awaited<ReturnType<typeof post>>>>

/** What changed, and the colour with its reason, in both languages. */
const textOf = ({ data: written, replayed }: Written, project: AgendaProject | undefined): string => {
  const milestones = new Map(project?.milestones.map(one => [one.id, one]))
  const sentencesIn = (lang: 'zh' | 'en') =>
    eventTexts(eventsSchema.parse(written.events), {
      lang,
      nameOf: milestoneId => {
        const { name, nameEn } = milestones.get(milestoneId) ?? { name: milestoneId }
        return (lang === 'en' && nameEn) || name
      },
      withoutPeople: text => text,
      unit: project?.count?.unit ?? ''
    })
  const english = sentencesIn('en')
  return [
    `${project?.name ?? ''} ${written.project}  第 ${written.version} 版 / version ${written.version}`.trimStart(),
    ...(replayed ? ['此前已收到,没有重复记录 / received before; recorded once'] : []),
    ...sentencesIn('zh').map((sentence, i) => `  ${sentence} / ${english[i]}`),
    ...colourLines(written.assessment, project?.light)
  ].join('\n')
}
