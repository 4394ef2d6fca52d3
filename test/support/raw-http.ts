import { once } from 'node:events';
import { connect } from 'node:net';

/** A request as it goes over the wire; nothing of it is put right on the way. */
export interface RawRequest {
  readonly method?: string;
  /** The request target: usually a path, but it may be anything. */
  readonly target: string;
  /** Host is 127.0.0.1 and the port when not given; an empty one is left out. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** Waits for the head of the answer only, as of a stream of events, which has no end. */
  readonly headOnly?: boolean;
}

/** What came back; an empty status when the connection was closed without an answer. */
export interface RawAnswer {
  readonly status: number | undefined;
  readonly head: string;
  readonly body: string;
}

/** Sends a request over a socket of its own, which the server is asked to close. */
export async function rawHttp(
  port: number,
  { method = 'GET', target, headers = {}, body, headOnly = false }: RawRequest,
): Promise<RawAnswer> {
  const bytes = body === undefined ? undefined : Buffer.from(body);
  const all: Record<string, string> = {
    host: `127.0.0.1:${port}`,
    connection: 'close',
    ...(bytes && { 'content-length': String(bytes.length) }),
    ...headers,
  };
  const lines = Object.entries(all).flatMap(([name, value]) => (value === '' ? [] : [`${name}: ${value}`]));
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => socket.destroy());
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    if (headOnly && Buffer.concat(chunks).includes('\r\n\r\n')) socket.destroy();
  });
  const closed = once(socket, 'close');
  socket.write(`${method} ${target} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
  if (bytes) socket.write(bytes);
  await closed;
  const text = Buffer.concat(chunks).toString('latin1');
  const end = text.indexOf('\r\n\r\n');
  const status = /^HTTP\/1\.1 (\d{3})/.exec(text)?.[1];
  return {
    status: status === undefined ? undefined : Number(status),
    head: end < 0 ? text : text.slice(0, end),
    body: end < 0 ? '' : text.slice(end + 4),
  };
}
