import assert from 'node:assert/strict';
import http from 'node:http';
import http2 from 'node:http2';
import net from 'node:net';
import { after, before, describe, test } from 'node:test';
import { KinesisClient, ListStreamsCommand } from '@aws-sdk/client-kinesis';
import * as secrets from '@aws-sdk/client-secrets-manager';
import { AwsError } from '../../../local/aws/protocol/aws-error.ts';
import { jsonRpcService } from '../../../local/aws/protocol/json-rpc.ts';
import { maxBodyBytes } from '../../../local/aws/request.ts';
import { type LocalAws, startAwsServer } from '../../../local/aws/server.ts';
import type { Service } from '../../../local/aws/service.ts';
import { PortTakenError } from '../../../local/http/listen.ts';
import { clientOptions, localCredentials } from './clients.ts';

const secretsService = jsonRpcService<typeof secrets>({
  name: 'Secrets Manager',
  signingName: 'secretsmanager',
  prefix: 'secretsmanager',
  client: secrets,
  constraints: { SecretId: { length: [1, 10] }, 'PutSecretValue.SecretId': { pattern: /[a-z]+/ } },
  operations: {
    GetSecretValue: async ({ SecretId }) => {
      if (SecretId === 'broken') throw new TypeError('a fault of ours');
      if (SecretId === 'gone') throw new AwsError('ResourceNotFoundException', 'There is no such secret.');
      return {
        Name: SecretId,
        SecretBinary: Uint8Array.of(1, 2, 3),
        CreatedDate: new Date(1_700_000_000_500),
      };
    },
    PutSecretValue: async ({ SecretBinary }) => ({ VersionId: `${SecretBinary?.length} bytes` }),
  },
});

const kinesisOverAnyHttp: Service = {
  name: 'Kinesis',
  signingName: 'kinesis',
  accepts: ({ headers }) => headers['x-amz-target'] === 'Kinesis_20131202.ListStreams',
  answer: async () => ({ status: 200, body: '{"StreamNames":["door"],"HasMoreStreams":false}' }),
};

const unsendable: Service = {
  name: 'Unsendable',
  signingName: 'secretsmanager',
  accepts: ({ headers }) => headers['x-amz-target'] === 'secretsmanager.ListSecrets',
  answer: async () => ({ status: 200, headers: { 'x-note': 'two\nlines' } }),
};

