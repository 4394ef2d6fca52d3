import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { test } from 'node:test';
import { createApi } from '../../bot/api.ts';

test('a connection that was closed meanwhile costs no message', async (t) => {
  const used = new WeakSet<Socket>();
  // As a server that gives up a connection in the moment in which a bot writes on it again.
  const server = createServer(({ socket }: IncomingMessage, response) => {
    if (used.has(socket)) return socket.destroy();
    used.add(socket);
    response.setHeader('content-type', 'application/json');
    response.end('{"ok":true,"result":{"message_id":1}}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  const api = createApi('4200000001:TEST', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  for (let call = 0; call < 3; call++) assert.equal((await api.sendMessage(1, 'Hello')).message_id, 1);
});

test('a call that takes too long is given up by a signal of Node’s own, which is all that Node 24 takes', async (t) => {
  const signals: unknown[] = [];
  t.mock.method(globalThis, 'fetch', async (_: unknown, { signal }: RequestInit) => {
    signals.push(signal);
    return await new Promise<never>((_, reject) => {
      signal!.addEventListener('abort', () => reject(signal!.reason));
    });
  });
  const api = createApi('4200000001:TEST', 'http://127.0.0.1:9', 0.05);
  await assert.rejects(api.sendMessage(1, 'Hello'), /sendMessage/);
  assert.equal(signals.length, 1);
  assert.ok(signals[0] instanceof AbortSignal && signals[0].aborted);
});
