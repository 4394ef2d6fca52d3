import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2';
import { AwsError } from './protocol/aws-error.ts';
import type { LocalRequest } from './service.ts';

/** A request as node's HTTP/1.1 or HTTP/2 server gives it. */
export type RawRequest = IncomingMessage | Http2ServerRequest;
/** Its response. */
export type RawResponse = (ServerResponse | Http2ServerResponse) & { destroyed?: boolean };

/** The most that a request's body may hold. Telegram's largest file is 50 MB, and nothing here is larger. */
export const MAX_BODY_BYTES = 64 * 1024 * 1024;

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Whether a request names this machine as its host. A page of another site cannot: DNS rebinding leaves that
 * site's name in the Host header, and its scripts' requests carry its Origin.
 */
export function isLoopbackCaller(raw: RawRequest): boolean {
  const { origin } = raw.headers;
  return isLoopback(`http://${hostOf(raw)}`) && (origin === undefined || isLoopback(origin));
}

/**
 * Reads a request whole.
 * @throws AwsError 400 for a target that is not a path, 413 for a body over MAX_BODY_BYTES
 */
export async function readRequest(raw: RawRequest): Promise<LocalRequest> {
  const host = hostOf(raw);
  const target = raw.url ?? '';
  const address = `http://${host}${target}`;
  if (!target.startsWith('/') || !URL.canParse(address)) {
    throw new AwsError('InvalidRequest', 'The request target must be a path.');
  }
  const headers = { ...raw.headers, host };
  for (const name of Object.keys(headers)) if (name.startsWith(':')) delete headers[name];
  return { method: raw.method ?? 'GET', url: new URL(address), target, headers, body: await readBody(raw) };
}

async function readBody(raw: RawRequest): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of raw as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) {
      throw new AwsError(
        'RequestEntityTooLargeException',
        `A request holds at most ${MAX_BODY_BYTES} bytes.`,
        413,
      );
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}

function hostOf(raw: RawRequest): string {
  return String(raw.headers[':authority'] ?? raw.headers.host ?? '');
}

function isLoopback(address: string): boolean {
  return URL.canParse(address) && LOOPBACK.has(new URL(address).hostname);
}