describe('the AWS port', () => {
  let aws: LocalAws;
  let client: secrets.SecretsManagerClient;
  const lines: string[] = [];

  before(async () => {
    aws = await startAwsServer({
      port: 0,
      credentials: localCredentials,
      services: [unsendable, secretsService, kinesisOverAnyHttp],
      log: (line) => lines.push(line),
    });
    client = new secrets.SecretsManagerClient(clientOptions(aws));
  });

  after(async () => {
    client.destroy();
    await aws.close();
  });

  const get = (SecretId: string) => client.send(new secrets.GetSecretValueCommand({ SecretId }));

  test('bytes and times arrive as the client’s own types', async () => {
    const secret = await get('token');
    assert.deepEqual([...(secret.SecretBinary ?? [])], [1, 2, 3]);
    assert.deepEqual(secret.CreatedDate, new Date(1_700_000_000_500));
    assert.ok(secret.$metadata.requestId);
    const put = new secrets.PutSecretValueCommand({ SecretId: 'token', SecretBinary: new Uint8Array(7) });
    assert.equal((await client.send(put)).VersionId, '7 bytes');
  });

  test('an AwsError is the client’s own class', async () => {
    await assert.rejects(get('gone'), secrets.ResourceNotFoundException);
  });

  test('a fault of ours is a 500, and its log holds the place but not the request', async () => {
    const broken = new secrets.GetSecretValueCommand({ SecretId: 'broken', VersionId: 'between-us-only' });
    await assert.rejects(client.send(broken), { name: 'InternalFailure', message: /its log says why/ });
    assert.match(
      lines.join('\n'),
      /secretsmanager\.GetSecretValue failed: TypeError: a fault of ours\n +at /,
    );
    assert.doesNotMatch(lines.join('\n'), /between-us-only/);
  });

  test('a member too long is refused in AWS’s words', async () => {
    await assert.rejects(get('x'.repeat(11)), {
      name: 'ValidationException',
      message: /^1 validation error detected: Value 'x{11}' at 'secretId' .*length less than or equal to 10$/,
    });
  });

  test('a constraint of one operation goes before that of all', async () => {
    const put = new secrets.PutSecretValueCommand({ SecretId: 'UPPER' });
    await assert.rejects(client.send(put), /regular expression pattern: \[a-z\]\+/);
  });

  test('a missing required member is refused', async () => {
    const without = new secrets.GetSecretValueCommand({ SecretId: undefined });
    await assert.rejects(
      client.send(without),
      /'secretId' failed to satisfy constraint: Member must not be null/,
    );
  });

  test('an operation that the service has and this machine has not is named', async () => {
    const password = new secrets.GetRandomPasswordCommand({});
    await assert.rejects(client.send(password), {
      name: 'UnknownOperationException',
      message: 'Secrets Manager GetRandomPassword is not available on this machine.',
    });
  });

  test('a body that is not the operation’s structure is refused', async () => {
    const bodies = ['{', 'null', '[]', '"token"', '{"SecretId":1}', '{"SecretId":["a"]}', '{"SecretId":{}}'];
    for (const body of bodies) {
      await assert.rejects(sendInstead(aws, body), { name: 'SerializationException' }, body);
    }
  });

  test('an answer that cannot be sent ends that connection and nothing else', async () => {
    await assert.rejects(client.send(new secrets.ListSecretsCommand({})));
    assert.match(lines.join('\n'), /could not be answered: .*x-note/);
    assert.equal((await get('token')).Name, 'token');
  });

  test('the Kinesis client is answered over HTTP/2', async () => {
    const kinesis = new KinesisClient(clientOptions(aws));
    try {
      assert.deepEqual((await kinesis.send(new ListStreamsCommand({}))).StreamNames, ['door']);
    } finally {
      kinesis.destroy();
    }
  });

  test('HTTP/2 is recognised even when its first bytes come one by one', async () => {
    const socket = net.connect(aws.port, '127.0.0.1').setNoDelay(true);
    const answered = once(socket, 'data') as Promise<[Buffer]>;
    for (const byte of Buffer.from('PRI')) {
      await new Promise((sent) => socket.write(Buffer.of(byte), sent));
    }
    const EMPTY_SETTINGS = Buffer.from('000000040000000000', 'hex');
    socket.write(Buffer.concat([Buffer.from(' * HTTP/2.0\r\n\r\nSM\r\n\r\n'), EMPTY_SETTINGS]));
    const [frame] = await answered;
    assert.equal(frame[3], 4, 'the first frame is SETTINGS');
    socket.destroy();
  });

  test('a wrong secret key is refused', async () => {
    const credentials = { ...localCredentials, secretAccessKey: 'guessed' };
    const stranger = new secrets.SecretsManagerClient({ ...clientOptions(aws), credentials });
    const send = stranger.send(new secrets.GetSecretValueCommand({ SecretId: 'token' }));
    await assert.rejects(send, { name: 'InvalidSignatureException' });
    stranger.destroy();
  });

  test('an unknown access key is refused', async () => {
    const credentials = { ...localCredentials, accessKeyId: 'AKIAREAL' };
    const stranger = new secrets.SecretsManagerClient({ ...clientOptions(aws), credentials });
    const send = stranger.send(new secrets.GetSecretValueCommand({ SecretId: 'token' }));
    await assert.rejects(send, { name: 'UnrecognizedClientException' });
    stranger.destroy();
  });

  const target = { 'x-amz-target': 'secretsmanager.GetSecretValue' };

  test('an unsigned request is refused', async () => {
    const { status, body } = await ask(aws, { headers: target, body: '{"SecretId":"token"}' });
    assert.equal(status, 403);
    assert.equal(JSON.parse(body).__type, 'MissingAuthenticationTokenException');
  });

  test('a request that names another host is refused before anything else', async () => {
    for (const host of ['evil.example', `evil.example:${aws.port}`, '127.0.0.1.evil.example']) {
      const { status, body } = await ask(aws, { headers: { ...target, host } });
      assert.equal(status, 403);
      assert.equal(JSON.parse(body).__type, 'AccessDeniedException');
    }
  });

  test('a request from a page of another site is refused', async () => {
    const { status, body } = await ask(aws, { headers: { ...target, origin: 'https://evil.example' } });
    assert.equal(status, 403);
    assert.equal(JSON.parse(body).__type, 'AccessDeniedException');
  });

  test('what no service takes is answered, not dropped', async () => {
    const { status, body } = await ask(aws, { path: '/no/such/thing' });
    assert.equal(status, 404);
    assert.equal(JSON.parse(body).__type, 'UnknownOperationException');
  });

  test('a target that is no path is refused', async () => {
    const { status } = await ask(aws, { path: 'http://evil.example/' });
    assert.equal(status, 400);
  });

  test('a body over the limit is refused', async () => {
    const { status } = await ask(aws, { headers: target, body: Buffer.alloc(maxBodyBytes + 1) });
    assert.equal(status, 413);
  });

  test('a port that is taken is an error that names it', async () => {
    const second = startAwsServer({ port: aws.port, services: [], credentials: localCredentials });
    await assert.rejects(second, (error) => error instanceof PortTakenError && error.port === aws.port);
  });

  test('closing ends connections that are open, idle or not', async () => {
    const short = await startAwsServer({ port: 0, services: [], credentials: localCredentials });
    const silent = net.connect(short.port, '127.0.0.1');
    await once(silent, 'connect');
    const session = http2.connect(short.url);
    session.on('error', () => {});
    await once(session, 'remoteSettings');
    const ended = Promise.all([once(silent, 'close'), once(session, 'close')]);
    await short.close();
    await ended;
  });
});

