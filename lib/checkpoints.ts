import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib'
import { PolicyStatement } from 'aws-cdk-lib/aws-iam'
import { Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms'
import { type Bucket, ObjectLockRetention } from 'aws-cdk-lib/aws-s3'
import { Construct } from 'constructs'
import { checkpointPermissions } from './permissions.ts'
import { PrivateBucket } from './private-bucket.ts'
import type { TrackerFunction } from './tracker-function.ts'

/** For as long as this nobody deletes a checkpoint without a permission that no function has. */
const lockedFor = Duration.days(3650)

/**
 * Signed checkpoints of the log: a bucket apart from everything else, in which what was written once is locked, and a key
 * that signs and never leaves KMS.
 */
export class Checkpoints extends Construct {
  readonly bucket: Bucket
  readonly key: Key

  constructor(scope: Construct, id: string) {
    super(scope, id)
    this.bucket = new PrivateBucket(this, 'Bucket', {
      objectLockEnabled: true,
      objectLockDefaultRetention: ObjectLockRetention.governance(lockedFor),
      withoutAccessLog:
        'One function writes one object a day; each is signed, numbered and locked, so a log of accesses would prove less.'
    })
    this.key = new Key(this, 'Key', {
      description: 'Signs the checkpoints of the capital project tracker',
      keySpec: KeySpec.ECC_NIST_P256,
      keyUsage: KeyUsage.SIGN_VERIFY,
      removalPolicy: RemovalPolicy.RETAIN
    })
  }

  /** Lets a function sign checkpoints and add them to those that are there. */
  bindSigner(signer: TrackerFunction): void {
    signer.set('CHECKPOINT_BUCKET', this.bucket.bucketName)
    signer.set('CHECKPOINT_KEY', this.key.keyArn)
    const allow = (actions: readonly string[], resource: string) =>
      signer.lambda.addToRolePolicy(new PolicyStatement({ actions: [...actions], resources: [resource] }))
    allow(checkpointPermissions.objects, this.bucket.arnForObjects('*'))
    allow(checkpointPermissions.bucket, this.bucket.bucketArn)
    allow(checkpointPermissions.key, this.key.keyArn)
    const logicalId = signer.lambda.stack.getLogicalId(this.bucket.node.defaultChild as never)
    Validations.of(signer).acknowledge({
      id: `AwsSolutions-IAM5[Resource::<${logicalId}.Arn>/*]`,
      reason: 'Every object of the bucket is a checkpoint that this function writes; there is nothing else in it.'
    })
  }
}
