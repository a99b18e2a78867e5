import { conditions } from '@capital-project-tracker/client'
import { type Command, Option } from 'commander'
import { dynamoAccess } from '../../functions/adapters/access.ts'
import type { Role } from '../../functions/core/author.ts'
import { principalOf } from '../../functions/schema/principal.ts'
import { addressOf, asked, connect, type RemoteOptions, remote } from './connection.ts'
import { withExamples } from './help.ts'
import { CommandError, print } from './output.ts'
import { withStorage } from './storage.ts'
import { keyed, writeOnce } from './write-once.ts'

interface IssueOptions {
  readonly role: Role
  readonly name: string
  readonly project?: string[]
  readonly expiresOn?: string
  readonly principal?: string
  readonly key?: string
}

interface FirstTokenOptions {
  readonly name: string
  readonly principal?: string
  readonly data: string
  readonly json?: boolean
}

const roles = ['admin', 'reporter', 'leader', 'viewer'] as const satisfies readonly Role[]

/** Commands on who is let in: token first, issue, revoke. */
export const addToken = (program: Command): void => {
  const token = program.command('token').description('令牌 / issue and revoke tokens')
  keyed(
    remote(
      withExamples(
        token
          .command('issue')
          .description('发放令牌,只显示一次 / issue a token, shown only once')
          .addOption(new Option('--role <role>', '角色 / role').choices(roles).makeOptionMandatory())
          .requiredOption('--name <name>', '持有人 / who holds it')
          .option('--project <ids...>', '填报人负责的项目 / projects of a reporter')
          .option(
            '--expires-on <date>',
            '有效期末日,不写则至撤销为止 / the last day on which it holds; until it is revoked without one'
          )
          .option(
            '--principal <arn>',
            '凭签名进入的 IAM 用户或角色,不用令牌 / user or role of IAM that is let in by its signature, without a token'
          ),
        ['tracker token issue --role reporter --name 张三 --project erzhong-phase-2 --expires-on 2030-12-31']
      )
    )
  ).action(async (options: RemoteOptions & IssueOptions) => {
    const { role, name, project, expiresOn, principal } = options
    const body = { role, name, projects: project, expiresOn, principal }
    const tracker = await connect(options)
    const grant = await writeOnce(options.key, key =>
      asked(tracker.POST('/v1/tokens', { params: { header: conditions({ key }) }, body }))
    )
    printGrant(grant, options.json, role === 'reporter' ? await addressOf(options) : undefined)
  })
  addFirst(token)
  remote(
    withExamples(
      token.command('revoke').argument('<id>', '令牌编号 / id of the token').description('撤销令牌 / revoke a token'),
      ['tracker token revoke 0123456789ab']
    )
  ).action(async (id: string, options: RemoteOptions) => {
    await asked((await connect(options)).DELETE('/v1/tokens/{id}', { params: { path: { id } } }))
    print({ id, revoked: true }, options.json, () => `${id} 已撤销 / revoked`)
  })
}

/**
 * An admin written straight into the table, where nobody is there yet who could ask the API for one, or
 * nobody is left. Whoever may write the table may do so.
 */
const addFirst = (token: Command): void => {
  withExamples(
    token.command('first').description('首个管理员,直接写入数据表 / the first admin, straight into the table'),
    ['tracker token first --name 李四']
  )
    .requiredOption('--name <name>', '姓名 / who it is')
    .option('--principal <arn>', '由 IAM 授权时的用户或角色 / user or role of IAM, where IAM authorises')
    .option(
      '--data <dir>',
      '本机系统的文件夹;云上由 ACCESS_TABLE 等指明数据表 / folder of the local tracker; in the cloud ACCESS_TABLE and the others name the tables',
      '.tracker'
    )
    .option('--json', '供程序读取 / machine form')
    .action(({ name, principal: arn, data, json }: FirstTokenOptions) =>
      withStorage(data, async ({ client, nameOf }) => {
        const access = dynamoAccess(client, nameOf('access'))
        const admin = { role: 'admin', name, projects: [] } as const
        const now = new Date().toISOString()
        if (arn === undefined) {
          const { token: text, grant } = await access.issue(admin, now)
          return printGrant({ ...grant, token: text }, json)
        }
        const principal = principalOf(arn)
        if (principal === undefined)
          throw new CommandError(`应为 IAM 用户或角色的 ARN:${arn}`, `${arn} is no user or role of IAM`, 2)
        printGrant({ ...(await access.admit(principal, admin, now)), principal }, json)
      })
    )
}

interface Grant {
  readonly id: string
  readonly token?: string
  readonly principal?: string
  readonly expiresOn?: string
}

/** Says what a grant is proved by, a token, for the only time, or a principal; until when; and the link of a form at `site`. */
const printGrant = (grant: Grant, json: boolean | undefined, site?: string): void =>
  print(grant, json, () => {
    const { id, token, principal, expiresOn } = grant
    const end = expiresOn
      ? `有效至 ${expiresOn}(含当日)/ holds until ${expiresOn}, that day included`
      : '至撤销为止 / holds until it is revoked'
    if (token === undefined) return [`${id}: ${principal}`, end].join('\n')
    const link =
      site === undefined
        ? []
        : [
            `填报链接 / link to the form: ${site.replace(/\/$/, '')}/report/#token=${token}`,
            '链接就是钥匙,请勿转发 / whoever has the link has the token: pass it to nobody else'
          ]
    return [`${id}: ${token}`, '只显示这一次 / shown only this once', end, ...link].join('\n')
  })
