import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import type { TestContext } from 'node:test';

/** A request as it came. */
export interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** What a home automation is in a test: an HTTP server that answers as it is told. */
export interface WebhookReceiver {
  readonly address: string;
  readonly received: readonly Received[];
  /** The status of the next answers, 200 at first; undefined gives none. */
  answers(status: number | undefined, headers?: Readonly<Record<string, string>>): void;
  close(): Promise<void>;
}

/** Listens on loopback until the test ends. */
export async function openWebhookReceiver(t: Pick<TestContext, 'after'>, port = 0): Promise<WebhookReceiver> {
  const received: Received[] = [];
  let answer: { status: number | undefined; headers: Readonly<Record<string, string>> } = {
    status: 200,
    headers: {},
  };
  const server = createServer(async (request, response) => {
    const { method = '', url: path = '', headers } = request;
    received.push({ method, path, headers, body: await text(request) });
    if (answer.status !== undefined) response.writeHead(answer.status, answer.headers).end('{}');
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  t.after(close);
  const { port: own } = server.address() as { readonly port: number };
  return {
    address: `http://127.0.0.1:${own}/api/webhook/a-secret-of-the-host`,
    received,
    answers(status, headers = {}) {
      answer = { status, headers };
    },
    close,
  };
}
