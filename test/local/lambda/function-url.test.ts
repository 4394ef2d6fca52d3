import assert from 'node:assert/strict';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { request } from 'node:http';
import type { Socket } from 'node:net';
import { type TestContext, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { PortTakenError } from '../../../local/http/listen.ts';
import { startFunctionUrls } from '../../../local/lambda/function-url.ts';
import { LambdaFunctions, UnknownFunctionError } from '../../../local/lambda/functions.ts';
import { eventually } from '../../support/eventually.ts';
import { openSocket } from '../../support/open-socket.ts';
import { Collected, gate } from './waiting.ts';

type Handler = (event: APIGatewayProxyEventV2) => Promise<unknown>;

async function start(t: TestContext, handler: Handler, timeoutSeconds = 30) {
  const functions = new LambdaFunctions(
    { webhook: { handler, timeoutSeconds }, match: { handler: async () => 'hidden' } },
    { log: () => undefined },
  );
  const urls = await startFunctionUrls({ functions, names: ['webhook'] });
  t.after(() => urls.close(0));
  return { functions, urls, url: urls.url('webhook') };
}

/** The event that a request becomes. */
async function eventOf(t: TestContext, path: string, init: RequestInit): Promise<APIGatewayProxyEventV2> {
  const { url } = await start(t, async (event) => event);
  const event = (await (await fetch(new URL(path, url), init)).json()) as APIGatewayProxyEventV2;
  return event;
}

test('a request becomes an event of payload format 2.0', async (t) => {
  const event = await eventOf(t, 'a/b%20c?x=1&x=2&y=%26', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'X-Secret': 's', cookie: 'a=1; b=2' },
    body: '{"update_id":1,"text":"Zoë"}',
  });
  assert.equal(event.version, '2.0');
  assert.equal(event.rawPath, '/a/b%20c');
  assert.equal(event.rawQueryString, 'x=1&x=2&y=%26');
  assert.deepEqual(event.queryStringParameters, { x: '1,2', y: '&' });
  assert.equal(event.headers['x-secret'], 's');
  assert.equal(event.headers.cookie, undefined);
  assert.deepEqual(event.cookies, ['a=1', 'b=2']);
  assert.equal(event.body, '{"update_id":1,"text":"Zoë"}');
  assert.equal(event.isBase64Encoded, false);
  assert.equal(event.requestContext.http.method, 'POST');
  assert.equal(event.requestContext.http.path, '/a/b%20c');
  assert.equal(event.requestContext.http.sourceIp, '127.0.0.1');
  assert.match(event.requestContext.time, /^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/);
});

test('a body that is no text comes in base64, and no body is none', async (t) => {
  const bytes = await eventOf(t, '', { method: 'POST', body: new Uint8Array([0, 255, 10]) });
  assert.equal(bytes.isBase64Encoded, true);
  assert.deepEqual([...Buffer.from(bytes.body ?? '', 'base64')], [0, 255, 10]);
  const none = await eventOf(t, '', {});
  assert.equal(none.body, undefined);
  assert.equal(none.isBase64Encoded, false);
  assert.equal(none.rawPath, '/');
});

for (const { what, answer, status, type, text } of [
  {
    what: 'an answer whole',
    answer: { statusCode: 503, headers: { 'Retry-After': 1 }, body: 'busy' },
    status: 503,
    text: 'busy',
  },
  { what: 'a status alone', answer: { statusCode: 204 }, status: 204, text: '' },
  {
    what: 'a type',
    answer: { statusCode: 200, headers: { 'Content-Type': 'text/plain' }, body: 'é' },
    status: 200,
    type: 'text/plain',
    text: 'é',
  },
  {
    what: 'bytes',
    answer: { statusCode: 200, body: 'aGk=', isBase64Encoded: true },
    status: 200,
    text: 'hi',
  },
  { what: 'no status', answer: { ok: true }, status: 200, text: '{"ok":true}' },
  { what: 'text alone', answer: 'hi', status: 200, text: '"hi"' },
  { what: 'nothing', answer: undefined, status: 200, text: 'null' },
  {
    what: 'a status that is none',
    answer: { statusCode: 'fine' },
    status: 502,
    text: 'Internal Server Error',
  },
  {
    what: 'a body that is no text',
    answer: { statusCode: 200, body: { a: 1 } },
    status: 502,
    text: 'Internal Server Error',
  },
  {
    what: 'more than 6 MB',
    answer: { statusCode: 200, body: 'x'.repeat(6 * 1024 * 1024) },
    status: 502,
    text: 'Internal Server Error',
  },
]) {
  test(`an answer of ${what} becomes a ${status}`, async (t) => {
    const { url } = await start(t, async () => answer);
    const response = await fetch(url);
    assert.equal(response.status, status);
    assert.equal(response.headers.get('content-type'), type ?? 'application/json');
    assert.equal(await response.text(), text);
  });
}

test('cookies are set one by one', async (t) => {
  const { url } = await start(t, async () => ({ statusCode: 200, cookies: ['a=1', 'b=2; HttpOnly'] }));
  assert.deepEqual((await fetch(url)).headers.getSetCookie(), ['a=1', 'b=2; HttpOnly']);
});

test('a handler that fails is a 502 that says nothing more', async (t) => {
  const { url } = await start(t, () => Promise.reject(new Error('the token is 1:a')));
  const response = await fetch(url);
  assert.equal(response.status, 502);
  assert.equal(await response.text(), 'Internal Server Error');
});

