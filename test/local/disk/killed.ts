/** Writes without end to every kind of store, telling on standard output what is safe. Is killed by its test. */
import { join } from 'node:path';
import { DataStream } from '../../../local/aws/kinesis/data-stream.ts';
import { ObjectStore } from '../../../local/aws/s3/object-store.ts';
import { Topics } from '../../../local/aws/sns/topics.ts';
import { LambdaFunctions } from '../../../local/lambda/functions.ts';
import { AsyncInvocations } from '../../../local/lambda/invoke.ts';

const folder = process.argv[2] ?? '';
const stream = new DataStream('door', join(folder, 'stream'), { segmentBytes: 2_000 });
const bucket = await (await ObjectStore.open(folder)).ensureBucket('party');
const topics = new Topics(folder);
const functions = new LambdaFunctions({
  never: { timeoutSeconds: 600, handler: () => new Promise(() => undefined) },
});
const events = new AsyncInvocations({ functions, folder });

for (let i = 0; ; i++) {
  stream.put('k', Buffer.from(String(i)));
  await bucket.write({ key: 'one key', body: Buffer.from(`${i} `.repeat(2_000)) });
  topics.publish({ topicArn: 'arn', message: String(i), attributes: {} });
  await events.accept('never', String(i));
  process.stdout.write(`${i}\n`);
}
