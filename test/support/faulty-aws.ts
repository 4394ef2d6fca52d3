import { once } from 'node:events';
import { type OutgoingHttpHeaders, request } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Writable } from 'node:stream';
import { createBothVersionsServer, type Handler } from '../../local/aws/http-versions.ts';
import type { IncomingRequest, OutgoingResponse } from '../../local/http/body.ts';
import { httpLimits } from '../../local/http/limits.ts';

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
  /**
   * Does this to every call of an operation from now on, or nothing any more; `*` is every operation, and with S3 `PUT`
   * is every one of that method.
   */
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
  // Kinesis is asked by HTTP/2.
  const server = createBothVersionsServer((...call) => answer(...call), httpLimits);
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
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
      for (const socket of sockets) socket.destroy();
      await once(server, 'close');
    },
  };
  const answer: Handler = async (incoming, outgoing, continueBody) => {
    const form = isForm(incoming) ? await readText(incoming) : undefined;
    const operation = new URLSearchParams(form).get('Action') ?? operationOf(incoming);
    asked.push(operation);
    const fault =
      nexts.get(operation)?.shift() ??
      standing.get(operation) ??
      standing.get(methodOfS3(incoming)) ??
      standing.get('*');
    if (fault === 'hangs') return;
    if (fault === 'cut') return cut(incoming);
    const date = new Date(Date.now() + aws.dateOff).toUTCString();
    if (!fault) continueBody();
    if (!fault) return forward(awsUrl, incoming, outgoing, { date, form });
    incoming.resume();
    const inXml = incoming.headers['x-amz-target'] === undefined && !inRestJson.includes(serviceOf(incoming));
    writeHead(outgoing, 'error' in fault ? statusOf(fault, incoming) : 200, {
      'content-type': inXml ? 'application/xml' : 'application/x-amz-json-1.1',
      date,
      ...('error' in fault && { 'x-amzn-errortype': fault.error }),
    });
    outgoing.end('error' in fault ? (inXml ? xmlOf(fault) : jsonOf(fault)) : JSON.stringify(fault.body));
  };
  return aws;
}

/** To a HEAD it says all that there is to say. */
function statusOf({ error, status }: ErrorFault, { method }: IncomingRequest): number {
  if (method === 'HEAD') return /Throttl|SlowDown/.test(error) ? 503 : 403;
  return status ?? 400;
}

type ErrorFault = Extract<Fault, { readonly error: string }>;

const jsonOf = ({ error, message = '' }: ErrorFault): string => JSON.stringify({ __type: error, message });

/** As S3 says it, and, inside of another element, the services of the query protocol. */
function xmlOf({ error, message = '' }: ErrorFault): string {
  const content = `<Code>${error}</Code><Message>${message}</Message>`;
  return `<Error>${content}<Error>${content}</Error></Error>`;
}

/** Services that are asked by path, and answer in JSON. */
const inRestJson = ['lambda', 'kinesisvideo'];

/** By the scope of its signature. */
const serviceOf = ({ headers }: IncomingRequest): string =>
  /Credential=[^,]*\/([\w-]+)\/aws4_request/.exec(headers.authorization ?? '')?.[1] ?? '';

const methodOfS3 = (incoming: IncomingRequest): string =>
  serviceOf(incoming) === 's3' ? (incoming.method ?? '') : '';

/** A call of the query protocol says in its body what it asks for. */
const isForm = ({ headers }: IncomingRequest): boolean =>
  (headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded');

async function readText(incoming: IncomingRequest): Promise<string> {
  let body = '';
  for await (const part of incoming.setEncoding('utf8')) body += part;
  return body;
}

function operationOf({ headers, method, url = '/' }: IncomingRequest): string {
  const [, operation] = String(headers['x-amz-target'] ?? '').split('.');
  return operation ?? `${method} ${url.split('?')[0]}`;
}

const cut = (incoming: IncomingRequest): void =>
  void ('stream' in incoming ? incoming.stream.session : incoming.socket)?.destroy();

/** Both kinds of answer have it; what it returns differs. */
function writeHead(outgoing: OutgoingResponse, status: number, headers: OutgoingHttpHeaders): void {
  outgoing.statusCode = status;
  for (const [name, value] of Object.entries(headers))
    if (value !== undefined) outgoing.setHeader(name, value);
}

/** @param form the body, where it was read before */
function forward(
  awsUrl: string,
  incoming: IncomingRequest,
  outgoing: OutgoingResponse,
  { date, form }: { readonly date: string; readonly form: string | undefined },
): void {
  const { hostname, port } = new URL(awsUrl);
  const onward = request(
    { hostname, port, path: incoming.url, method: incoming.method, headers: headersOf(incoming) },
    (answer) => {
      const { connection: _, 'keep-alive': __, 'transfer-encoding': ___, ...headers } = answer.headers;
      writeHead(outgoing, answer.statusCode ?? 502, { ...headers, date });
      answer.pipe(outgoing as Writable);
    },
  );
  onward.on('error', (error) => outgoing.destroy(error));
  if (form === undefined) incoming.pipe(onward);
  else onward.end(form);
}

/** Those of HTTP/2 that say what HTTP/1.1 has in its first line; the host is signed under its own name. */
function headersOf({ headers }: IncomingRequest): OutgoingHttpHeaders {
  const { ':authority': host, expect: _, ...others } = headers;
  const named = Object.entries(others).filter(([name]) => !name.startsWith(':'));
  return { ...(host !== undefined && { host: String(host) }), ...Object.fromEntries(named) };
}
