import { DeleteBucketCommand, HeadBucketCommand, NotFound, type S3Client } from '@aws-sdk/client-s3';
import { emptyBucket } from '../../party/stores/empty-bucket.ts';

/** Whether there is such a bucket. */
export async function hasBucket(s3: S3Client, Bucket: string): Promise<boolean> {
  try {
    await s3.send(new HeadBucketCommand({ Bucket }));
    return true;
  } catch (error) {
    if (error instanceof NotFound) return false;
    throw error;
  }
}

/** Deletes a bucket with all that is in it. */
export async function deleteBucket(s3: S3Client, Bucket: string): Promise<void> {
  await emptyBucket(s3, Bucket, new AbortController().signal);
  await s3.send(new DeleteBucketCommand({ Bucket }));
}
