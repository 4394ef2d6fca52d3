import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2';
import { isLoopbackHost } from '../http/loopback.ts';
import { AwsError } from './protocol/aws-error.ts';
import type { LocalRequest } from './service.ts';

/** A request as node's HTTP/1.1 or HTTP/2 server gives it. */
export type RawRequest = IncomingMessage | Http2ServerRequest;
/** Its response. */
export type RawResponse = (ServerResponse | Http2ServerResponse) & { destroyed?: boolean };

/** The most that a request's body may hold. Telegram's largest file is 50 MB, and nothing here is larger. */
export const maxBodyBytes = 64 * 1024 * 1024;

/**
 * Whether a request names this machine as its host. A page of another site cannot: DNS rebinding leaves that
 * site's name in the Host header, and its scripts' requests carry its Origin.
 */
export function isLoopbackCaller(raw: RawRequest): boolean {
  const { origin } = raw.headers;
  return (
    isLoopbackHost(hostOf(raw)) &&
    (origin === undefined || isLoopbackHost(origin.replace(/^https?:\/\//, '')))
  );
}

/**
 * Reads a request whole.
 * @throws AwsError 400 for a target that is not a path, 413 for a body over maxBodyBytes
 */
export async function readRequest(raw: RawRequest): Promise<LocalRequest> {
  const host = hostOf(raw);
  const target = raw.url ?? '';
  const address = `http://${host}${target}`;
  if (!target.startsWith('/') || !URL.canParse(address)) {
    throw new AwsError('InvalidRequest', 'The request target must be a path.');
  }
  const plain = Object.entries(raw.headers).filter(([name]) => !name.startsWith(':'));
  const headers = { ...Object.fromEntries(plain), host };
  return { method: raw.method ?? 'GET', url: new URL(address), target, headers, body: await readBody(raw) };
}

async function readBody(raw: RawRequest): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of raw as AsyncIterable<Buffer>) {
    size += chunk.length;
    // Read to its end all the same: the connection of a request that is left unread cannot carry the answer.
    if (size > maxBodyBytes) chunks.length = 0;
    else chunks.push(chunk);
  }
  if (size <= maxBodyBytes) return Buffer.concat(chunks, size);
  throw new AwsError('RequestEntityTooLargeException', `A request holds at most ${maxBodyBytes} bytes.`, 413);
}

function hostOf(raw: RawRequest): string {
  return String(raw.headers[':authority'] ?? raw.headers.host ?? '');
}
