import type { Command } from 'commander'
import * as z from 'zod'
import { print, table } from './output.ts'
import { call, type RemoteOptions, remote } from './remote.ts'

const caseSchema = z.looseObject({
  id: z.string(),
  number: z.looseObject({ text: z.string() }),
  projectName: z.string(),
  milestoneName: z.string().optional(),
  rule: z.string(),
  status: z.string(),
  colour: z.string().nullable(),
  level: z.number(),
  openedOn: z.string(),
  deadline: z.string().nullable(),
  excuse: z.string(),
  text: z.object({ zh: z.string(), en: z.string() }).nullable()
})
const writtenSchema = z.looseObject({ case: caseSchema })

/** Commands on cases (督办单): list, show, acknowledge, close, rule, silence. */
export const addCase = (program: Command): void => {
  const cases = program.command('case').description('cases that red flags open / 督办单')
  remote(
    cases
      .command('list')
      .description('all cases, or those of a state or a project / 全部督办单')
      .option('--status <status>', 'open, acknowledged or closed')
      .option('--project <id>')
  ).action(async (options: RemoteOptions & { status?: string; project?: string }) => {
    const query = new URLSearchParams({
      ...(options.status === undefined ? {} : { status: options.status }),
      ...(options.project === undefined ? {} : { project: options.project })
    })
    const reply = z.object({ cases: z.array(caseSchema) }).parse(await call(options, 'GET', `/v1/cases?${query}`))
    print(reply.cases, options.json, () => table(reply.cases.map(rowOf)))
  })
  remote(cases.command('show').argument('<id>').description('one case / 一件督办单')).action(
    async (id: string, options: RemoteOptions) => {
      const found = caseSchema.parse(await call(options, 'GET', addressOf(id)))
      print(found, options.json, () => textOf(found))
    }
  )
  remote(
    cases
      .command('acknowledge')
      .argument('<id>')
      .description('answer: by when, and how / 答复')
      .requiredOption('--finish <date>', 'committed finish, YYYY-MM-DD')
      .requiredOption('--measure <text>', 'what is done about it')
      .option('--key <key>', 'Idempotency-Key, to repeat an answer safely')
  ).action((id: string, { finish, measure, key, ...options }: RemoteOptions & AnswerOptions) =>
    write(id, 'acknowledge', { committedFinish: finish, measure }, options, key)
  )
  remote(
    cases
      .command('close')
      .argument('<id>')
      .description('close with evidence / 销号')
      .requiredOption('--evidence <text>', 'what proves that the matter is settled')
  ).action((id: string, { evidence, ...options }: RemoteOptions & { evidence: string }) =>
    write(id, 'close', { evidence }, options)
  )
  remote(
    cases
      .command('rule')
      .argument('<id>')
      .description('rule whether the reason of delay excuses it / 裁定')
      .option('--excusable', 'it does; without this it does not')
      .requiredOption('--reason <text>')
  ).action((id: string, { excusable = false, reason, ...options }: RemoteOptions & RulingOptions) =>
    write(id, 'ruling', { excusable, reason }, options)
  )
  remote(
    cases
      .command('silence')
      .argument('<project>')
      .description('tell nobody of some flags until a date, at most 30 days on / 静默')
      .requiredOption('--until <date>', 'last day, YYYY-MM-DD')
      .requiredOption('--reason <text>')
      .option('--rule <rule>', 'one rule; every rule without it')
      .option('--milestone <id>', 'one milestone; all without it')
  ).action(async (project: string, { until, reason, rule, milestone, ...options }: RemoteOptions & SilenceOptions) => {
    const path = `/v1/projects/${encodeURIComponent(project)}/silences`
    const reply = await call(options, 'POST', path, { until, reason, rule, milestoneId: milestone })
    print(reply, options.json, () => `${project}: ${until}`)
  })
}

interface AnswerOptions {
  readonly finish: string
  readonly measure: string
  readonly key?: string
}

interface RulingOptions {
  readonly excusable?: boolean
  readonly reason: string
}

interface SilenceOptions {
  readonly until: string
  readonly reason: string
  readonly rule?: string
  readonly milestone?: string
}

const write = async (id: string, what: string, body: object, options: RemoteOptions, key?: string): Promise<void> => {
  const reply = writtenSchema.parse(await call(options, 'POST', `${addressOf(id)}/${what}`, body, key))
  print(reply, options.json, () => textOf(reply.case))
}

const addressOf = (id: string): string => `/v1/cases/${encodeURIComponent(id)}`

type CaseReply = z.output<typeof caseSchema>

const rowOf = ({ id, number, status, colour, level, projectName, milestoneName, rule }: CaseReply) => [
  number.text,
  id,
  status,
  colour ?? '',
  levelNames[level] ?? '',
  rule,
  [projectName, milestoneName ?? ''].join(' ')
]

const levelNames = ['项目负责人', '责任股室', '分管副局长', '局长'] as const

const textOf = (found: CaseReply): string =>
  [
    rowOf(found).join('  '),
    `opened / 立案 ${found.openedOn}, deadline / 期限 ${found.deadline ?? '—'}, ${found.excuse}`,
    ...(found.text ? [`${found.text.zh} / ${found.text.en}`] : [])
  ].join('\n')
