import assert from 'node:assert/strict';
import { request } from 'node:http';
import { type TestContext, test } from 'node:test';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { HttpRequest } from '@smithy/core/protocols';
import { ObjectStore } from '../../../../local/aws/s3/object-store.ts';
import { s3Service } from '../../../../local/aws/s3/service.ts';
import { emptyFolder } from '../../../support/folder.ts';
import { localCredentials } from '../clients.ts';
import { serve } from '../serve.ts';

const Bucket = 'party';

async function start(t: TestContext) {
  const store = await ObjectStore.open(await emptyFolder());
  const bucket = await store.ensureBucket(Bucket);
  await bucket.write({
    key: 'songs/Zoë & Anna.mp3',
    body: Buffer.from('tune'),
    headers: { 'content-type': 'audio/mpeg' },
  });
  const options = await serve(t, s3Service(store));
  const s3 = new S3Client(options);
  t.after(() => s3.destroy());
  return { bucket, options, s3, presign: (given: Presigned = {}) => presign(s3, options.endpoint, given) };
}

interface Presigned {
  readonly key?: string;
  readonly method?: string;
  readonly query?: Record<string, string>;
  readonly expiresIn?: number;
  readonly signingDate?: Date;
}

/** A URL signed by the SDK's own signer. */
async function presign(s3: S3Client, endpoint: string, given: Presigned): Promise<string> {
  const { key = 'songs/Zoë & Anna.mp3', method = 'GET', query = {}, expiresIn = 60, signingDate } = given;
  const { hostname, port } = new URL(endpoint);
  const path = `/${Bucket}/${key.split('/').map(encodeURIComponent).join('/')}`;
  const unsigned = new HttpRequest({
    protocol: 'http:',
    hostname,
    port: Number(port),
    method,
    path,
    query,
    // As the SDK's presigner for S3 does.
    headers: { host: `${hostname}:${port}`, 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' },
  });
  const signer = await s3.config.signer();
  if (!('presign' in signer) || typeof signer.presign !== 'function')
    throw new Error('The signer cannot presign.');
  const signed: HttpRequest = await signer.presign(unsigned, {
    expiresIn,
    ...(signingDate && { signingDate }),
  });
  const search = new URLSearchParams(signed.query as Record<string, string>)
    .toString()
    .replaceAll('+', '%20');
  return `${endpoint}${path}?${search}`;
}

const code = async (response: Response) => /<Code>(\w+)<\/Code>/.exec(await response.text())?.[1];

test('a presigned URL gives the object to anyone who has it', async (t) => {
  const { presign } = await start(t);
  const response = await fetch(await presign());
  assert.equal(response.status, 200);
  assert.equal(response.headers.get('content-type'), 'audio/mpeg');
  assert.equal(await response.text(), 'tune');
});

test('a presigned URL can say how the object comes', async (t) => {
  const { presign } = await start(t);
  const query = {
    'response-content-type': 'audio/ogg',
    'response-content-disposition': 'attachment; filename="a.ogg"',
  };
  const response = await fetch(await presign({ query }));
  assert.equal(response.headers.get('content-type'), 'audio/ogg');
  assert.equal(response.headers.get('content-disposition'), 'attachment; filename="a.ogg"');
});

test('a presigned URL asks for no header that there is not, or that HTTP cannot hold', async (t) => {
  const { presign } = await start(t);
  const cookie = await fetch(await presign({ query: { 'response-set-cookie': 'a=b' } }));
  assert.equal(await code(cookie), 'NotImplemented');
  for (const type of ['text/html\r\nset-cookie: a=b', 'text/🎄']) {
    const response = await fetch(await presign({ query: { 'response-content-type': type } }));
    assert.equal(response.status, 400);
    assert.equal(await code(response), 'InvalidArgument');
  }
});

test('a presigned URL carries no header that was not signed with it', async (t) => {
  const { bucket, presign } = await start(t);
  const url = await presign({ method: 'PUT', key: 'new' });
  const headers = { 'x-amz-copy-source': `/${Bucket}/songs/Zo%C3%AB%20%26%20Anna.mp3` };
  const response = await fetch(url, { method: 'PUT', headers });
  assert.equal(response.status, 403);
  assert.equal(await code(response), 'AccessDenied');
  assert.equal(bucket.info('new'), undefined);
});

test('an object can be put by a presigned URL', async (t) => {
  const { bucket, presign } = await start(t);
  const response = await fetch(await presign({ method: 'PUT', key: 'new' }), {
    method: 'PUT',
    body: 'bytes',
  });
  assert.equal(response.status, 200);
  assert.equal((await bucket.read('new'))?.body.toString(), 'bytes');
});

test('a presigned URL ends when it says', async (t) => {
  const { presign } = await start(t);
  const response = await fetch(await presign({ signingDate: new Date(Date.now() - 61_000), expiresIn: 60 }));
  assert.equal(response.status, 403);
  assert.equal(await code(response), 'AccessDenied');
});

test('a presigned URL is for one object, one method and one end', async (t) => {
  const { bucket, presign } = await start(t);
  await bucket.write({ key: 'songs/other.mp3', body: Buffer.from('secret') });
  const url = await presign();
  const other = new URL(url);
  other.pathname = `/${Bucket}/songs/other.mp3`;
  const longer = url.replace('X-Amz-Expires=60', 'X-Amz-Expires=6000');
  for (const response of [await fetch(other), await fetch(longer), await fetch(url, { method: 'DELETE' })]) {
    assert.equal(response.status, 403);
    assert.equal(await code(response), 'SignatureDoesNotMatch');
  }
});

test('without a signature, or with a key of others, nothing is given', async (t) => {
  const { options } = await start(t);
  const unsigned = await fetch(`${options.endpoint}/${Bucket}/songs/other.mp3`);
  assert.equal(unsigned.status, 403);
  assert.equal(await code(unsigned), 'AccessDenied');
  for (const [credentials, name] of [
    [{ ...localCredentials, secretAccessKey: 'guessed' }, 'SignatureDoesNotMatch'],
    [{ ...localCredentials, accessKeyId: 'AKIASTRANGER' }, 'InvalidAccessKeyId'],
  ] as const) {
    const stranger = new S3Client({ ...options, credentials });
    t.after(() => stranger.destroy());
    await assert.rejects(stranger.send(new PutObjectCommand({ Bucket, Key: 'x', Body: 'x' })), { name });
  }
});

test('a body that was changed on its way is not stored', async (t) => {
  const { bucket, s3 } = await start(t);
  s3.middlewareStack.add(
    (next) => (args) => {
      const sent = args.request as HttpRequest;
      sent.body = Buffer.from('evil');
      return next(args);
    },
    // After the signing.
    { step: 'finalizeRequest', priority: 'low' },
  );
  await assert.rejects(s3.send(new PutObjectCommand({ Bucket, Key: 'note', Body: 'good' })), {
    name: 'XAmzContentSHA256Mismatch',
  });
  assert.equal(bucket.info('note'), undefined);
});

test('chunks that end early are not stored', async (t) => {
  const { bucket, s3, options } = await start(t);
  const { hostname, port } = new URL(options.endpoint);
  for (const body of [
    '5\r\nhello\r\n',
    '5\r\nhel',
    'no chunk',
    '4\r\nhello\r\n0\r\n\r\n',
    '2\r\nhe\r\n0\r\n\r\n',
  ]) {
    const signer = await s3.config.signer();
    const signed = await signer.sign(
      new HttpRequest({
        protocol: 'http:',
        hostname,
        port: Number(port),
        method: 'PUT',
        path: `/${Bucket}/note`,
        headers: {
          host: `${hostname}:${port}`,
          'content-encoding': 'aws-chunked',
          'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
          'x-amz-decoded-content-length': '5',
        },
      }),
    );
    const status = await new Promise((resolve, reject) => {
      const put = request(
        `${options.endpoint}/${Bucket}/note`,
        { method: 'PUT', headers: signed.headers },
        (answer) => {
          answer.resume();
          resolve(answer.statusCode);
        },
      );
      put.on('error', reject).end(body);
    });
    assert.equal(status, 400);
  }
  assert.equal(bucket.info('note'), undefined);
});
