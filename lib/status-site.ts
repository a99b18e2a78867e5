import { CfnOutput, Duration, Validations } from 'aws-cdk-lib'
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager'
import {
  AllowedMethods,
  type BehaviorOptions,
  CachePolicy,
  CfnDistribution,
  Distribution,
  Function as EdgeFunction,
  type FunctionAssociation,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HeadersFrameOption,
  HeadersReferrerPolicy,
  HttpVersion,
  type IOrigin,
  OriginRequestPolicy,
  ResponseHeadersPolicy,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy
} from 'aws-cdk-lib/aws-cloudfront'
import { HttpOrigin, OriginGroup, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins'
import { PolicyStatement } from 'aws-cdk-lib/aws-iam'
import type { Bucket } from 'aws-cdk-lib/aws-s3'
import { Construct } from 'constructs'
import { internalPrefix } from '../functions/http/internal-address.ts'
import { pageHeaders } from '../functions/pages/page-headers.ts'
import { type Api, apiPrefix } from './api.ts'
import type { TrackerConfig } from './config.ts'
import { LostVisitors } from './lost-visitors.ts'
import { sitePermissions } from './permissions.ts'
import type { Photos } from './photos.ts'
import { PrivateBucket } from './private-bucket.ts'
import type { TrackerFunction } from './tracker-function.ts'

/** Properties of {@link StatusSite}. */
export interface StatusSiteProps {
  readonly api: Api
  readonly config: TrackerConfig
  /** Shown on the site and taken over its address; a mirror has neither. */
  readonly photos: Photos | undefined
}

/**
 * The public site: a private bucket, and in front of it a distribution with the API below `/v1/`, so that the form for
 * reports posts to its own origin. Hosted as a mirror there is the bucket alone, which another web server copies.
 */
export class StatusSite extends Construct {
  readonly bucket: Bucket
  /** Where visitors find it; `undefined` for a mirror. */
  readonly address: string | undefined

  constructor(scope: Construct, id: string, { api, config, photos }: StatusSiteProps) {
    super(scope, id)
    this.bucket = new PrivateBucket(this, 'Bucket', {
      lifecycleRules: [
        { noncurrentVersionExpiration: Duration.days(30), abortIncompleteMultipartUploadAfter: Duration.days(1) }
      ],
      withoutAccessLog:
        'The pages are public and one function writes them; a log of who read them would keep addresses of citizens for nothing.'
    })
    this.address = config.site.hosting === 'mirror' ? undefined : this.distribute(api, config, photos)
  }

  /** Lets a function write pages. */
  bindWriter(writer: TrackerFunction): void {
    writer.set('SITE_BUCKET', this.bucket.bucketName)
    writer.set('FORM_DIR', lambdaRoot)
    if (this.address !== undefined) writer.set('SITE_URL', this.address)
    writer.lambda.addToRolePolicy(
      new PolicyStatement({ actions: [...sitePermissions.objects], resources: [this.bucket.arnForObjects('*')] })
    )
    writer.lambda.addToRolePolicy(
      new PolicyStatement({ actions: [...sitePermissions.bucket], resources: [this.bucket.bucketArn] })
    )
    const logicalId = writer.lambda.stack.getLogicalId(this.bucket.node.defaultChild as never)
    Validations.of(writer).acknowledge({
      id: `AwsSolutions-IAM5[Resource::<${logicalId}.Arn>/*]`,
      reason: 'Every object of the bucket is a page that this function writes; there is nothing else in it.'
    })
  }

  private distribute(api: Api, config: TrackerConfig, photos: Photos | undefined): string {
    new LostVisitors(this, 'LostVisitors', { api, config })
    const dynamic = apiBehaviour(api)
    const headers = this.headers()
    const distribution = new Distribution(this, 'Distribution', {
      comment: `Capital project tracker ${config.stage}`,
      defaultRootObject: 'index.html',
      defaultBehavior: this.pages(api, config, headers),
      additionalBehaviors: {
        [`${apiPrefix.slice(1)}*`]: dynamic,
        [`${internalPrefix.slice(1)}/*`]: dynamic,
        ...photos?.behaviours(readerOf(photos.bucket, config), headers)
      },
      // CloudFront would keep an error for ten seconds: a project that is not there yet would stay away, for everybody.
      errorResponses: [404, 500, 502, 503, 504].map(httpStatus => ({ httpStatus, ttl: Duration.seconds(0) })),
      minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
      ...(config.partition === 'aws-cn'
        ? { httpVersion: HttpVersion.HTTP2, enableIpv6: false }
        : { httpVersion: HttpVersion.HTTP2_AND_3 }),
      ...this.domainOf(config)
    })
    this.useCertificateOfIam(distribution, config)
    this.acknowledgeDistribution(distribution, config)
    const host =
      'domain' in config.site && config.site.domain !== undefined ? config.site.domain : distribution.domainName
    if ('domain' in config.site)
      new CfnOutput(this, 'DistributionDomain', {
        value: distribution.domainName,
        description: 'Target of the domain’s CNAME'
      })
    return `https://${host}/`
  }

  private pages(api: Api, config: TrackerConfig, headers: ResponseHeadersPolicy): BehaviorOptions {
    return {
      origin: new OriginGroup({
        primaryOrigin: readerOf(this.bucket, config),
        fallbackOrigin: apiOrigin(api, LostVisitors.prefix),
        // 403 is how S3 says that there is no such object to a reader who may not list.
        fallbackStatusCodes: [403, 404]
      }),
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      allowedMethods: AllowedMethods.ALLOW_GET_HEAD,
      cachePolicy: CachePolicy.CACHING_OPTIMIZED,
      responseHeadersPolicy: headers,
      ...(config.partition === 'aws' && { functionAssociations: [this.folderIndex()] })
    }
  }

  /** In China, where the edge runs no functions, the function for lost visitors does this. */
  private folderIndex(): FunctionAssociation {
    return {
      eventType: FunctionEventType.VIEWER_REQUEST,
      function: new EdgeFunction(this, 'FolderIndex', {
        comment: 'A folder is its index.html',
        code: FunctionCode.fromInline(folderIndex),
        runtime: FunctionRuntime.JS_2_0
      })
    }
  }

  private headers(): ResponseHeadersPolicy {
    const { policies, others } = headerGroups()
    return new ResponseHeadersPolicy(this, 'Headers', {
      comment: 'Nothing from elsewhere, nothing inline',
      securityHeadersBehavior: {
        contentSecurityPolicy: { contentSecurityPolicy: policies['content-security-policy'], override: true },
        contentTypeOptions: { override: true },
        frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
        referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.SAME_ORIGIN, override: true },
        strictTransportSecurity: { accessControlMaxAge: Duration.days(365), includeSubdomains: false, override: true }
      },
      customHeadersBehavior: {
        customHeaders: others.map(([header, value]) => ({ header, value, override: true }))
      }
    })
  }

  private domainOf({ site }: TrackerConfig) {
    if (site.hosting !== 'cloudfront' || site.domain === undefined || site.certificateArn === undefined) return {}
    return {
      domainNames: [site.domain],
      certificate: Certificate.fromCertificateArn(this, 'Certificate', site.certificateArn)
    }
  }

  /** The construct knows certificates of ACM alone. */
  private useCertificateOfIam(distribution: Distribution, { site }: TrackerConfig): void {
    const { defaultChild } = distribution.node
    if (site.hosting !== 'icp-domain' || !(defaultChild instanceof CfnDistribution)) return
    defaultChild.addPropertyOverride('DistributionConfig.Aliases', [site.domain])
    defaultChild.addPropertyOverride('DistributionConfig.ViewerCertificate', {
      IamCertificateId: site.iamCertificateId,
      MinimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
      SslSupportMethod: 'sni-only'
    })
  }

  private acknowledgeDistribution(distribution: Distribution, { partition, site }: TrackerConfig): void {
    Validations.of(distribution).acknowledge(
      {
        id: 'AwsSolutions-CFR1',
        reason: 'Publication is a duty (政府投资条例 §30): the site is for whoever asks, wherever they are.'
      },
      {
        id: 'AwsSolutions-CFR2',
        reason:
          'Static files, and an API that is throttled and asks for a token; a web application firewall costs more a month than all the rest, and aws-cn has it in part only.'
      },
      {
        id: 'AwsSolutions-CFR3',
        reason:
          'A log of readers would keep addresses of citizens for nothing; calls of the API have a log of their own.'
      }
    )
    Validations.of(distribution).acknowledge({
      id: 'AwsSolutions-CFR7',
      reason:
        partition === 'aws-cn'
          ? 'CloudFront in China has no origin access control; an origin access identity is the one reader of the bucket.'
          : 'The origin that takes uploads has no access of its own: S3 lets through what the API has signed, and nothing else.'
    })
    if (!('domain' in site) || site.hosting === 'icp-domain')
      Validations.of(distribution).acknowledge({
        id: 'AwsSolutions-CFR4',
        reason:
          site.hosting === 'icp-domain'
            ? 'TLS 1.2 is set beside the certificate of IAM, by an override that the rule does not see.'
            : 'Without a domain the certificate is CloudFront’s own, whose lowest version cannot be chosen; with a domain it is TLS 1.2.'
      })
  }
}

