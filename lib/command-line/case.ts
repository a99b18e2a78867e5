import { conditions, type Schemas } from '@capital-project-tracker/client'
import { type Command, Option } from 'commander'
import { type RuleId, ruleIds } from '../../functions/core/policy.ts'
import { asked, connect, type RemoteOptions, remote } from './connection.ts'
import { print, table } from './output.ts'

const statuses = ['open', 'acknowledged', 'closed'] as const satisfies readonly Case['status'][]

/** Commands on cases (督办单): list, show, acknowledge, close, rule, silence. */
export const addCase = (program: Command): void => {
  const cases = program.command('case').description('cases that red flags open / 督办单')
  remote(
    cases
      .command('list')
      .description('all cases, or those of a state or a project / 全部督办单')
      .addOption(new Option('--status <status>').choices(statuses))
      .option('--project <id>')
  ).action(async ({ status, project, ...options }: RemoteOptions & ListOptions) => {
    const tracker = await connect(options)
    const { cases: found } = await asked(tracker.GET('/v1/cases', { params: { query: { status, project } } }))
    print(found, options.json, () => table(found.map(rowOf)))
  })
  remote(cases.command('show').argument('<id>').description('one case / 一件督办单')).action(
    async (id: string, options: RemoteOptions) => {
      const found = await asked((await connect(options)).GET('/v1/cases/{id}', { params: { path: { id } } }))
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
  ).action(async (id: string, { finish, measure, key, ...options }: RemoteOptions & AnswerOptions) => {
    const params = { path: { id }, header: conditions({ key }) }
    const body = { committedFinish: finish, measure }
    printWritten(await asked((await connect(options)).POST('/v1/cases/{id}/acknowledge', { params, body })), options)
  })
  remote(
    cases
      .command('close')
      .argument('<id>')
      .description('close with evidence / 销号')
      .requiredOption('--evidence <text>', 'what proves that the matter is settled')
  ).action(async (id: string, { evidence, ...options }: RemoteOptions & { evidence: string }) => {
    const params = { path: { id } }
    printWritten(
      await asked((await connect(options)).POST('/v1/cases/{id}/close', { params, body: { evidence } })),
      options
    )
  })
  remote(
    cases
      .command('rule')
      .argument('<id>')
      .description('rule whether the reason of delay excuses it / 裁定')
      .option('--excusable', 'it does; without this it does not')
      .requiredOption('--reason <text>')
  ).action(async (id: string, { excusable = false, reason, ...options }: RemoteOptions & RulingOptions) => {
    const params = { path: { id } }
    const body = { excusable, reason }
    printWritten(await asked((await connect(options)).POST('/v1/cases/{id}/ruling', { params, body })), options)
  })
  remote(
    cases
      .command('silence')
      .argument('<project>')
      .description('tell nobody of some flags until a date, at most 30 days on / 静默')
      .requiredOption('--until <date>', 'last day, YYYY-MM-DD')
      .requiredOption('--reason <text>')
      .addOption(new Option('--rule <rule>', 'one rule; every rule without it').choices(ruleIds))
      .option('--milestone <id>', 'one milestone; all without it')
  ).action(async (project: string, { until, reason, rule, milestone, ...options }: RemoteOptions & SilenceOptions) => {
    const params = { path: { id: project } }
    const body = { until, reason, rule, milestoneId: milestone }
    const reply = await asked((await connect(options)).POST('/v1/projects/{id}/silences', { params, body }))
    print(reply, options.json, () => `${project}: ${until}`)
  })
}

interface ListOptions {
  readonly status?: Case['status']
  readonly project?: string
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
  readonly rule?: RuleId
  readonly milestone?: string
}

const printWritten = (reply: { readonly case: Case }, { json }: RemoteOptions): void =>
  print(reply, json, () => textOf(reply.case))

type Case = Schemas['Case']

const rowOf = ({ id, number, status, colour, level, projectName, milestoneName, rule }: Case) => [
  number.text,
  id,
  status,
  colour ?? '',
  levelNames[level] ?? '',
  rule,
  [projectName, milestoneName ?? ''].join(' ')
]

const levelNames = ['项目负责人', '责任股室', '分管副局长', '局长'] as const

const textOf = (found: Case): string =>
  [
    rowOf(found).join('  '),
    `opened / 立案 ${found.openedOn}, deadline / 期限 ${found.deadline ?? '—'}, ${found.excuse}`,
    ...(found.text ? [`${found.text.zh} / ${found.text.en}`] : [])
  ].join('\n')
