import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { before, type TestContext, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import type * as Grammy from 'grammy';
import type * as Chat from '../../bot/api.ts';
import { readParts, type WholePart } from '../../local/http/multipart.ts';
import { bundleText } from '../support/bundle.ts';
import { emptyFolder } from '../support/folder.ts';

/** What the Lambdas send by, bundled as they are: with the global fetch in node-fetch's place. */
const source = `
  export { createApi } from './bot/api.ts';
  export { HttpError, InputFile } from 'grammy';
`;

let chat: Pick<typeof Chat, 'createApi'> & Pick<typeof Grammy, 'HttpError' | 'InputFile'>;
before(async () => {
  const folder = await emptyFolder();
  const { file } = await bundleText(source, folder);
  chat = await import(pathToFileURL(file).href);
});

const token = '4200000001:TEST_token-of_the-bot';

/** A Bot API over a real socket. */
async function botApi(t: TestContext, answer: (request: IncomingMessage, response: ServerResponse) => void) {
  const server = createServer(answer);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const done = (response: ServerResponse) => {
  response.setHeader('content-type', 'application/json');
  response.end('{"ok":true,"result":{"message_id":1}}');
};

test('a song goes up whole, with its name and its caption', async (t) => {
  const song = randomBytes(3_000_000);
  let parts: WholePart[] = [];
  const root = await botApi(t, async (request, response) => {
    parts = await readParts(request, request.headers['content-type']!);
    done(response);
  });

  await chat
    .createApi(token, root)
    .sendAudio(1, new chat.InputFile(song, 'anna.mp3'), { caption: 'Zoë is here 🎄' });

  assert.equal(String(parts.find(({ name }) => name === 'caption')?.body), 'Zoë is here 🎄');
  const file = parts.find(({ filename }) => filename !== undefined);
  assert.equal(file?.filename, 'anna.mp3');
  assert.ok(song.equals(file!.body));
});

test('each call has a connection of its own', async (t) => {
  const connections = new Set<unknown>();
  const root = await botApi(t, ({ socket }, response) => {
    connections.add(socket);
    done(response);
  });
  const api = chat.createApi(token, root);

  for (let call = 0; call < 3; call++) await api.sendMessage(1, 'Hello');

  assert.equal(connections.size, 3);
});

test('a call that is not answered ends with an error that has no address in it', async (t) => {
  const root = await botApi(t, () => {});
  const call = chat.createApi(token, root, 1).sendMessage(1, 'Hello');

  await assert.rejects(call, (error: Error) => {
    assert.ok(error instanceof chat.HttpError);
    assert.doesNotMatch(`${error.stack} ${JSON.stringify(error)} ${error.cause}`, /TEST_token/);
    return true;
  });
});