/** Where Lambda unpacks a function; the programs of the form lie beside its bundle. */
const lambdaRoot = '/var/task'

/** CloudFront in China knows the older way alone of being the only reader of a bucket. */
const readerOf = (bucket: Bucket, { partition }: TrackerConfig): IOrigin =>
  partition === 'aws-cn'
    ? S3BucketOrigin.withOriginAccessIdentity(bucket)
    : S3BucketOrigin.withOriginAccessControl(bucket)

const apiOrigin = (api: Api, originPath?: string): HttpOrigin =>
  new HttpOrigin(`${api.http.apiId}.execute-api.${api.http.env.region}.${api.http.stack.urlSuffix}`, {
    ...(originPath !== undefined && { originPath })
  })

const apiBehaviour = (api: Api): BehaviorOptions => ({
  origin: apiOrigin(api),
  viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
  allowedMethods: AllowedMethods.ALLOW_ALL,
  cachePolicy: CachePolicy.CACHING_DISABLED,
  // With all headers the token gets through as well; API Gateway knows itself by its own host name alone.
  originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER
})

/** CloudFront sets some headers by settings of their own and refuses them among the others. */
const headerGroups = () => {
  const bySetting = ['content-security-policy', 'referrer-policy', 'x-content-type-options']
  return {
    policies: { 'content-security-policy': pageHeaders['content-security-policy'] ?? '' },
    others: Object.entries(pageHeaders).filter(([name]) => !bySetting.includes(name))
  }
}

/**
 * Runs at the edge before the bucket is asked: a folder is its index.html, and an address without the slash at its end
 * goes to the one with it, because the links on a page are relative. Never to another host, as `//host` would.
 */
export const folderIndex = `function handler(event) {
  var request = event.request
  var last = request.uri.slice(request.uri.lastIndexOf('/') + 1)
  if (last === '') {
    request.uri += 'index.html'
    return request
  }
  if (last.includes('.')) return request
  var query = Object.keys(request.querystring)
    .map(name => name + '=' + request.querystring[name].value)
    .join('&')
  return {
    statusCode: 308,
    statusDescription: 'Permanent Redirect',
    headers: { location: { value: request.uri.replace(/^[\\/\\\\]+/, '/') + '/' + (query ? '?' + query : '') } }
  }
}
`
