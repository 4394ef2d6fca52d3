import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import net, { type AddressInfo } from 'node:net';
import path from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { localBotToken } from '../../local/chat/bot-token.ts';
import { putCarols } from '../support/carols.ts';
import { beginChatAnew } from '../support/chat-anew.ts';
import { eventually } from '../support/eventually.ts';
import { emptyFolder } from '../support/folder.ts';
import { openSocket } from '../support/open-socket.ts';
import { childrenOf, isRunning } from '../support/processes.ts';
import { run } from '../support/program.ts';
import { PersonClient } from '../support/telegram/person-client.ts';

const anyPorts = ['--port', '0', '--aws-port', '0'];

/** Waits until the webhook has taken all updates: only then is what was said surely done. */
async function allDone(page: string, folder: string): Promise<void> {
  const token = await localBotToken(folder);
  await eventually('all updates are taken', async () => {
    const answer = await fetch(`${page}/telegram/bot${token}/getWebhookInfo`);
    const { result } = (await answer.json()) as { result: { pending_update_count: number } };
    return result.pending_update_count === 0;
  });
}

/** A data folder in which no carol is still to be rendered. */
async function folderWithCarols(): Promise<string> {
  const folder = await emptyFolder();
  await putCarols(folder);
  return folder;
}

/** A port that another program listens on. */
async function takenPort(t: TestContext, port = 0): Promise<number> {
  const server = net.createServer();
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  return (server.address() as AddressInfo).port;
}

