import {
  AbortMultipartUploadCommand,
  DeleteObjectsCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  NoSuchUpload,
  type S3Client,
} from '@aws-sdk/client-s3';

/**
 * Deletes every object of a bucket that keeps no versions, and every upload that was begun and never ended. A
 * bucket is only deleted when nothing is left in it.
 *
 * @param signal ends the work between two calls; what is deleted by then stays deleted
 * @throws the SDK's NoSuchBucket, and an error that says so when S3 refuses to delete an object
 */
export async function emptyBucket(client: S3Client, bucket: string, signal: AbortSignal): Promise<void> {
  const options = { abortSignal: signal };
  // Always the first page anew: what was on it is gone, and what was put meanwhile is found too.
  for (;;) {
    const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: bucket }), options);
    if (Contents.length === 0) break;
    const Objects = Contents.map(({ Key }) => ({ Key }));
    const { Errors = [] } = await client.send(
      new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects, Quiet: true } }),
      options,
    );
    const [first] = Errors;
    if (first) throw new Error(`S3 did not delete ${Errors.length} objects: ${first.Code}, ${first.Message}`);
  }
  for (;;) {
    const { Uploads = [] } = await client.send(new ListMultipartUploadsCommand({ Bucket: bucket }), options);
    if (Uploads.length === 0) return;
    for (const { Key, UploadId } of Uploads) {
      await client
        .send(new AbortMultipartUploadCommand({ Bucket: bucket, Key, UploadId }), options)
        .catch(unlessEnded);
    }
  }
}

function unlessEnded(error: unknown): void {
  if (!(error instanceof NoSuchUpload)) throw error;
}