test('a request while as many run as may is a 429, and does not reach the function', async (t) => {
  const working = gate();
  let reached = 0;
  const handler = async () => {
    reached++;
    await working.promise;
  };
  const functions = new LambdaFunctions({ webhook: { handler, timeoutSeconds: 30, reservedConcurrency: 1 } });
  const urls = await startFunctionUrls({ functions, names: ['webhook'] });
  t.after(() => urls.close(0));
  const first = fetch(urls.url('webhook'));
  await eventually('the first is at work', () => reached === 1);
  assert.equal((await fetch(urls.url('webhook'))).status, 429);
  working.open();
  assert.equal((await first).status, 200);
  assert.equal((await fetch(urls.url('webhook'))).status, 200);
  assert.equal(reached, 2);
});

test('a request of more than 6 MB never reaches the function', async (t) => {
  let reached = false;
  const { url } = await start(t, async () => {
    reached = true;
  });
  const response = await fetch(url, { method: 'POST', body: 'x'.repeat(6 * 1024 * 1024 + 1) });
  assert.equal(response.status, 413);
  assert.equal(reached, false);
});

test('a function without a URL cannot be reached, nor can any by another host name', async (t) => {
  const { urls, url } = await start(t, async () => 'ok');
  assert.throws(() => urls.url('match'), UnknownFunctionError);
  assert.equal((await fetch(new URL('/match/', url))).status, 404);
  assert.equal((await fetch(new URL('/', url))).status, 404);
  const status = await new Promise((resolve, reject) => {
    const foreign = request(url, { headers: { host: 'joy.example' } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    foreign.on('error', reject).end();
  });
  assert.equal(status, 403);
});

test('a port that is taken is said to be so', async (t) => {
  const { functions, url } = await start(t, async () => 'ok');
  const port = Number(new URL(url).port);
  await assert.rejects(startFunctionUrls({ functions, names: [], port }), PortTakenError);
  await assert.rejects(startFunctionUrls({ functions, names: ['nobody'] }), UnknownFunctionError);
});

test('closing waits for the request in work and takes no other', async (t) => {
  const begun = new Collected<unknown>();
  const held = gate<string>();
  const { urls, url } = await start(t, async () => {
    begun.add(undefined);
    return await held.promise;
  });
  const response = fetch(url);
  await begun.count(1);
  const closing = urls.close(60_000);
  await assert.rejects(fetch(url));
  held.open('done');
  assert.equal(await (await response).text(), '"done"');
  await closing;
});

test('closing waits for the work of a caller who has hung up', async (t) => {
  const begun = new Collected<unknown>();
  const held = gate();
  const order: string[] = [];
  const { urls, url } = await start(t, async () => {
    begun.add(undefined);
    await held.promise;
    await setTimeout(50);
    order.push('done');
  });
  const hangUp = new AbortController();
  const response = fetch(url, { signal: hangUp.signal });
  await begun.count(1);
  hangUp.abort();
  await assert.rejects(response);
  const closing = urls.close(60_000).then(() => order.push('closed'));
  held.open();
  await closing;
  assert.deepEqual(order, ['done', 'closed']);
});

test('nothing is kept of the connection of a caller who has hung up, once the work is done', async (t) => {
  const begun = new Collected<unknown>();
  const held = gate();
  const { url } = await start(t, async () => {
    begun.add(undefined);
    await held.promise;
  });
  const connection = nextConnection();
  const hangUp = new AbortController();
  const response = fetch(url, { signal: hangUp.signal });
  await begun.count(1);
  hangUp.abort();
  await assert.rejects(response);
  const { socket, hungUp } = connection();
  await hungUp;
  held.open();
  await eventually('the connection is no longer kept', () => {
    collectGarbage();
    return socket.deref() === undefined;
  });
});

/** Looks at the next request that comes to a server of this process, and keeps nothing of it alive. */
function nextConnection(): () => { socket: WeakRef<Socket>; hungUp: Promise<void> } {
  let seen: { socket: WeakRef<Socket>; hungUp: Promise<void> } | undefined;
  const see = (message: unknown): void => {
    const { socket } = message as { socket: Socket };
    const closed = gate();
    socket.once('close', () => closed.open());
    seen = { socket: new WeakRef(socket), hungUp: closed.promise };
    unsubscribe('http.server.request.start', see);
  };
  subscribe('http.server.request.start', see);
  return () => seen!;
}

/** Node has it only when asked ("v8.setFlagsFromString", Node's documentation). */
const collectGarbage: () => void = (() => {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc');
})();

test('closing does not wait for a request that is half sent, nor for ever for a function', async (t) => {
  const begun = new Collected<unknown>();
  const hangs = () => {
    begun.add(undefined);
    return new Promise(() => {});
  };
  // Its time-out is longer than the closing waits, and soon over: it would hold up the end of the process.
  const { urls, url } = await start(t, hangs, 2);
  const port = Number(new URL(url).port);
  const head = `POST /webhook/ HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Length: 9\r\n\r\n`;
  const half = await openSocket(t, port, `${head}half`);
  const hanging = assert.rejects(fetch(url));
  await begun.count(1);
  const closing = urls.close(200);
  await half.closed;
  await closing;
  await hanging;
});
