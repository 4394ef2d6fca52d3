import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An answer in place of AWS's own: an error by its type, or a body. */
export type Faulty =
  | { readonly error: string; readonly message?: string; readonly status?: number }
  | { readonly body: unknown };

/** AWS as it is on this machine, which gives other answers when a test says so. */
export interface FaultyAws {
  readonly url: string;
  /** The JSON operations that were asked for, in their order. */
  readonly asked: string[];
  /** Gives these answers to the next calls of an operation, one each. */
  next(operation: string, ...answers: Faulty[]): void;
  /** Gives this answer to every call of an operation from now on, or none any more. */
  always(operation: string, answer: Faulty | undefined): void;
  close(): Promise<void>;
}

/** Stands before another AWS. The signature holds, for it is made over the address that is called. */
export async function startFaultyAws(awsUrl: string): Promise<FaultyAws> {
  const nexts = new Map<string, Faulty[]>();
  const standing = new Map<string, Faulty>();
  const asked: string[] = [];

  const server = createServer((incoming, outgoing) => {
    const [, operation] = String(incoming.headers['x-amz-target'] ?? '').split('.');
    if (operation) asked.push(operation);
    const fault = operation && (nexts.get(operation)?.shift() ?? standing.get(operation));
    if (!fault) return forward(awsUrl, incoming, outgoing);
    incoming.resume();
    const failed = 'error' in fault;
    outgoing.writeHead(failed ? (fault.status ?? 400) : 200, {
      'content-type': 'application/x-amz-json-1.1',
    });
    outgoing.end(JSON.stringify(failed ? { __type: fault.error, message: fault.message ?? '' } : fault.body));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    next: (operation, ...answers) => void nexts.set(operation, [...(nexts.get(operation) ?? []), ...answers]),
    always: (operation, answer) => {
      if (answer) standing.set(operation, answer);
      else standing.delete(operation);
    },
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

function forward(awsUrl: string, incoming: IncomingMessage, outgoing: ServerResponse): void {
  const { hostname, port } = new URL(awsUrl);
  const onward = request(
    { hostname, port, path: incoming.url, method: incoming.method, headers: incoming.headers },
    (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    },
  );
  onward.on('error', (error) => outgoing.destroy(error));
  incoming.pipe(onward);
}
