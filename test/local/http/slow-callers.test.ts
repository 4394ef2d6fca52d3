import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { Hono } from 'hono';
import { startAwsServer } from '../../../local/aws/server.ts';
import type { Service } from '../../../local/aws/service.ts';
import { startHttpServer } from '../../../local/http/http-server.ts';
import type { HttpLimits } from '../../../local/http/limits.ts';
import { startFunctionUrls } from '../../../local/lambda/function-url.ts';
import { LambdaFunctions } from '../../../local/lambda/functions.ts';
import { openSocket } from '../../support/open-socket.ts';
import { rawHttp } from '../../support/raw-http.ts';
import { localCredentials } from '../aws/clients.ts';

const impatient: HttpLimits = { headersTimeout: 300, requestTimeout: 600, connectionsCheckingInterval: 50 };
const maxWait = 5_000;

const anything: Service = {
  name: 'Anything',
  signingName: 's3',
  accepts: () => true,
  answer: async () => ({ status: 200 }),
};

/** Each kind of server that the house has, with a path that takes a body of anybody. */
const servers = {
  'the AWS port': async (t: TestContext) => {
    const aws = await startAwsServer({
      port: 0,
      services: [anything],
      credentials: localCredentials,
      limits: impatient,
    });
    t.after(() => aws.close());
    return aws.port;
  },
  'the page’s port': async (t: TestContext) => {
    const app = new Hono();
    app.post('/', async (c) => c.text(String((await c.req.arrayBuffer()).byteLength)));
    const server = await startHttpServer(0, app, impatient);
    t.after(() => server.close());
    return server.port;
  },
  'the webhook’s port': async (t: TestContext) => {
    const functions = new LambdaFunctions({ webhook: { handler: async () => 'ok' } }, { log: () => {} });
    const urls = await startFunctionUrls({ functions, names: ['webhook'], limits: impatient });
    t.after(() => urls.close(0));
    return Number(new URL(urls.url('webhook')).port);
  },
};

/** Fails if the other side does not end the connection; it has at most some seconds. */
async function endsInTime(closed: Promise<void>, what: string): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`Still open: ${what}`)), maxWait);
  });
  await Promise.race([closed, late]).finally(() => clearTimeout(timer));
}

const isAnswered = async (port: number): Promise<void> => {
  const { status } = await rawHttp(port, { target: '/nothing' });
  assert.ok(status !== undefined, 'the port answers');
};

for (const [name, start] of Object.entries(servers)) {
  test(`${name} closes whoever does not say in time what they want, and answers all others`, async (t) => {
    const port = await start(t);
    const host = `Host: 127.0.0.1:${port}\r\n`;
    const beginnings = {
      nothing: '',
      'one byte': 'P',
      'half of a first line': 'POST /webhook/ HT',
      'half of a head': `POST /webhook/ HTTP/1.1\r\n${host}X-`,
      'half of a body': `POST /webhook/ HTTP/1.1\r\n${host}Content-Length: 100\r\n\r\nhalf`,
      'a body in chunks without an end': `POST /webhook/ HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n`,
    };
    const open = Object.entries(beginnings).map(async ([what, bytes]) => {
      const { closed } = await openSocket(t, port, bytes);
      await isAnswered(port);
      await endsInTime(closed, what);
    });
    await Promise.all(open);
  });

  test(`${name} goes on when a caller leaves after one byte, or in the middle of anything`, async (t) => {
    const port = await start(t);
    const head = `POST /webhook/ HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Length: 100\r\n\r\n`;
    for (const bytes of ['P', 'PR', 'PRI', 'PRI * HTTP/2.0\r\n', 'G', 'POST', head, `${head}half`]) {
      for (const leave of ['end', 'destroy', 'resetAndDestroy'] as const) {
        const { socket } = await openSocket(t, port, bytes);
        socket[leave]();
        await isAnswered(port);
      }
    }
  });

  test(`${name} answers while many connections say nothing, and ends them all`, async (t) => {
    const port = await start(t);
    const silent = await Promise.all(Array.from({ length: 400 }, () => openSocket(t, port)));
    await isAnswered(port);
    await Promise.all(silent.map(({ closed }) => endsInTime(closed, 'a silent connection')));
  });

  test(`${name} ends a connection whose body is longer than declared`, async (t) => {
    const port = await start(t);
    const request = `POST /webhook/ HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Length: 4\r\n\r\n`;
    const { closed, received } = await openSocket(t, port, `${request}four and more\r\n\r\n`);
    await endsInTime(closed, 'a body that is too long');
    assert.match(received().toString(), /HTTP\/1\.1 400 Bad Request/, 'the rest is no request');
    await isAnswered(port);
  });
}
