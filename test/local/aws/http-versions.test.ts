import assert from 'node:assert/strict';
import { once } from 'node:events';
import http2 from 'node:http2';
import { type TestContext, test } from 'node:test';
import { maxBodyBytes } from '../../../local/aws/request.ts';
import { startAwsServer } from '../../../local/aws/server.ts';
import type { Service } from '../../../local/aws/service.ts';
import { credentials } from '../../../local/environment.ts';
import type { HttpLimits } from '../../../local/http/limits.ts';
import { openSocket } from '../../support/open-socket.ts';
import { signed } from './wire-request.ts';

const impatient: HttpLimits = { headersTimeout: 300, requestTimeout: 600, connectionsCheckingInterval: 50 };

/** Counts the bodies that reach it. */
function storage() {
  const bodies: string[] = [];
  const service: Service = {
    name: 'S3',
    signingName: 's3',
    accepts: () => true,
    answer: async ({ body }) => {
      bodies.push(body.toString());
      return { status: 200, body: 'kept' };
    },
  };
  return { service, bodies };
}

async function start(t: TestContext, service: Service, limits?: HttpLimits): Promise<number> {
  const aws = await startAwsServer({
    port: 0,
    services: [service],
    credentials,
    ...(limits && { limits }),
  });
  t.after(() => aws.close());
  return aws.port;
}

/** A signed PUT, its head only, as text. */
function putHead(port: number, body: string, more: Record<string, string> = {}): string {
  const { headers } = signed(
    { method: 'PUT', target: '/bucket/key', service: 's3', headers: {}, body: Buffer.from(body) },
    port,
  );
  const lines = Object.entries({ ...headers, ...more }).map(([name, value]) => `${name}: ${value}\r\n`);
  return `PUT /bucket/key HTTP/1.1\r\n${lines.join('')}\r\n`;
}

/** The same head with another signature, whatever the one it has begins with. */
function forge(head: string): string {
  const forged = head.replace(
    /Signature=(.)/,
    (_, digit: string) => `Signature=${digit === '0' ? '1' : '0'}`,
  );
  assert.notEqual(forged, head);
  return forged;
}

/** An HTTP/2 client of its own. What becomes of a request is the request's to say: some Nodes end the session with it. */
function connect(t: TestContext, port: number): http2.ClientHttp2Session {
  const session = http2.connect(`http://127.0.0.1:${port}`);
  session.on('error', () => {});
  t.after(() => session.destroy());
  return session;
}

/** Waits until the head of an answer has come. */
async function answer(connection: Awaited<ReturnType<typeof openSocket>>): Promise<string> {
  while (!connection.received().includes('\r\n\r\n')) await once(connection.socket, 'data');
  return connection.received().toString();
}

test('an HTTP/2 connection that does not begin, or whose request has no end, is closed in time', async (t) => {
  const port = await start(t, storage().service, impatient);
  const preface = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n';
  const settings = Buffer.from('000000040000000000', 'hex');
  // HEADERS on stream 1, without END_HEADERS: the rest is to follow and never does.
  const halfHead = Buffer.from('000001010000000001'.concat('82'), 'hex');
  const beginnings = [
    Buffer.from('PRI'),
    Buffer.from(preface),
    Buffer.concat([Buffer.from(preface), settings.subarray(0, 5)]),
  ];
  for (const bytes of beginnings) await (await openSocket(t, port, bytes)).closed;

  const halfHeaded = await openSocket(t, port, Buffer.concat([Buffer.from(preface), settings, halfHead]));
  const session = connect(t, port);
  const { headers } = signed(
    { method: 'PUT', target: '/bucket/key', service: 's3', headers: {}, body: Buffer.from('whole') },
    port,
  );
  const request = session.request({ ':method': 'PUT', ':path': '/bucket/key', ...headers });
  request.write('wh');
  const [{ ':status': status }] = (await once(request, 'response')) as [http2.IncomingHttpHeaders];
  assert.equal(Number(status), 408);
  halfHeaded.socket.destroy();
});

test('an HTTP/2 body that is longer than declared is refused', async (t) => {
  const { service, bodies } = storage();
  const port = await start(t, service);
  const session = connect(t, port);
  const { headers } = signed(
    { method: 'PUT', target: '/bucket/key', service: 's3', headers: {}, body: Buffer.from('four') },
    port,
  );
  const request = session.request({ ':method': 'PUT', ':path': '/bucket/key', ...headers });
  request.end('four and more');
  await assert.rejects(once(request, 'close'));
  assert.notEqual(request.rstCode, http2.constants.NGHTTP2_NO_ERROR);
  assert.deepEqual(bodies, []);
});

test('a body that is declared too long is refused before it is sent', async (t) => {
  const port = await start(t, storage().service);
  const head = putHead(port, '', { 'content-length': String(maxBodyBytes + 1) });
  assert.match(await answer(await openSocket(t, port, head)), /^HTTP\/1\.1 413 /);
});

test('a stranger is refused before the body is sent', async (t) => {
  const { service, bodies } = storage();
  const port = await start(t, service);
  const length = { 'content-length': '5' };
  const unsigned = `PUT /bucket/key HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Length: 5\r\n\r\n`;
  const unknown = putHead(port, 'whole', { authorization: 'AWS4-HMAC-SHA256 Credential=AKIAWRONG/x' });
  const forged = forge(putHead(port, 'whole'));
  const old = putHead(port, 'whole', { 'x-amz-date': '20200101T000000Z', ...length });
  for (const head of [unsigned, unknown, forged, old]) {
    assert.match(await answer(await openSocket(t, port, head)), /^HTTP\/1\.1 40[03] /);
  }
  assert.deepEqual(bodies, []);
});

test('a body that is asked for with 100 Continue is asked for only of those who are known', async (t) => {
  const { service, bodies } = storage();
  const port = await start(t, service);
  const expect = { expect: '100-continue' };
  const known = await openSocket(t, port, putHead(port, 'whole', expect));
  assert.match(await answer(known), /^HTTP\/1\.1 100 Continue\r\n\r\n$/);
  known.socket.write('whole');
  while (!known.received().includes('kept')) await once(known.socket, 'data');
  assert.deepEqual(bodies, ['whole']);
  const forged = forge(putHead(port, 'whole', expect));
  assert.match(await answer(await openSocket(t, port, forged)), /^HTTP\/1\.1 403 /);
});
