import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, unlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import type { Aws } from '../../../local/aws/aws.ts';
import { names } from '../../../local/environment.ts';
import type { Recognizer } from '../../../vision/recognizer.ts';
import { startRecognizer } from '../../../vision/recognizer.ts';
import { type AwsCommand, awsCommand, withoutAwsCommand } from '../../support/aws-command.ts';
import { makeClip } from '../../support/clip.ts';
import { emptyFolder } from '../../support/folder.ts';
import { claim, nextArrival, openHouse, showVideo, startParty } from '../../support/house.ts';
import { doorPicture } from '../../support/pictures.ts';
import { portrait } from '../../support/portraits.ts';
import { swaying } from '../../support/swaying.ts';
import { openAws } from '../../support/whole-aws.ts';

const role = 'arn:aws:iam::000000000000:role/stream-processor';
const seen = Date.UTC(2026, 10, 23, 19);

describe('the aws command', { skip: withoutAwsCommand, concurrency: true }, () => {
  let recognizer: Recognizer;
  let aws: Aws;
  let run: AwsCommand;
  let folder: string;
  let picture: Buffer;

  before(async () => {
    picture = await portrait('anna');
    recognizer = await startRecognizer({ threads: 1 });
    const camera = { async *frames() {}, pictures: async () => [{ time: seen, jpeg: picture }] };
    aws = await openAws({ recognizer, media: () => camera });
    run = awsCommand(aws.url);
    folder = await emptyFolder();
  });

  after(async () => {
    await aws.close();
    await recognizer.close();
  });

  const file = async (name: string, content: string | Uint8Array): Promise<string> => {
    const path = join(folder, name);
    await mkdir(join(path, '..'), { recursive: true });
    await writeFile(path, content);
    return path;
  };

  /** All files below a folder of this test's, by their paths there. */
  const tree = async (name: string): Promise<Record<string, string>> => {
    const found: Record<string, string> = {};
    for (const entry of await readdir(join(folder, name), { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath ?? entry.path, entry.name);
      if (entry.isFile()) found[path.slice(join(folder, name).length + 1)] = await readFile(path, 'latin1');
    }
    return found;
  };

  test('goes the whole road from a photo to a running stream processor, and back', async () => {
    const photo = await file('anna.jpg', picture);
    await run('s3', 'mb', 's3://guest-photos');
    await run('s3', 'cp', photo, 's3://guest-photos/anna.jpg', '--no-progress');

    const region = ['--region', 'us-east-1'];
    const collection = ['--collection-id', 'guests'];
    await run('rekognition', 'create-collection', ...collection, ...region);
    const image = JSON.stringify({ S3Object: { Bucket: 'guest-photos', Name: 'anna.jpg' } });
    const indexed = await run.json<{ FaceRecords: { Face: { FaceId: string } }[] }>(
      ...['rekognition', 'index-faces', '--image', image, ...collection],
      ...['--detection-attributes', 'ALL', '--external-image-id', 'Anna', ...region],
    );
    const { Faces } = await run.json<{ Faces: { FaceId: string; ExternalImageId: string }[] }>(
      ...['rekognition', 'list-faces', ...collection],
    );
    assert.deepEqual(
      Faces.map(({ FaceId, ExternalImageId }) => [FaceId, ExternalImageId]),
      [[indexed.FaceRecords[0]?.Face.FaceId, 'Anna']],
    );

    await run('kinesis', 'create-stream', '--stream-name', 'seen', '--shard-count', '1');
    const { StreamARN } = await run.json<{ StreamARN: string }>(
      ...['kinesisvideo', 'create-stream', '--stream-name', 'door', '--data-retention-in-hours', '24'],
    );
    await run(
      ...['rekognition', 'create-stream-processor', '--name', 'door', '--role-arn', role],
      ...['--settings', '{"FaceSearch":{"CollectionId":"guests"}}'],
      ...['--input', JSON.stringify({ KinesisVideoStream: { Arn: StreamARN } })],
      '--stream-processor-output',
      '{"KinesisDataStream":{"Arn":"arn:aws:kinesis:us-east-1:000000000000:stream/seen"}}',
    );
    const list = async () =>
      (await run.json<{ StreamProcessors: unknown }>('rekognition', 'list-stream-processors'))
        .StreamProcessors;
    const becomes = async (status: string) => {
      const describe = ['rekognition', 'describe-stream-processor', '--name', 'door', '--query', 'Status'];
      while ((await run.json<string>(...describe)) !== status);
    };
    assert.deepEqual(await list(), [{ Name: 'door', Status: 'STOPPED' }]);
    const { SessionId } = await run.json<{ SessionId: string }>(
      ...['rekognition', 'start-stream-processor', '--name', 'door'],
    );
    assert.match(SessionId, /^[\da-f-]{36}$/);
    await becomes('RUNNING');
    assert.deepEqual(await list(), [{ Name: 'door', Status: 'RUNNING' }]);

    await run('rekognition', 'stop-stream-processor', '--name', 'door');
    await becomes('STOPPED');
    await run('rekognition', 'delete-stream-processor', '--name', 'door');
    assert.deepEqual(await list(), []);
    await run('rekognition', 'delete-collection', ...collection);
    const { code, stderr } = await run.attempt('rekognition', 'list-faces', ...collection);
    assert.notEqual(code, 0);
    assert.match(stderr, /\(ResourceNotFoundException\) when calling the ListFaces operation/);
  });

  test('copies files up, down and across, lists and removes them', async () => {
    const odd = 'deep/b & c+d.txt';
    await file('up/a.txt', 'one');
    await file(`up/${odd}`, 'two');
    await file('up/deep/ünï 🎄.txt', 'three');
    await file('up/empty', '');
    // Larger than 8 MB, so it goes in parts, and is copied in parts.
    await file('up/large.bin', Buffer.alloc(9_000_000, 'large'));
    await run('s3', 'mb', 's3://copies');
    await run('s3', 'cp', join(folder, 'up'), 's3://copies/up', '--recursive', '--no-progress');
    assert.match(await run('s3', 'ls'), / copies$/m);
    assert.match(
      await run('s3', 'ls', 's3://copies/up/'),
      /PRE deep\/\n.* 3 a\.txt\n.* 0 empty\n.* 9000000 large/,
    );
    assert.equal((await run('s3', 'ls', 's3://copies', '--recursive')).trim().split('\n').length, 5);

    await run('s3', 'cp', 's3://copies/up', 's3://copies/across', '--recursive', '--no-progress');
    await run('s3', 'cp', 's3://copies/across', join(folder, 'down'), '--recursive', '--no-progress');
    assert.deepEqual(await tree('down'), await tree('up'));
    assert.equal(await run('s3', 'cp', `s3://copies/across/${odd}`, '-'), 'two');

    await run('s3', 'rm', 's3://copies/up/a.txt');
    await run('s3', 'mv', 's3://copies/across/a.txt', 's3://copies/moved.txt', '--no-progress');
    const gone = await run.attempt('s3', 'cp', 's3://copies/across/a.txt', '-');
    assert.match(gone.stderr, /404/);
    const full = await run.attempt('s3', 'rb', 's3://copies');
    assert.match(full.stderr, /BucketNotEmpty/);
    await run('s3', 'rb', 's3://copies', '--force');
    assert.doesNotMatch(await run('s3', 'ls'), /copies/);
  });

  test('keeps a folder and a bucket the same, in both directions', async () => {
    // S3 tells whole seconds: a file of this very second would look newer than its copy there.
    const before = new Date(Date.now() - 60_000);
    await utimes(await file('here/a.txt', 'one'), before, before);
    await utimes(await file('here/deep/b.txt', 'two'), before, before);
    await run('s3', 'mb', 's3://same');
    const up = () => run('s3', 'sync', join(folder, 'here'), 's3://same', '--delete', '--no-progress');
    const down = () => run('s3', 'sync', 's3://same', join(folder, 'there'), '--delete', '--no-progress');
    await up();
    assert.equal(await up(), '', 'nothing is copied twice');
    await down();
    assert.deepEqual(await tree('there'), { 'a.txt': 'one', 'deep/b.txt': 'two' });

    await file('here/a.txt', 'changed');
    await unlink(join(folder, 'here/deep/b.txt'));
    await up();
    await down();
    assert.deepEqual(await tree('there'), { 'a.txt': 'changed' });
    assert.equal(await down(), '');
  });

  test('presigns a URL that gives the object until it ends, and nothing else', async () => {
    await run('s3', 'mb', 's3://shared-songs');
    const song = await file('song.mp3', 'tune');
    await run('s3', 'cp', song, 's3://shared-songs/Zoë & Anna.mp3', '--no-progress');
    const presign = async (...more: string[]) =>
      (await run('s3', 'presign', 's3://shared-songs/Zoë & Anna.mp3', ...more)).trim();
    const url = await presign();
    const response = await fetch(url);
    assert.equal(response.status, 200);
    assert.equal(response.headers.get('content-type'), 'audio/mpeg');
    assert.equal(await response.text(), 'tune');

    const codeOf = async (given: string, init?: RequestInit) => {
      const refused = await fetch(given, init);
      assert.equal(refused.status, 403);
      return /<Code>(\w+)</.exec(await refused.text())?.[1];
    };
    for (const tampered of [
      url.replace('Anna', 'Ben'),
      url.replace(/Expires=\d/, 'Expires=9'),
      url.replace(/Signature=./, 'Signature=%20'),
      `${url}&response-content-type=text/html`,
    ]) {
      assert.equal(await codeOf(tampered), 'SignatureDoesNotMatch', tampered);
    }
    assert.equal(await codeOf(url, { method: 'PUT', body: 'other' }), 'SignatureDoesNotMatch');
    const copy = { 'x-amz-copy-source': '/shared-songs/other' };
    assert.match((await codeOf(url, { headers: copy })) ?? '', /^(SignatureDoesNotMatch|AccessDenied)$/);
    assert.equal(await codeOf(url.replace(/AKIA\w+/, 'AKIASTRANGER')), 'InvalidAccessKeyId');
    const short = await presign('--expires-in', '1');
    while ((await fetch(short)).ok) await delay(100);
    assert.equal(await codeOf(short), 'AccessDenied', 'it has ended');
  });

  test('puts records on a stream and reads them', async () => {
    const stream = ['--stream-name', 'door-records'];
    await run('kinesis', 'create-stream', ...stream, '--shard-count', '1');
    await run('kinesis', 'wait', 'stream-exists', ...stream);
    const put = await run.json<{ SequenceNumber: string; ShardId: string }>(
      ...['kinesis', 'put-record', ...stream, '--partition-key', 'p'],
      // Versions 1 and 2 of the command differ in how they read a blob that is written out.
      ...['--data', `fileb://${await file('record.json', '{"seen":"Anna"}')}`],
    );
    const { ShardIterator } = await run.json<{ ShardIterator: string }>(
      ...['kinesis', 'get-shard-iterator', ...stream, '--shard-id', put.ShardId],
      ...['--shard-iterator-type', 'TRIM_HORIZON'],
    );
    const { Records } = await run.json<{ Records: { Data: string; SequenceNumber: string }[] }>(
      ...['kinesis', 'get-records', '--shard-iterator', ShardIterator],
    );
    assert.equal(Records[0]?.SequenceNumber, put.SequenceNumber);
    assert.equal(Buffer.from(Records[0]?.Data ?? '', 'base64').toString(), '{"seen":"Anna"}');
  });

  test('takes pictures out of a video stream', async () => {
    const stream = ['--stream-name', 'garden'];
    await run('kinesisvideo', 'create-stream', ...stream, '--data-retention-in-hours', '1');
    const { StreamInfo } = await run.json<{ StreamInfo: { Status: string } }>(
      ...['kinesisvideo', 'describe-stream', ...stream],
    );
    assert.equal(StreamInfo.Status, 'ACTIVE');
    const { DataEndpoint } = await run.json<{ DataEndpoint: string }>(
      ...['kinesisvideo', 'get-data-endpoint', ...stream, '--api-name', 'GET_IMAGES'],
    );
    const { Images } = await awsCommand(DataEndpoint).json<{
      Images: { ImageContent?: string; Error?: string }[];
    }>(
      ...['kinesis-video-archived-media', 'get-images', ...stream],
      ...['--image-selector-type', 'PRODUCER_TIMESTAMP', '--format', 'JPEG'],
      ...['--start-timestamp', new Date(seen).toISOString()],
      ...['--end-timestamp', new Date(seen + 5_000).toISOString()],
    );
    assert.deepEqual(Buffer.from(Images[0]?.ImageContent ?? '', 'base64'), picture);
    assert.equal(Images[1]?.Error, 'NO_MEDIA');
  });

  test('publishes, reads a secret, invokes a function and looks into a table', async () => {
    const { TopicArn } = await run.json<{ TopicArn: string }>('sns', 'create-topic', '--name', 'arrivals');
    const published = new Promise<string>((resolve) =>
      aws.topics.onPublish(({ message }) => resolve(message)),
    );
    await run('sns', 'publish', '--topic-arn', TopicArn, '--message', 'Anna is here');
    assert.equal(await published, 'Anna is here');

    await run('secretsmanager', 'create-secret', '--name', 'code', '--secret-string', 'open sesame');
    const { SecretString } = await run.json<{ SecretString: string }>(
      ...['secretsmanager', 'get-secret-value', '--secret-id', 'code'],
    );
    assert.equal(SecretString, 'open sesame');

    const answer = join(folder, 'answer.json');
    const payload = `fileb://${await file('event.json', '{"at":1}')}`;
    await run('lambda', 'invoke', '--function-name', 'echo', '--payload', payload, answer);
    assert.deepEqual(JSON.parse(await readFile(answer, 'utf8')), { echo: { at: 1 } });
    for (const [type, status] of [
      ['Event', 202],
      ['DryRun', 204],
    ] as const) {
      const { StatusCode } = await run.json<{ StatusCode: number }>(
        ...['lambda', 'invoke', '--function-name', 'echo', '--invocation-type', type, answer],
      );
      assert.equal(StatusCode, status);
    }

    await run(
      ...['dynamodb', 'create-table', '--table-name', 'guests', '--billing-mode', 'PAY_PER_REQUEST'],
      ...['--attribute-definitions', 'AttributeName=pk,AttributeType=S'],
      ...['--key-schema', 'AttributeName=pk,KeyType=HASH'],
    );
    await run('dynamodb', 'put-item', '--table-name', 'guests', '--item', '{"pk":{"S":"anna"}}');
    const { TableNames } = await run.json<{ TableNames: string[] }>('dynamodb', 'list-tables');
    assert.deepEqual(TableNames, ['guests']);
    const { Items } = await run.json<{ Items: unknown }>('dynamodb', 'scan', '--table-name', 'guests');
    assert.deepEqual(Items, [{ pk: { S: 'anna' } }]);
  });

  test('with other keys, or none, is told so by every service in its own words', async () => {
    const stranger = awsCommand(aws.url, { AWS_SECRET_ACCESS_KEY: 'guessed' });
    const words = await Promise.all(
      [
        ['s3', 'ls'],
        ['sns', 'publish', '--topic-arn', 'arn:aws:sns:us-east-1:000000000000:arrivals', '--message', 'x'],
        ['rekognition', 'list-collections'],
      ].map(async (command) => [
        /\((\w+)\)/.exec((await stranger.attempt(...command)).stderr)?.[1],
        /\((\w+)\)/.exec((await run.attempt(...command, '--no-sign-request')).stderr)?.[1],
      ]),
    );
    assert.deepEqual(words, [
      ['SignatureDoesNotMatch', 'AccessDenied'],
      ['SignatureDoesNotMatch', 'MissingAuthenticationToken'],
      ['InvalidSignatureException', 'MissingAuthenticationTokenException'],
    ]);
  });

  test('asked for a service that is not here, says so', async () => {
    const { stderr } = await run.attempt('sts', 'get-caller-identity');
    assert.match(stderr, /No AWS service on this machine takes this\./);
  });
});

test('a face that the aws command indexes during a party arrives in the chat under its external image id', {
  skip: withoutAwsCommand,
}, async (t) => {
  const house = await openHouse(t);
  const host = await house.person('host');
  await claim(house, host);
  await startParty(host);

  const run = awsCommand(house.awsUrl);
  const photo = join(house.folder, 'anna.jpg');
  await writeFile(photo, await portrait('anna'));
  await run('s3', 'mb', 's3://guest-photos');
  await run('s3', 'cp', photo, 's3://guest-photos/anna.jpg', '--no-progress');
  const image = JSON.stringify({ S3Object: { Bucket: 'guest-photos', Name: 'anna.jpg' } });
  await run(
    ...['rekognition', 'index-faces', '--collection-id', names.collection],
    ...['--image', image, '--external-image-id', 'Aunt-Anna'],
  );

  const clip = join(house.folder, 'door.mp4');
  await makeClip(await swaying(await doorPicture(), 4), clip, { framesPerSecond: 10 });
  await showVideo(house, 'door.mp4', await readFile(clip));
  const { caption, text } = await nextArrival(host);
  assert.match(caption ?? text ?? '', /^Aunt-Anna is here/);
});
