import {
  DeleteBucketCommand,
  DeleteObjectsCommand,
  HeadBucketCommand,
  ListObjectsV2Command,
  NotFound,
  type S3Client,
} from '@aws-sdk/client-s3';
import { CommandError } from '../errors.ts';

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

/**
 * Deletes a bucket with all that is in it. It keeps no versions.
 *
 * @param tell told how many objects were deleted so far
 */
export async function deleteBucket(
  s3: S3Client,
  Bucket: string,
  tell: (count: number) => void,
): Promise<void> {
  let count = 0;
  for (;;) {
    // From the beginning each time, for what was listed is gone.
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket }));
    if (Contents.length === 0) break;
    const Objects = Contents.map(({ Key }) => ({ Key }));
    const { Errors = [] } = await s3.send(
      new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } }),
    );
    const [refused] = Errors;
    if (refused)
      throw new CommandError(`${refused.Key} in ${Bucket} could not be deleted: ${refused.Message}`);
    count += Objects.length;
    tell(count);
  }
  await s3.send(new DeleteBucketCommand({ Bucket }));
}
