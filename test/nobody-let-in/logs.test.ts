import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { type AddressInfo, createServer, type Server } from 'node:net';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { mirrorFolder } from '../../local/disk/damage.ts';
import type { BotSecret } from '../../party/stores/secret.ts';
import { emptyFolder } from '../support/folder.ts';
import { nodeArguments } from '../support/node-arguments.ts';

const program = fileURLToPath(new URL('troubled-house.ts', import.meta.url));

/** A camera that refuses every user name and password. */
async function startStrictCamera(): Promise<Server> {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.on('data', (request) => {
      const [, number = '1'] = /CSeq: *(\d+)/i.exec(String(request)) ?? [];
      const realm = 'WWW-Authenticate: Basic realm="camera"';
      socket.write(`RTSP/1.0 401 Unauthorized\r\nCSeq: ${number}\r\n${realm}\r\n\r\n`);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

/** What the stand-ins for Telegram and Secrets Manager must keep, and where; their copies keep the same. */
const keepers: Readonly<Record<string, readonly string[]>> = {
  [path.join('secrets-manager', 'secrets.json')]: [
    ...['token', 'webhook secret', 'claim code'],
    ...['address of the arrival webhook', 'key of the arrival webhook'],
  ],
  // For the host, who gives it to what checks signatures.
  'arrival-webhook.key': ['key of the arrival webhook'],
  [path.join('telegram', 'bot.json')]: ['token'],
  // What Telegram knows: where the webhook is, and that somebody wrote the code.
  [path.join('telegram', 'journal.jsonl')]: ['webhook secret', 'claim code'],
};

test('whatever goes wrong, no secret, no file’s address and no guest’s name is in a log, nor a secret in any other file', async (t) => {
  const folder = await emptyFolder();
  const camera = await startStrictCamera();
  t.after(() => camera.close());
  const { port } = camera.address() as AddressInfo;
  const password = 'S3cr/et@?pä:ss';
  const written = encodeURIComponent(password);
  const { execArgv, file } = nodeArguments(program);
  const child = spawn(process.execPath, [...execArgv, file, folder, 'Zoë Wunderlich', 'Xaverina'], {
    env: {
      ...process.env,
      POWERTOOLS_LOG_LEVEL: 'DEBUG',
      CAMERA_URL: `rtsp://joy-user:${written}@127.0.0.1:${port}/stream?key=Hidden77`,
    },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  t.after(() => child.kill('SIGKILL'));
  let log = '';
  for (const output of [child.stdout!, child.stderr!]) output.on('data', (text) => (log += text));
  let found: { secret: BotSecret; items: string } | undefined;
  child.on('message', (message) => (found = message as typeof found));
  const [code] = await once(child, 'close');
  assert.equal(code, 0, log);
  assert.ok(found);

  for (const sign of [
    'The webhook failed',
    'An update failed',
    'A message was not sent',
    '"kind":"picture"',
    'ARRIVAL_WEBHOOK could not be reached: ECONNREFUSED',
    '"Batch"',
  ]) {
    assert.ok(log.includes(sign), `the log tells of the trouble: ${sign}`);
  }
  const { token, webhookSecret, claimCode, arrivalWebhookKey = '' } = found.secret;
  assert.match(arrivalWebhookKey, /^whsec_/);
  const secrets: Record<string, string[]> = {
    token: [token, token.split(':')[1]!, encodeURIComponent(token)],
    'webhook secret': [webhookSecret],
    'claim code': [claimCode],
    'password of the camera': [password, written, 'S3cr', 'Hidden77'],
    'address of a file': ['/file/bot'],
    'address of the arrival webhook': ['Hidden88', '127.0.0.1:2/'],
    'key of the arrival webhook': [arrivalWebhookKey.slice('whsec_'.length)],
  };
  for (const [what, texts] of Object.entries(secrets)) {
    for (const text of texts)
      assert.ok(!log.includes(text), `the ${what} is in the log: ${around(log, text)}`);
    for (const text of texts) assert.ok(!found.items.includes(text), `the ${what} is on the table`);
  }
  for (const name of ['Wunderlich', 'Zoë', 'Xaverina']) {
    assert.ok(!log.includes(name), `a guest’s name is in the log: ${around(log, name)}`);
  }
  for (const file of await filesBelow(folder)) {
    const content = await readFile(path.join(folder, file));
    const original = file.startsWith(mirrorFolder) ? path.relative(mirrorFolder, file) : file;
    for (const [what, texts] of Object.entries(secrets)) {
      if (keepers[original]?.includes(what)) continue;
      for (const text of texts) assert.ok(!content.includes(text), `the ${what} is in ${file}`);
    }
  }
});

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)));
}

/** The place where something was found, cut short. */
function around(log: string, text: string): string {
  const at = log.indexOf(text);
  return log.slice(Math.max(0, at - 300), at + 100);
}
