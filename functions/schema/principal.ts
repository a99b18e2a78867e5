import * as z from 'zod'

const partitionAndAccount = String.raw`arn:(aws|aws-cn):(?:iam|sts)::(\d{12})`
const userArn = new RegExp(String.raw`^${partitionAndAccount}:user/(?:[\x21-\x7e]+/)?([\w+=,.@-]{1,64})$`)
const roleArn = new RegExp(String.raw`^${partitionAndAccount}:role/(?:[\x21-\x7e]+/)?([\w+=,.@-]{1,64})$`)
const sessionArn = new RegExp(String.raw`^${partitionAndAccount}:assumed-role/([\w+=,.@-]{1,64})/[\w+=,.@-]{2,64}$`)

/**
 * The one way in which the tracker writes a principal of IAM: `arn:aws-cn:iam::123456789012:role/Name`. A signed request
 * names the session of a role, an administrator the role itself, either with its path or without; names are unique in an
 * account whatever the path.
 * @returns `undefined` for what is neither user nor role: the root of an account is nobody in particular.
 */
export const principalOf = (arn: string): string | undefined => {
  const user = userArn.exec(arn)
  if (user) return `arn:${user[1]}:iam::${user[2]}:user/${user[3]}`
  const role = roleArn.exec(arn) ?? sessionArn.exec(arn)
  return role ? `arn:${role[1]}:iam::${role[2]}:role/${role[3]}` : undefined
}

/** ARN of a user or role, decoded to {@link principalOf}. */
export const principalSchema = z.lazy(() =>
  z
    .string()
    .max(2048)
    .transform((arn, context) => {
      const principal = principalOf(arn)
      if (principal !== undefined) return principal
      context.addIssue({ code: 'custom', message: 'names no user or role of IAM', params: { code: 'not-a-principal' } })
      return z.NEVER
    })
)
