import { Duration, RemovalPolicy } from 'aws-cdk-lib'
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import {
  Architecture,
  Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  RuntimeFamily
} from 'aws-cdk-lib/aws-lambda'
import { LogGroup } from 'aws-cdk-lib/aws-logs'
import { Construct } from 'constructs'
import { notFoundPage } from '../functions/pages/not-found-page.ts'
import type { Api } from './api.ts'
import type { TrackerConfig } from './config.ts'
import { acknowledgeRuntime } from './tracker-function.ts'

/** Properties of {@link LostVisitors}. */
export interface LostVisitorsProps {
  readonly api: Api
  readonly config: TrackerConfig
}

/**
 * Answers 404 with the site's own page for any address below {@link LostVisitors.prefix}. The distribution asks here when
 * the bucket has no such file. Its own error pages would not do: they hold for the whole distribution, and would put a
 * page of HTML in place of every problem+json of the API that has the same status.
 */
export class LostVisitors extends Construct {
  /** Of the paths it answers, from the root of the API. */
  static readonly prefix = '/lost'

  constructor(scope: Construct, id: string, { api, config }: LostVisitorsProps) {
    super(scope, id)
    const logGroup = new LogGroup(this, 'Log', {
      retention: config.logRetentionDays,
      removalPolicy: RemovalPolicy.DESTROY
    })
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') })
    role.addToPolicy(
      new PolicyStatement({ actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [logGroup.logGroupArn] })
    )
    const handler = new LambdaFunction(this, 'Function', {
      description: 'Capital project tracker: the page for addresses that do not exist',
      runtime: new Runtime(config.runtime, RuntimeFamily.NODEJS, { supportsInlineCode: true }),
      architecture: config.architecture === 'arm64' ? Architecture.ARM_64 : Architecture.X86_64,
      handler: 'index.handler',
      code: Code.fromInline(lostVisitorsSource()),
      memorySize: 128,
      timeout: Duration.seconds(3),
      role,
      logGroup,
      loggingFormat: LoggingFormat.JSON
    })
    acknowledgeRuntime(handler, config)
    api.addOpenPath(`${LostVisitors.prefix}/{proxy+}`, handler)
  }
}

/**
 * The source of the function; it holds the page, so that it needs neither bucket nor permission. A folder it sends on to
 * its index: CloudFront in China has no functions at the edge that could do so before the bucket is asked. Never to another
 * host, as `//host` would.
 */
export const lostVisitorsSource = (): string => {
  const { body, contentType } = notFoundPage()
  const lost = { statusCode: 404, headers: { 'content-type': contentType, 'cache-control': 'no-cache' }, body }
  return `exports.handler = async ({ rawPath }) => {
  const path = rawPath.slice(${LostVisitors.prefix.length}).replace(/^[\\/\\\\]+/, '/')
  const last = path.slice(path.lastIndexOf('/') + 1)
  if (last.includes('.')) return ${JSON.stringify(lost)}
  return { statusCode: 308, headers: { location: path + (last === '' ? 'index.html' : '/') } }
}
`
}
