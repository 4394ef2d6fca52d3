import { type CfnElement, Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import type { Construct, IConstruct } from 'constructs';

/** How the bucket ends. */
export interface PartyBucketProps {
  /** Goes with the stack, once the setup resource has emptied it; otherwise it stays, with all that is in it. */
  readonly deletedWithStack: boolean;
}

/** Long enough for a recap the next day. */
const snapshotsKept = Duration.days(7);

/**
 * The bucket of photos, songs and snapshots: private, over TLS only, encrypted. It keeps no versions, for a photo
 * that was deleted is to be gone.
 */
export class PartyBucket extends Bucket {
  constructor(scope: Construct, id: string, { deletedWithStack }: PartyBucketProps) {
    super(scope, id, {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      versioned: false,
      lifecycleRules: [
        { id: 'SnapshotsExpire', prefix: 'snapshots/', expiration: snapshotsKept },
        { id: 'NoHalfUploads', abortIncompleteMultipartUploadAfter: Duration.days(1) },
      ],
      // Of a first deployment that failed nothing stays either way: nobody has put anything into it.
      removalPolicy: deletedWithStack ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    Validations.of(this).acknowledge({
      id: 'AwsSolutions-S1',
      reason:
        'Access logs would be a second, longer-lived list of who came to whose door; only the house reads it.',
    });
  }

  /**
   * The ARN of all objects of a folder, or of all there are. The wildcard is accepted for whoever gets it: objects have
   * names that nobody knows beforehand.
   *
   * @param grantee whose policy it goes into
   */
  objects(
    folder: 'photos/' | 'songs/' | 'snapshots/' | 'snapshots/drawn/' | '',
    grantee: IConstruct,
  ): string {
    const bucket = Stack.of(this).getLogicalId(this.node.defaultChild as CfnElement);
    Validations.of(grantee).acknowledge({
      id: `AwsSolutions-IAM5[Resource::<${bucket}.Arn>/${folder}*]`,
      reason: `Objects ${folder && `in ${folder} `}have names that nobody knows beforehand.`,
    });
    return this.arnForObjects(`${folder}*`);
  }
}
