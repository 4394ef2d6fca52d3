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
