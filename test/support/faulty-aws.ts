import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What becomes of a call: no answer, a cut line, an error by its type, or a body in place of AWS's own. */
export type Fault =
  | 'hangs'
  | 'cut'
  | { readonly error: string; readonly message?: string; readonly status?: number }
  | { readonly body: unknown };

/** AWS as it is on this machine, behind a line that fails and answers as a test says. */
export interface FaultyAws {
  readonly url: string;
  /** The operations that were asked for, in their order, those that failed too; with S3, `PUT /bucket/key`. */
  readonly asked: string[];
  /** Does this to the next calls of an operation, one each. */
  next(operation: string, ...faults: Fault[]): void;
  /** Does this to every call of an operation from now on, or nothing any more; `*` is every operation. */
  always(operation: string, fault: Fault | undefined): void;
  /** Does nothing to any call any more. */
  mend(): void;
  /** Shifts the `Date` of all answers: milliseconds. */
  dateOff: number;
  close(): Promise<void>;
}

/** Stands before another AWS. The signature holds, for it is made over the address that is called. */
export async function startFaultyAws(awsUrl: string): Promise<FaultyAws> {
  const nexts = new Map<string, Fault[]>();
  const standing = new Map<string, Fault>();
  const asked: string[] = [];
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const aws: FaultyAws = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    next: (operation, ...faults) => void nexts.set(operation, [...(nexts.get(operation) ?? []), ...faults]),
    always(operation, fault) {
      if (fault) standing.set(operation, fault);
      else standing.delete(operation);
    },
    mend() {
      nexts.clear();
      standing.clear();
    },
    dateOff: 0,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
  server.on('request', (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const operation = operationOf(incoming);
    asked.push(operation);
    const fault = nexts.get(operation)?.shift() ?? standing.get(operation) ?? standing.get('*');
    if (fault === 'hangs') return;
    if (fault === 'cut') return incoming.socket.destroy();
    const date = new Date(Date.now() + aws.dateOff).toUTCString();
    if (!fault) return forward(awsUrl, incoming, outgoing, date);
    incoming.resume();
    const inXml = incoming.headers['x-amz-target'] === undefined;
    outgoing.writeHead('error' in fault ? (fault.status ?? 400) : 200, {
      'content-type': inXml ? 'application/xml' : 'application/x-amz-json-1.1',
      date,
    });
    outgoing.end('error' in fault ? (inXml ? xmlOf(fault) : jsonOf(fault)) : JSON.stringify(fault.body));
  });
  return aws;
}

type ErrorFault = Extract<Fault, { readonly error: string }>;

const jsonOf = ({ error, message = '' }: ErrorFault): string => JSON.stringify({ __type: error, message });

/** As S3 says it, and, inside of another element, the services of the query protocol. */
function xmlOf({ error, message = '' }: ErrorFault): string {
  const content = `<Code>${error}</Code><Message>${message}</Message>`;
  return `<Error>${content}<Error>${content}</Error></Error>`;
}

function operationOf({ headers, method, url = '/' }: IncomingMessage): string {
  const [, operation] = String(headers['x-amz-target'] ?? '').split('.');
  return operation ?? `${method} ${url.split('?')[0]}`;
}

function forward(awsUrl: string, incoming: IncomingMessage, outgoing: ServerResponse, date: string): void {
  const { hostname, port } = new URL(awsUrl);
  const onward = request(
    { hostname, port, path: incoming.url, method: incoming.method, headers: incoming.headers },
    (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, { ...answer.headers, date });
      answer.pipe(outgoing);
    },
  );
  onward.on('error', (error) => outgoing.destroy(error));
  incoming.pipe(onward);
}
