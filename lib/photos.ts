import { Duration, Validations } from 'aws-cdk-lib'
import {
  AllowedMethods,
  type BehaviorOptions,
  CachePolicy,
  type IOrigin,
  OriginRequestPolicy,
  type ResponseHeadersPolicy,
  ViewerProtocolPolicy
} from 'aws-cdk-lib/aws-cloudfront'
import { HttpOrigin } from 'aws-cdk-lib/aws-cloudfront-origins'
import { PolicyStatement } from 'aws-cdk-lib/aws-iam'
import type { Bucket } from 'aws-cdk-lib/aws-s3'
import { Construct } from 'constructs'
import { uploadDays } from '../functions/core/photo.ts'
import { photoPermissions } from './permissions.ts'
import { PrivateBucket } from './private-bucket.ts'
import type { TrackerFunction } from './tracker-function.ts'

/**
 * Photographs: a private bucket with uploads, which it deletes after a fortnight, and with what reports have named, which it
 * keeps. Both are reached over the site's own address: uploads with the signature that the API gave, and nothing else of
 * the bucket below `uploads/`; the kept ones by everybody.
 */
export class Photos extends Construct {
  readonly bucket: Bucket

  constructor(scope: Construct, id: string) {
    super(scope, id)
    this.bucket = new PrivateBucket(this, 'Bucket', {
      lifecycleRules: [
        { prefix: 'uploads/', expiration: Duration.days(uploadDays), noncurrentVersionExpiration: Duration.days(1) },
        { abortIncompleteMultipartUploadAfter: Duration.days(1) }
      ],
      withoutAccessLog:
        'Photographs are public once they are kept; a log of who looked at them would keep addresses for nothing.'
    })
  }

  /** Lets the API offer uploads and look at what was uploaded. */
  bindOffering(api: TrackerFunction): void {
    this.bind(api, photoPermissions.api)
  }

  /** Lets the publisher keep what reports have named. */
  bindKeeping(publisher: TrackerFunction): void {
    this.bind(publisher, photoPermissions['publish-status'])
  }

  /** Where the site's distribution finds them; `reader` is how it reads the bucket. */
  behaviours(reader: IOrigin, headers: ResponseHeadersPolicy): Readonly<Record<string, BehaviorOptions>> {
    return {
      'photos/*': {
        origin: reader,
        viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
        allowedMethods: AllowedMethods.ALLOW_GET_HEAD,
        cachePolicy: CachePolicy.CACHING_OPTIMIZED,
        responseHeadersPolicy: headers
      },
      'uploads/*': {
        // Without an access of its own: what S3 lets through is what the API has signed.
        origin: new HttpOrigin(this.bucket.bucketRegionalDomainName),
        viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
        allowedMethods: AllowedMethods.ALLOW_ALL,
        cachePolicy: CachePolicy.CACHING_DISABLED,
        originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
        responseHeadersPolicy: headers
      }
    }
  }

  private bind(bound: TrackerFunction, permissions: (typeof photoPermissions)[keyof typeof photoPermissions]): void {
    bound.set('PHOTO_BUCKET', this.bucket.bucketName)
    for (const [prefix, actions] of Object.entries(permissions.objects))
      bound.lambda.addToRolePolicy(
        new PolicyStatement({ actions: [...actions], resources: [this.bucket.arnForObjects(`${prefix}/*`)] })
      )
    bound.lambda.addToRolePolicy(
      new PolicyStatement({ actions: [...permissions.bucket], resources: [this.bucket.bucketArn] })
    )
    const logicalId = bound.lambda.stack.getLogicalId(this.bucket.node.defaultChild as never)
    Validations.of(bound).acknowledge(
      ...Object.keys(permissions.objects).map(prefix => ({
        id: `AwsSolutions-IAM5[Resource::<${logicalId}.Arn>/${prefix}/*]`,
        reason: 'Names of photographs are hashes of what is in them; they are known by their prefix alone.'
      }))
    )
  }
}
