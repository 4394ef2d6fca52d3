import { CreateBucketCommand, S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { ObjectStore } from '../../local/aws/s3/object-store.ts';
import { s3Service } from '../../local/aws/s3/service.ts';
import { startAwsServer } from '../../local/aws/server.ts';
import { credentials, names } from '../../local/environment.ts';
import { emptyFolder } from './folder.ts';

/** An empty bucket in an S3 of its own. */
export interface OpenBucket {
  readonly name: string;
  /** What a client needs to reach it. */
  readonly client: S3ClientConfig;
  close(): Promise<void>;
}

export async function openBucket(): Promise<OpenBucket> {
  const folder = await emptyFolder();
  const server = await startAwsServer({
    port: 0,
    credentials,
    services: [s3Service(await ObjectStore.open(folder))],
  });
  const client = { endpoint: server.url, region: names.region, credentials, forcePathStyle: true };
  await new S3Client(client).send(new CreateBucketCommand({ Bucket: names.bucket }));
  return {
    name: names.bucket,
    client,
    close: () => server.close(),
  };
}
