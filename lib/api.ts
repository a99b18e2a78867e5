import { RemovalPolicy, Validations } from 'aws-cdk-lib'
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway'
import {
  CorsHttpMethod,
  HttpApi,
  HttpMethod,
  HttpNoneAuthorizer,
  HttpStage,
  LogGroupLogDestination
} from 'aws-cdk-lib/aws-apigatewayv2'
import { HttpIamAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers'
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations'
import type { IFunction } from 'aws-cdk-lib/aws-lambda'
import { LogGroup } from 'aws-cdk-lib/aws-logs'
import { Construct } from 'constructs'
import { internalPrefix } from '../functions/http/internal-address.ts'
import { routes } from '../functions/http/routes.ts'
import type { TrackerConfig } from './config.ts'
import type { TrackerFunction } from './tracker-function.ts'

/** Properties of {@link Api}. */
export interface ApiProps {
  readonly handler: TrackerFunction
  readonly config: TrackerConfig
}

/** Everything below this answers to the contract, also what has no route: as problem+json. */
export const apiPrefix = '/v1/'

/** The HTTP API: every route of `functions/http/routes.ts`, and the rest of `/v1/` for the answers 404 and 405. */
export class Api extends Construct {
  readonly http: HttpApi
  readonly stage: HttpStage

  constructor(scope: Construct, id: string, { handler, config }: ApiProps) {
    super(scope, id)
    const { thresholds, authorisation } = config
    this.http = new HttpApi(this, 'Http', {
      apiName: `capital-project-tracker-${config.stage}`,
      createDefaultStage: false,
      ...(authorisation === 'iam' && { defaultAuthorizer: new HttpIamAuthorizer() }),
      ...corsOf(config)
    })
    if (authorisation === 'iam') handler.set('AUTHORISATION', authorisation)
    const integration = integrationOf(handler.lambda, 'Tracker')
    for (const { method, path, audience } of routes)
      this.http.addRoutes({
        path,
        methods: [HttpMethod[method]],
        integration,
        // Monitors ask for the health, programs for the description, before they have anything to sign with.
        ...(audience === 'anyone' && { authorizer: new HttpNoneAuthorizer() })
      })
    for (const path of [`${apiPrefix}{proxy+}`, internalPrefix, `${internalPrefix}/{proxy+}`])
      this.http.addRoutes({ path, methods: [HttpMethod.ANY], integration })
    this.stage = new HttpStage(this, 'Stage', {
      httpApi: this.http,
      stageName: '$default',
      autoDeploy: true,
      throttle: { rateLimit: thresholds.requestsPerSecond, burstLimit: thresholds.burst },
      accessLogSettings: { destination: new LogGroupLogDestination(this.accessLog(config)), format: accessLogFormat }
    })
    this.acknowledge(authorisation)
  }

  /** Serves paths outside the contract with another function, for anyone. */
  addOpenPath(path: `/${string}`, handler: IFunction): void {
    this.http.addRoutes({
      path,
      methods: [HttpMethod.ANY],
      integration: integrationOf(handler, 'Open'),
      authorizer: new HttpNoneAuthorizer()
    })
  }

  private accessLog({ logRetentionDays }: TrackerConfig): LogGroup {
    return new LogGroup(this, 'AccessLog', { retention: logRetentionDays, removalPolicy: RemovalPolicy.DESTROY })
  }

  private acknowledge(authorisation: TrackerConfig['authorisation']): void {
    Validations.of(this.http).acknowledge({
      id: 'AwsSolutions-APIG4',
      reason:
        authorisation === 'iam'
          ? 'Only health, the description of the API and the page for lost visitors are open; IAM guards every other route.'
          : 'The function checks a bearer token on every route that is not for anyone, by the route table; API Gateway could only check tokens of an OpenID provider, which China has no managed one of.'
    })
  }
}

const integrationOf = (handler: IFunction, id: string): HttpLambdaIntegration =>
  new HttpLambdaIntegration(id, handler, { scopePermissionToRoute: false })

/** Pages call the API at their own origin; a browser may call it across origins from the site's domain alone. */
const corsOf = ({ site }: TrackerConfig) =>
  'domain' in site && site.domain !== undefined
    ? {
        corsPreflight: {
          allowOrigins: [`https://${site.domain}`],
          allowMethods: [CorsHttpMethod.GET, CorsHttpMethod.POST, CorsHttpMethod.PUT, CorsHttpMethod.DELETE],
          allowHeaders: ['accept-language', 'authorization', 'content-type', 'idempotency-key', 'if-match'],
          exposeHeaders: ['etag', 'idempotent-replayed', 'location']
        }
      }
    : {}

/** What of a request is kept: enough to find it in the function's log, no header, no query. */
const accessLogFormat = AccessLogFormat.custom(
  JSON.stringify({
    requestId: '$context.requestId',
    time: '$context.requestTime',
    ip: '$context.identity.sourceIp',
    method: '$context.httpMethod',
    path: '$context.path',
    routeKey: '$context.routeKey',
    status: '$context.status',
    bytes: '$context.responseLength',
    milliseconds: '$context.responseLatency',
    integrationMilliseconds: '$context.integrationLatency',
    error: '$context.integrationErrorMessage'
  })
)