/** A properly signed GetSecretValue with another body than the client would write. */
async function sendInstead(aws: LocalAws, body: string): Promise<unknown> {
  const client = new secrets.SecretsManagerClient(clientOptions(aws));
  client.middlewareStack.add(
    (next) => (args) => {
      const request = args.request as { body: string; headers: Record<string, string> };
      request.body = body;
      request.headers['content-length'] = String(Buffer.byteLength(body));
      return next(args);
    },
    { step: 'build', priority: 'low' },
  );
  try {
    return await client.send(new secrets.GetSecretValueCommand({ SecretId: 'token' }));
  } finally {
    client.destroy();
  }
}

interface Question {
  readonly path?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | Buffer;
}

function ask(aws: LocalAws, { path = '/', headers = {}, body = '' }: Question) {
  return new Promise<{ status: number; body: string }>((resolve, reject) => {
    const request = http.request({
      host: '127.0.0.1',
      port: aws.port,
      method: 'POST',
      path,
      headers,
      agent: false,
    });
    request.on('error', reject);
    request.on('response', async (response) => {
      const text: Buffer[] = [];
      for await (const chunk of response) text.push(chunk);
      resolve({ status: response.statusCode ?? 0, body: Buffer.concat(text).toString() });
    });
    request.end(body);
  });
}

function once(emitter: NodeJS.EventEmitter, event: string): Promise<unknown[]> {
  return new Promise((resolve) => emitter.once(event, (...values) => resolve(values)));
}

test('each of several callers is known by its own keys, and each call is told with its answer', async (t) => {
  const other = { accessKeyId: 'other', secretAccessKey: 'other-secret' };
  const calls: string[] = [];
  const aws = await startAwsServer({
    port: 0,
    credentials: [localCredentials, other],
    services: [secretsService],
    onCall: ({ service, accessKeyId, request, status }) =>
      calls.push(`${accessKeyId} ${service} ${request.headers['x-amz-target']} ${status}`),
    log: () => {},
  });
  t.after(() => aws.close());
  const ask = async (credentials: typeof other, SecretId: string) => {
    const client = new secrets.SecretsManagerClient({ ...clientOptions(aws), credentials });
    await client.send(new secrets.GetSecretValueCommand({ SecretId })).finally(() => client.destroy());
  };

  await ask(localCredentials, 'mine');
  await ask(other, 'theirs');
  await assert.rejects(ask(other, 'gone'), { name: 'ResourceNotFoundException' });
  await assert.rejects(ask({ ...other, secretAccessKey: 'local-secret' }, 'mine'));
  await assert.rejects(ask({ ...other, accessKeyId: 'nobody' }, 'mine'));

  assert.deepEqual(calls, [
    'local secretsmanager secretsmanager.GetSecretValue 200',
    'other secretsmanager secretsmanager.GetSecretValue 200',
    'other secretsmanager secretsmanager.GetSecretValue 400',
  ]);
});
