import { RemovalPolicy, Validations } from 'aws-cdk-lib'
import { BlockPublicAccess, Bucket, BucketEncryption, type BucketProps } from 'aws-cdk-lib/aws-s3'
import type { Construct } from 'constructs'

/** What differs between the tracker's buckets. */
export type PrivateBucketProps = Pick<
  BucketProps,
  'lifecycleRules' | 'objectLockEnabled' | 'objectLockDefaultRetention'
> & {
  /** Why nobody's accesses to it are logged. */
  readonly withoutAccessLog: string
}

/** A bucket as all of the tracker's are: closed to the public, over TLS alone, with versions, kept when the stack goes. */
export class PrivateBucket extends Bucket {
  constructor(scope: Construct, id: string, { withoutAccessLog, ...props }: PrivateBucketProps) {
    super(scope, id, {
      ...props,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      versioned: true,
      removalPolicy: RemovalPolicy.RETAIN
    })
    Validations.of(this).acknowledge({ id: 'AwsSolutions-S1', reason: withoutAccessLog })
  }
}
