import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { CreateTableCommand, type CreateTableCommandInput, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateStreamCommand, KinesisClient } from '@aws-sdk/client-kinesis';
import {
  CreateStreamCommand as CreateVideoStreamCommand,
  KinesisVideoClient,
} from '@aws-sdk/client-kinesis-video';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { CreateCollectionCommand, DetectFacesCommand, RekognitionClient } from '@aws-sdk/client-rekognition';
import { CopyObjectCommand, GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { CreateTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import { HttpRequest } from '@smithy/core/protocols';
import sharp from 'sharp';
import { names } from '../../local/environment.ts';
import { makeClip } from '../support/clip.ts';
import { emptyFolder } from '../support/folder.ts';
import { claim, openHouse, showVideo, type TestHouse } from '../support/house.ts';
import { nobody } from '../support/portraits.ts';
import { rawHttp } from '../support/raw-http.ts';
import { silentMp3 } from '../support/silence.ts';

/** Begins the name of everything that is tried to be written somewhere: no file may ever be called so. */
const mark = `joy-${randomUUID().slice(0, 8)}`;

const up = '../'.repeat(12);

/** Request targets that would lead out of the bucket, if they were paths of files. */
const targets = [
  `/musical-joy/../${mark}`,
  `/musical-joy/../../../${mark}`,
  `/musical-joy/${up}tmp/${mark}`,
  `/musical-joy/%2e%2e/%2e%2e/%2E%2E/${mark}`,
  `/musical-joy/..%2f..%2f..%2f${mark}`,
  `/musical-joy/..%5c..%5c${mark}`,
  `/musical-joy/%2ftmp%2f${mark}`,
  `/musical-joy//tmp/${mark}`,
  `/musical-joy/.//./${mark}`,
  `/musical-joy/%252e%252e/${mark}`,
  `/musical-joy/%c0%ae%c0%ae/${mark}`,
  `/musical-joy/${mark}%00.jpg`,
  `/musical-joy/${mark}${'x'.repeat(900)}`,
  `/musical-joy/C:%5C${mark}`,
  `/musical-joy%2f..%2f${mark}`,
  `/../${mark}`,
  `/../${mark}/key`,
  `/%2e%2e/${mark}`,
  `/..%2f${mark}/key`,
  `/./${mark}`,
  `//tmp/${mark}`,
  `//${mark}`,
  `/.${mark}`,
  `/${mark}..`,
  `/..`,
];

/** Names that a file may have at its sender's. */
const fileNames = [
  `../../../${mark}.mp3`,
  `${up}tmp/${mark}.mp3`,
  `/tmp/${mark}.mp3`,
  `..\\..\\${mark}.mp3`,
  `C:\\${mark}.mp3`,
  `${mark}\0.mp3`,
  `${mark}.mp3\0.exe`,
  `${mark}.${'../'.repeat(3)}x`,
  `${'n'.repeat(300)}${mark}.mp3`,
  `${mark}.${'x'.repeat(300)}`,
  `${mark}"\r\nx: y.mp3`,
  `${mark}🎄‮.mp3`,
  '..',
  '.',
];

/** Every file and folder below a folder, by its path from there. */
const allBelow = (folder: string): Promise<string[]> => readdir(folder, { recursive: true });

async function openNestedHouse(t: TestContext) {
  const outer = await emptyFolder();
  const folder = path.join(outer, 'deep', 'data');
  await mkdir(folder, { recursive: true });
  const house = await openHouse(t, { folder });
  const host = await house.person('host');
  await claim(house, host);
  /** Nothing is outside the data folder, nor in it under a name that was given. */
  const check = async (what: string) => {
    const all = await allBelow(outer);
    const outside = all.filter((file) => !file.startsWith(path.join('deep', 'data')) && file !== 'deep');
    assert.deepEqual(outside, [], what);
    assert.deepEqual(
      all.filter((file) => file.includes(mark)),
      [],
      what,
    );
    for (const folder of ['/', '/tmp', tmpdir(), process.cwd(), path.dirname(process.cwd())]) {
      const found = (await readdir(folder)).filter((file) => file.includes(mark));
      assert.deepEqual(found, [], `${what}: in ${folder}`);
    }
  };
  return { ...house, folder, host, check };
}

/** What no answer may hold: what is in the files beside those that are served. */
async function secretsOf({ services }: TestHouse): Promise<RegExp> {
  const { webhookSecret } = await services.botSecret();
  return new RegExp(`${webhookSecret}|"dependencies"|root:x:|claimCode`);
}

/** The query of a URL that is signed for exactly this target; nothing in it is put right. */
async function signedQuery(s3: S3Client, method: string, target: string, port: number): Promise<string> {
  const [at = '', query = ''] = target.split('?');
  const unsigned = new HttpRequest({
    protocol: 'http:',
    hostname: '127.0.0.1',
    port,
    method,
    path: at,
    query: Object.fromEntries(new URLSearchParams(query)),
    headers: { host: `127.0.0.1:${port}`, 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' },
  });
  const signer = await s3.config.signer();
  if (!('presign' in signer) || typeof signer.presign !== 'function') throw new Error('It cannot presign.');
  const signed: HttpRequest = await signer.presign(unsigned, { expiresIn: 60 });
  return new URLSearchParams(signed.query as Record<string, string>).toString().replaceAll('+', '%20');
}

test('no name and no address leads out of the data folder', async (t) => {
  const house = await openNestedHouse(t);
  const { check, host, folder } = house;
  const secrets = await secretsOf(house);
  const aws = Number(new URL(house.awsUrl).port);
  const page = Number(new URL(house.pageUrl).port);
  const s3 = new S3Client();
  t.after(() => s3.destroy());

  await t.test('S3: keys and buckets in raw request targets, signed and not', async () => {
    let stored = 0;
    for (const target of targets) {
      let kept = false;
      for (const method of ['PUT', 'GET', 'DELETE']) {
        const body = method === 'PUT' ? { body: `of ${mark}` } : {};
        const plain = await rawHttp(aws, { method, target, ...body });
        assert.ok(plain.status === 403 || plain.status === 400, `${method} ${target}: ${plain.status}`);
        const query = await signedQuery(s3, method, target, aws);
        const answer = await rawHttp(aws, { method, target: `${target}?${query}`, ...body });
        assert.ok(answer.status !== undefined && answer.status !== 500, `${method} ${target}`);
        assert.doesNotMatch(answer.body, secrets);
        if (method === 'PUT') kept = answer.status === 200;
        if (method === 'GET' && kept) assert.equal(answer.body, `of ${mark}`, target);
      }
      if (kept) stored++;
      await check(target);
    }
    assert.ok(stored > 5, 'in a bucket such a key is as good as any other');
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: names.bucket, Prefix: '..' }));
    assert.deepEqual(Contents, [], 'each of them was deleted under its own name');
  });

  await t.test('S3: parts, sources of copies, and objects that other services read', async () => {
    for (const target of [
      `/musical-joy/${mark}?partNumber=1&uploadId=${encodeURIComponent(`${up}tmp/${mark}`)}`,
      `/musical-joy/${mark}?partNumber=${encodeURIComponent(`../../${mark}`)}&uploadId=${randomUUID()}`,
    ]) {
      const query = await signedQuery(s3, 'PUT', target, aws);
      const { status } = await rawHttp(aws, {
        method: 'PUT',
        target: `${target.split('?')[0]}?${query}`,
        body: mark,
      });
      assert.ok(status === 404 || status === 400, `${target}: ${status}`);
    }
    const secretsFile = '../../secrets-manager/secrets.json';
    const noSuch = ({ name }: Error) => /^NoSuch(Bucket|Key)$/.test(name);
    for (const CopySource of [
      secretsFile,
      encodeURIComponent(secretsFile),
      `/${names.bucket}/../${secretsFile}`,
    ]) {
      const copy = new CopyObjectCommand({ Bucket: names.bucket, Key: 'copy', CopySource });
      await assert.rejects(s3.send(copy), noSuch, CopySource);
    }
    const get = new GetObjectCommand({ Bucket: names.bucket, Key: `../${secretsFile}` });
    await assert.rejects(s3.send(get), noSuch);
    const rekognition = new RekognitionClient();
    for (const S3Object of [
      { Bucket: '..', Name: 'telegram/bot.json' },
      { Bucket: names.bucket, Name: '../../../telegram/bot.json' },
    ]) {
      const detect = new DetectFacesCommand({ Image: { S3Object } });
      await assert.rejects(rekognition.send(detect), ({ name }: Error) => /^(Invalid|Validation)/.test(name));
    }
    rekognition.destroy();
    await check('parts and copies');
  });

  await t.test('AWS: names of tables, streams, collections, topics, secrets and functions', async () => {
    for (const name of [`../../${mark}`, `/tmp/${mark}`, `..\\${mark}`, '..', `${mark}\0`]) {
      const tries: Array<[{ destroy(): void }, Promise<unknown>]> = [];
      const add = <Client extends { destroy(): void }>(
        client: Client,
        send: (client: Client) => Promise<unknown>,
      ) => tries.push([client, send(client)]);
      const keys = {
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      } satisfies Omit<CreateTableCommandInput, 'TableName'>;
      add(new DynamoDBClient(), (c) => c.send(new CreateTableCommand({ TableName: name, ...keys })));
      add(new KinesisClient(), (c) => c.send(new CreateStreamCommand({ StreamName: name, ShardCount: 1 })));
      add(new KinesisVideoClient(), (c) => c.send(new CreateVideoStreamCommand({ StreamName: name })));
      add(new RekognitionClient(), (c) => c.send(new CreateCollectionCommand({ CollectionId: name })));
      add(new SNSClient(), (c) => c.send(new CreateTopicCommand({ Name: name })));
      add(new SecretsManagerClient(), (c) =>
        c.send(new CreateSecretCommand({ Name: name, SecretString: 's' })),
      );
      add(new LambdaClient(), (c) => c.send(new InvokeCommand({ FunctionName: name, Payload: '{}' })));
      const outcomes = await Promise.allSettled(tries.map(([, tried]) => tried));
      for (const [client] of tries) client.destroy();
      // A secret may have a slash in its name: secrets are in one file. `..` is a name that Kinesis allows too.
      const taken = outcomes.filter(({ status }) => status === 'fulfilled').length;
      if (name !== '..') assert.ok(taken <= 1, `${name}: ${taken} services took it`);
      await check(name);
    }
  });

  await t.test('the page and the chat: addresses that would lead to other files', async () => {
    const { token } = await house.services.botSecret();
    const tricks = ['../', '..%2f', '%2e%2e/', '..\\', './/../', '%252e%252e%252f'].map((one) =>
      one.repeat(6),
    );
    const roots = [
      '/',
      '/assets/',
      '/door/pictures/',
      '/telegram/files/',
      `/telegram/file/bot${token}/`,
      `/telegram/file/bot${token}/photos/`,
    ];
    const files = ['secrets-manager/secrets.json', 'telegram/bot.json', 'etc/passwd', 'package.json'];
    for (const root of roots) {
      for (const target of tricks.flatMap((trick) => files.map((file) => `${root}${trick}${file}`))) {
        const { status, body } = await rawHttp(page, { target });
        assert.ok(status !== undefined && status >= 400 && status < 500, `${target}: ${status}`);
        assert.doesNotMatch(body, secrets, target);
      }
    }
    for (const target of ['/etc/passwd', '//etc/passwd', `file://${folder}/telegram/bot.json`, '*']) {
      const { status, body } = await rawHttp(page, { target });
      assert.ok(status === undefined || status >= 400, `${target}: ${status}`);
      assert.doesNotMatch(body, secrets, target);
    }
  });

  await t.test('files in the chat, whatever they are called', async () => {
    // Too small for the engine to be asked: it is put into the bucket and taken out again all the same.
    const photo = await sharp(await nobody())
      .resize(60)
      .toBuffer();
    const song = silentMp3(10);
    for (const name of fileNames) {
      await refusedOrNot(host.send(host.bot, 'photo', photo, name, { caption: mark }));
      await refusedOrNot(host.send(host.bot, 'document', song, name));
      await refusedOrNot(host.send(host.bot, 'audio', Buffer.concat([song, Buffer.from(name)]), name));
      await refusedOrNot(host.send(host.bot, 'video', song, name));
    }
    await host.say(host.bot, '/help');
    await host.waitForMessage(({ text }) => text?.startsWith('Try this:') === true);
    for (const { fileName, key } of await house.services.songs.list()) {
      assert.match(key, /^songs\/[0-9a-f]{12}$/);
      assert.doesNotMatch(fileName, /[\p{Cc}\\/:"]/u);
      assert.ok(fileName.length <= 100, fileName);
    }
    await check('files in the chat');
  });

  await t.test('videos for the camera, whatever they are called', async () => {
    const clip = path.join(folder, 'clip.mp4');
    await makeClip(
      [{ picture: { width: 64, height: 36, data: new Uint8Array(64 * 36 * 3) }, seconds: 1 }],
      clip,
      {
        framesPerSecond: 5,
        width: 128,
      },
    );
    const video = await readFile(clip);
    for (const name of fileNames) {
      await showVideo(house, name.replace('.mp3', '.mp4'), video).catch(() => {});
      const files = await readdir(path.join(folder, 'camera'));
      const [kept] = files.filter((file) => file.startsWith('video-'));
      assert.match(kept ?? '', /^video-[0-9a-f-]{36}(\.\w{1,8})?$/, name);
      await check(name);
    }
  });
});

/** What the chat's stand-in does not take is as good as what it keeps. */
async function refusedOrNot(sent: Promise<unknown>): Promise<void> {
  await sent.catch(({ name }: Error) => assert.equal(name, 'RefusedError'));
}