describe('npm start', { concurrency: 2 }, () => {
  test('--help says what there is, and starts nothing', async (t) => {
    const program = run(t, ['--help']);
    assert.equal(await program.ended, 0);
    for (const option of [
      '--port 8080',
      '--aws-port 4566',
      '--data .joy',
      '--no-open',
      'CAMERA_URL',
      'BOT_TOKEN',
    ]) {
      assert.ok(program.output().includes(option), option);
    }
  });

  test('an option that is none is refused in words', async (t) => {
    const program = run(t, ['--colour']);
    assert.equal(await program.ended, 2);
    assert.match(program.output(), /--colour[\s\S]*--help/);
  });

  test('a BOT_TOKEN that cannot be one is refused before anything starts, and not printed', async (t) => {
    const program = run(t, ['--data', await emptyFolder()], { BOT_TOKEN: 'not-a-token' });
    assert.equal(await program.ended, 1);
    assert.match(program.output(), /BOT_TOKEN is not what @BotFather gives/);
    assert.doesNotMatch(program.output(), /not-a-token/);
  });

  test('ENGINE_THREADS that is no number of threads is refused', async (t) => {
    const program = run(t, [...anyPorts, '--data', await emptyFolder()], { ENGINE_THREADS: 'many' });
    assert.equal(await program.ended, 1);
    assert.match(program.output(), /^ENGINE_THREADS has to be a whole number from 1 to 256, not “many”\.$/m);
  });

  test('an ARRIVAL_WEBHOOK that would leave the network unencrypted is refused, and not printed', async (t) => {
    const program = run(t, ['--data', await emptyFolder()], { ARRIVAL_WEBHOOK: 'http://hooks.example/abc' });
    assert.equal(await program.ended, 1);
    assert.match(program.output(), /ARRIVAL_WEBHOOK leaves your network, so it has to begin with https/);
    assert.doesNotMatch(program.output(), /hooks\.example/);
  });

  test('a port that was asked for and is taken is refused, with its number, and nothing is left behind', async (t) => {
    const port = await takenPort(t);
    const above = await emptyFolder();
    const folder = path.join(above, 'party', 'data');
    const program = run(t, ['--data', folder, '--port', String(port), '--aws-port', '0']);
    assert.equal(await program.ended, 1);
    assert.match(program.output(), new RegExp(`Port ${port} is taken`));
    assert.match(program.output(), /npm start -- --port 0/);
    assert.deepEqual(readdirSync(above), []);
  });

  test('it prints both addresses, says it is well, and refuses a second start on the same folder', async (t) => {
    const folder = await emptyFolder();
    const program = run(t, ['--data', folder, ...anyPorts]);
    const { page, aws } = await program.ready();

    assert.match(
      program.output(),
      /^Ready in \d+\.\d s: faces, AWS on this machine, a bot to try, \d+ carols/m,
    );
    assert.ok(program.output().includes(`\nData: ${folder} (`), program.output());
    assert.match(program.output(), /Nothing leaves this machine\.\nYours: put BOT_TOKEN=.*CAMERA_URL=/);

    const health = await fetch(`${page}/healthz`);
    assert.equal(health.status, 200);
    assert.deepEqual(await health.json(), { status: 'ready', aws });

    const second = run(t, ['--data', folder, ...anyPorts]);
    assert.equal(await second.ended, 1);
    assert.match(second.output(), /already running[\s\S]*--data/);

    program.child.kill('SIGTERM');
    assert.equal(await program.ended, 0);
    assert.doesNotMatch(program.output(), /error/i);
    assert.match(program.output(), /\nEnding … .*\nStopped\. Everything is kept\.\n$/);
  });

  test('a signal ends it in order though connections are open, half a request is sent, and events are read', async (t) => {
    const folder = await emptyFolder();
    const program = run(t, ['--data', folder, ...anyPorts]);
    const { page, aws } = await program.ready();
    const token = await localBotToken(folder);
    const info = await fetch(`${page}/telegram/bot${token}/getWebhookInfo`);
    const { result } = (await info.json()) as { result: { url: string } };
    for (const url of [page, aws, result.url]) {
      const port = Number(new URL(url).port);
      const head = `POST /webhook/ HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Length: 9\r\n`;
      for (const bytes of ['', 'P', 'PRI', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', head, `${head}\r\nhalf`]) {
        await openSocket(t, port, bytes);
      }
    }
    const host = await PersonClient.connect(`${page}/telegram`, 'host');
    t.after(() => host.close());
    const events = await fetch(`${page}/door/events`);
    t.after(() => events.body?.cancel().catch(() => {}));

    program.child.kill('SIGTERM');
    assert.equal(await program.ended, 0, program.output());
  });

  test('default ports that are taken move to free ones, and that is said', async (t) => {
    await takenPort(t, 8080).catch(() => {}); // taken by somebody else does as well
    await takenPort(t, 4566).catch(() => {});
    const program = run(t, ['--data', await folderWithCarols()]);
    const { page, aws } = await program.ready();
    assert.notEqual(new URL(page).port, '8080');
    assert.notEqual(new URL(aws).port, '4566');
    assert.match(program.output(), /Port 8080 is taken by another program, so \d+ is used/);
    assert.match(program.output(), /Port 4566 is taken/);
  });

  test('after kill -9 no child is left, the next start has everything as it was, and a chat begun anew is heard', {
    skip: process.platform !== 'linux' && 'needs /proc to see the children',
  }, async (t) => {
    const folder = await folderWithCarols();
    const first = run(t, ['--data', folder, ...anyPorts]);
    const before = await first.ready();
    const { startCode } = (await (await fetch(`${before.page}/mode`)).json()) as { startCode: string };
    const host = await PersonClient.connect(`${before.page}/telegram`, 'host');
    await host.say(host.bot, `/start ${startCode}`);
    await host.waitForMessage();
    await allDone(before.page, folder);
    const children = await childrenOf(first.child.pid!);
    assert.ok(children.length >= 1, 'the engine is a child');

    first.child.kill('SIGKILL');
    await first.ended;
    await host.close().catch(() => {});
    await eventually('the children have ended', () => !children.some(isRunning));

    const second = run(t, ['--data', folder, ...anyPorts]);
    const after = await second.ready();
    const again = await PersonClient.connect(`${after.page}/telegram`, 'host');
    t.after(() => again.close());
    assert.ok((await again.messages()).length >= 2, 'the chat is there');
    await again.say(again.bot, '/status');
    const status = await again.waitForMessage();
    assert.match(status.text ?? '', /party/i);
    await allDone(after.page, folder);

    // The chat is begun anew, and the bot hears what is said in it though it has heard as many updates before.
    second.child.kill('SIGKILL');
    await second.ended;
    await beginChatAnew(folder);
    const third = run(t, ['--data', folder, ...anyPorts]);
    const { page } = await third.ready();
    const anew = await PersonClient.connect(`${page}/telegram`, 'host');
    t.after(() => anew.close());
    assert.equal((await anew.messages()).length, 0);
    await anew.say(anew.bot, '/status');
    assert.match((await anew.waitForMessage()).text ?? '', /party/i);
  });

  test('real credentials in the shell are never used', async (t) => {
    const program = run(t, ['--data', await folderWithCarols(), ...anyPorts], {
      AWS_ACCESS_KEY_ID: 'AKIAREALREALREALREAL',
      AWS_SECRET_ACCESS_KEY: 'real',
      AWS_PROFILE: 'production',
      AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:9',
      AWS_REGION: 'eu-central-1',
    });
    await program.ready();
  });
});
