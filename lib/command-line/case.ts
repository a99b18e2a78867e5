import { conditions, type Schemas } from '@capital-project-tracker/client'
import { type Command, Option } from 'commander'
import { type RuleId, ruleIds } from '../../functions/core/policy.ts'
import { caseStatusWords, excuseWords, levelWords } from '../../functions/pages/case-words.ts'
import { colourWords } from '../../functions/pages/words.ts'
import { asked, connect, type RemoteOptions, remote } from './connection.ts'
import { withExamples } from './help.ts'
import { both, print, tableOf } from './output.ts'
import { keyed, writeOnce } from './write-once.ts'

const statuses = ['open', 'acknowledged', 'closed'] as const satisfies readonly Case['status'][]

/** Commands on cases (督办单): list, show, acknowledge, close, rule, silence. */
export const addCase = (program: Command): void => {
  const cases = program.command('case').description('督办单 / cases that red flags open')
  remote(
    withExamples(
      cases.command('list').description('全部督办单,或某状态、某项目的 / all cases, or those of a state or a project'),
      ['tracker case list --status open']
    )
      .addOption(new Option('--status <status>', '状态 / state').choices(statuses))
      .option('--project <id>', '项目 / project')
  ).action(async ({ status, project, ...options }: RemoteOptions & ListOptions) => {
    const tracker = await connect(options)
    const { cases: found } = await asked(tracker.GET('/v1/cases', { params: { query: { status, project } } }))
    print(found, options.json, () => tableOf(columns, found.map(rowOf)))
  })
  remote(
    withExamples(cases.command('show').argument('<id>', '编号 / its id').description('一件督办单 / one case'), [
      'tracker case show no39-north.1'
    ])
  ).action(async (id: string, options: RemoteOptions) => {
    const found = await asked((await connect(options)).GET('/v1/cases/{id}', { params: { path: { id } } }))
    print(found, options.json, () => textOf(found))
  })
  keyed(
    remote(
      withExamples(
        cases
          .command('acknowledge')
          .argument('<id>', '编号 / its id')
          .description('答复:何时完成、采取什么措施 / answer: by when, and how'),
        ['tracker case acknowledge no39-north.1 --finish 2021-08-25 --measure 增加班组']
      )
        .requiredOption('--finish <date>', '承诺完成日期 / committed finish, YYYY-MM-DD')
        .requiredOption('--measure <text>', '措施 / what is done about it')
    )
  ).action(async (id: string, { finish, measure, key, ...options }: RemoteOptions & AnswerOptions) => {
    const tracker = await connect(options)
    const body = { committedFinish: finish, measure }
    const written = await writeOnce(key, own => {
      const params = { path: { id }, header: conditions({ key: own }) }
      return asked(tracker.POST('/v1/cases/{id}/acknowledge', { params, body }))
    })
    printWritten(written, options)
  })
  remote(
    withExamples(
      cases.command('close').argument('<id>', '编号 / its id').description('凭佐证销号 / close with evidence'),
      ['tracker case close no39-north.1 --evidence 竣工验收会议纪要']
    ).requiredOption('--evidence <text>', '佐证 / what proves that the matter is settled')
  ).action(async (id: string, { evidence, ...options }: RemoteOptions & { evidence: string }) => {
    const params = { path: { id } }
    printWritten(
      await asked((await connect(options)).POST('/v1/cases/{id}/close', { params, body: { evidence } })),
      options
    )
  })
  remote(
    withExamples(
      cases
        .command('rule')
        .argument('<id>', '编号 / its id')
        .description('裁定滞后原因可否免责 / rule whether the reason of delay excuses it'),
      ['tracker case rule no39-north.1 --excusable --reason 政府停工令']
    )
      .option('--excusable', '可以免责;不写即不可 / it does; without this it does not')
      .requiredOption('--reason <text>', '理由 / why')
  ).action(async (id: string, { excusable = false, reason, ...options }: RemoteOptions & RulingOptions) => {
    const params = { path: { id } }
    const body = { excusable, reason }
    printWritten(await asked((await connect(options)).POST('/v1/cases/{id}/ruling', { params, body })), options)
  })
  remote(
    withExamples(
      cases
        .command('silence')
        .argument('<project>', '项目 / project')
        .description(
          '静默:某日之前不就某些预警通知,至多 30 天 / tell nobody of some flags until a date, at most 30 days on'
        ),
      ['tracker case silence no39-north --until 2021-07-01 --reason 评审中 --rule R1']
    )
      .requiredOption('--until <date>', '末日,含当日 / last day, YYYY-MM-DD')
      .requiredOption('--reason <text>', '理由 / why')
      .addOption(new Option('--rule <rule>', '一条规则,不写则全部 / one rule; every rule without it').choices(ruleIds))
      .option('--milestone <id>', '一个节点,不写则全部 / one milestone; all without it')
  ).action(async (project: string, { until, reason, rule, milestone, ...options }: RemoteOptions & SilenceOptions) => {
    const params = { path: { id: project } }
    const body = { until, reason, rule, milestoneId: milestone }
    const reply = await asked((await connect(options)).POST('/v1/projects/{id}/silences', { params, body }))
    const what = [rule ?? '全部规则 every rule', milestone ?? '全部节点 every milestone'].join(', ')
    print(
      reply,
      options.json,
      () => `${project}: 静默至 ${until}(含当日)/ silent until ${until}, that day included: ${what}`
    )
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
  both(caseStatusWords[status]),
  colour === null ? '' : both(colourWords[colour]),
  both(levelWords[level]),
  rule,
  [projectName, milestoneName ?? ''].join(' ')
]

const columns = [
  '文号 number',
  '编号 id',
  '状态 state',
  '颜色 light',
  '层级 level',
  '规则 rule',
  '事项 matter'
] as const

const textOf = (found: Case): string =>
  [
    rowOf(found).join('  '),
    `立案 opened ${found.openedOn}, 期限 deadline ${found.deadline ?? '—'}, ${both(excuseWords[found.excuse])}`,
    ...(found.text ? [`${found.text.zh} / ${found.text.en}`] : [])
  ].join('\n')
