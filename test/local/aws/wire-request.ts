import { once } from 'node:events';
import { connect } from 'node:net';
import type { HttpRequest } from '@smithy/core/protocols';
import type { Signature } from '../../../local/aws/authorization.ts';
import { canonicalRequest, declaredHash } from '../../../local/aws/canonical-request.ts';
import type { LocalRequest } from '../../../local/aws/service.ts';
import { hmac, sha256 } from '../../../local/aws/signature.ts';
import { credentials as localCredentials, names } from '../../../local/environment.ts';

/** A request as it goes over the wire, before it is signed; nothing of it is put right on the way. */
export interface WireRequest {
  readonly method: string;
  /** The request target: usually a path and a query, but it may be anything. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** The service that it is signed for. */
  readonly service: string;
}

/** What came back; no status when the connection was closed without an answer. */
export interface WireAnswer {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

interface SdkClient {
  readonly config: { requestHandler: unknown };
  send(command: never): Promise<unknown>;
  destroy(): void;
}

/** The request that an SDK's client would send for a command, as it stands before the signature. */
export async function requestOf(client: SdkClient, command: unknown, service: string): Promise<WireRequest> {
  let captured: HttpRequest | undefined;
  client.config.requestHandler = {
    handle: async (request: HttpRequest) => {
      captured = request;
      throw new Error('captured');
    },
    destroy: () => {},
  };
  await client.send(command as never).catch((error: unknown) => {
    if (!captured) throw error;
  });
  client.destroy();
  const { method, path, query, headers, body } = captured as HttpRequest;
  const search = new URLSearchParams(query as Record<string, string>).toString();
  // Copied first: of its own kind of bytes the SDK warns that they are taken for a string.
  const bytes = Buffer.from(typeof body === 'string' ? body : new Uint8Array((body as Uint8Array) ?? []));
  const signature = /^(:.*|authorization|x-amz-date|x-amz-content-sha256|content-length|host|amz-sdk-.*)$/;
  const kept = Object.entries(headers).filter(([name]) => !signature.test(name));
  return {
    method,
    target: search ? `${path}?${search}` : path,
    headers: Object.fromEntries(kept),
    body: bytes,
    service,
  };
}

/** The same request with its host, length and signature; headers that it has already stay as they are. */
export function signed(request: WireRequest, port: number, credentials = localCredentials): WireRequest {
  const date = `${new Date().toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;
  const headers: Record<string, string> = {
    host: `127.0.0.1:${port}`,
    'x-amz-date': date,
    ...(request.service === 's3' && { 'x-amz-content-sha256': sha256(request.body) }),
    'content-length': String(request.body.length),
    ...request.headers,
  };
  const scope = `${date.slice(0, 8)}/${names.region}/${request.service}/aws4_request`;
  const { method, target, body } = request;
  const url = URL.canParse(target, 'http://localhost')
    ? new URL(target, 'http://localhost')
    : new URL('http://localhost');
  const whole: LocalRequest = { method, target, url, headers, body };
  // As a server reads them: a value's own spaces at its ends are no part of it.
  const signedHeaders = Object.keys(headers).sort();
  const unsigned: Signature = {
    presigned: false,
    accessKeyId: credentials.accessKeyId,
    scope,
    signedHeaders,
    signature: '',
    date,
    expires: undefined,
  };
  const canonical = canonicalRequest(whole, unsigned, declaredHash(whole, unsigned) ?? sha256(body));
  const key = scope
    .split('/')
    .reduce<Buffer>((above, part) => hmac(above, part), Buffer.from(`AWS4${credentials.secretAccessKey}`));
  const signature = hmac(key, ['AWS4-HMAC-SHA256', date, scope, sha256(canonical)].join('\n')).toString(
    'hex',
  );
  const authorization =
    `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/${scope}, ` +
    `SignedHeaders=${signedHeaders.join(';')}, Signature=${signature}`;
  return { ...request, headers: { ...headers, authorization } };
}

/** Whether a request promises more than it holds, so that nobody can answer it. */
export function isUnfinished({ headers, body }: WireRequest): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length']) > body.length;
}

/** Sends a request as it is over a connection of its own; one that is not finished ends there. */
export async function send(port: number, request: WireRequest): Promise<WireAnswer> {
  const { method, target, headers, body } = request;
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  socket.on('error', () => socket.destroy());
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = Promise.race([once(socket, 'end'), once(socket, 'close')]);
  const head = `${method} ${target} HTTP/1.1\r\nconnection: close\r\n${lines.join('\r\n')}\r\n\r\n`;
  socket.write(Buffer.concat([Buffer.from(head, 'latin1'), body]));
  if (isUnfinished(request)) socket.end();
  await ended;
  socket.destroy();
  return readAnswer(Buffer.concat(chunks).toString('latin1'));
}

function readAnswer(text: string): WireAnswer {
  const end = text.indexOf('\r\n\r\n');
  const [first = '', ...fields] = text.slice(0, end < 0 ? undefined : end).split('\r\n');
  const status = /^HTTP\/1\.1 (\d{3})/.exec(first)?.[1];
  // An interim answer (100 Continue) comes before the answer itself.
  if (status === '100' && end >= 0) return readAnswer(text.slice(end + 4));
  const headers = Object.fromEntries(
    fields.map((field) => {
      const colon = field.indexOf(':');
      return [field.slice(0, colon).toLowerCase(), field.slice(colon + 1).trim()];
    }),
  );
  return {
    status: status === undefined ? undefined : Number(status),
    headers,
    body: end < 0 ? '' : text.slice(end + 4),
  };
}
