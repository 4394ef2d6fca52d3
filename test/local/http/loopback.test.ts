import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { isLoopbackHost, isOwnRequest, loopbackOnly, ownPageOnly } from '../../../local/http/loopback.ts';

const hosts: ReadonlyArray<readonly [host: string | undefined, ours: boolean]> = [
  ['localhost', true],
  ['LOCALHOST:8080', true],
  ['127.0.0.1:8080', true],
  ['[::1]:8080', true],
  ['[::1]', true],
  ['evil.example', false],
  ['localhost.evil.example:8080', false],
  ['127.0.0.1.evil.example', false],
  ['127.0.0.1@evil.example', false],
  ['0.0.0.0:8080', false],
  ['localhost:', false],
  ['', false],
  [undefined, false],
];

async function listening(t: TestContext, server: Server): Promise<number> {
  if (!server.listening) await once(server, 'listening');
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  return (server.address() as AddressInfo).port;
}

/** The status of a request with a Host of one's own choice, which fetch does not allow. */
async function statusOf(
  port: number,
  headers: Record<string, string>,
  method = 'GET',
): Promise<number | undefined> {
  const sent = request({ host: '127.0.0.1', port, method, headers }).end();
  const [response] = await once(sent, 'response');
  response.resume();
  return response.statusCode;
}

test('only names of this machine are its hosts', () => {
  for (const [host, ours] of hosts) assert.equal(isLoopbackHost(host), ours, String(host));
});

test('a request that a site could send by rebinding its name is refused', async (t) => {
  const app = new Hono().use(loopbackOnly).get('/', (context) => context.text('in'));
  const port = await listening(t, serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }) as Server);

  assert.equal(await statusOf(port, { host: 'evil.example' }), 403);
  assert.equal(await statusOf(port, { host: `localhost:${port}` }), 200);
});

test('a change is taken from the page itself or with the custom header, never from another origin', async (t) => {
  const app = new Hono().use(ownPageOnly).all('/', (context) => context.text('in'));
  const port = await listening(t, serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }) as Server);
  const host = `127.0.0.1:${port}`;

  assert.equal(await statusOf(port, { host }, 'GET'), 200);
  assert.equal(await statusOf(port, { host }, 'POST'), 403);
  assert.equal(await statusOf(port, { host, origin: `http://${host}` }, 'POST'), 200);
  assert.equal(await statusOf(port, { host, 'x-musical-joy': '1' }, 'POST'), 200);
  assert.equal(
    await statusOf(port, { host, 'x-musical-joy': '1', origin: 'http://evil.example' }, 'DELETE'),
    403,
  );
  assert.equal(isOwnRequest({ host, origin: 'null', own: '1' }), false);
});
