import { type Command, Option } from 'commander'
import { dynamoAccess } from '../../functions/adapters/access.ts'
import type { Role } from '../../functions/core/events.ts'
import { principalOf } from '../../functions/schema/principal.ts'
import { asked, connect, type RemoteOptions, remote } from './connection.ts'
import { CommandError, print } from './output.ts'
import { withStorage } from './storage.ts'

interface IssueOptions {
  readonly role: Role
  readonly name: string
  readonly project?: string[]
  readonly expiresOn?: string
  readonly principal?: string
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
  const token = program.command('token').description('issue and revoke tokens / 令牌')
  remote(
    token
      .command('issue')
      .addOption(new Option('--role <role>').choices(roles).makeOptionMandatory())
      .requiredOption('--name <name>', 'who holds it')
      .option('--project <ids...>', 'projects of a reporter')
      .option('--expires-on <date>', 'the last day on which it holds; until it is revoked without one')
      .option('--principal <arn>', 'user or role of IAM that is let in by its signature, without a token')
  ).action(async (options: RemoteOptions & IssueOptions) => {
    const { role, name, project, expiresOn, principal } = options
    const body = {
      role,
      name,
      ...(project ? { projects: project } : {}),
      ...(expiresOn ? { expiresOn } : {}),
      ...(principal ? { principal } : {})
    }
    printGrant(await asked((await connect(options)).POST('/v1/tokens', { body })), options.json)
  })
  addFirst(token)
  remote(token.command('revoke').argument('<id>')).action(async (id: string, options: RemoteOptions) => {
    await asked((await connect(options)).DELETE('/v1/tokens/{id}', { params: { path: { id } } }))
    print({ id, revoked: true }, options.json, () => `${id} revoked`)
  })
}

/**
 * An admin written straight into the table, where nobody is there yet who could ask the API for one, or
 * nobody is left. Whoever may write the table may do so.
 */
const addFirst = (token: Command): void => {
  token
    .command('first')
    .description('the first admin, straight into the table / 首个管理员')
    .requiredOption('--name <name>', 'who it is')
    .option('--principal <arn>', 'user or role of IAM, where IAM authorises')
    .option(
      '--data <dir>',
      'folder of the local tracker; in the cloud ACCESS_TABLE and the others name the tables',
      '.tracker'
    )
    .option('--json', 'machine form')
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
}

/** Says what a grant is proved by: a token, for the only time, or a principal. */
const printGrant = (grant: Grant, json: boolean | undefined): void =>
  print(grant, json, () =>
    grant.token ? `${grant.id}: ${grant.token}\n只显示这一次 / shown only this once` : `${grant.id}: ${grant.principal}`
  )
