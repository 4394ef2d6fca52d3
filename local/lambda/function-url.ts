import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { finished } from 'node:stream/promises';
import { isLoopbackCaller } from '../aws/request.ts';
import { BodyTimeoutError, BodyTooLargeError, linger, readBody } from '../http/body.ts';
import { type HttpLimits, httpLimits } from '../http/limits.ts';
import { listenOnLoopback } from '../http/listen.ts';
import { urlEvent } from './function-url-event.ts';
import { maxPayloadBytes, plain, type UrlResponse, urlResponse } from './function-url-response.ts';
import { type LambdaFunctions, ThrottledError, UnknownFunctionError } from './functions.ts';
import { type Measure, unmeasured } from './measure.ts';
import { finishWithin } from './waiting.ts';

/** Functions that can be asked over HTTP. */
export interface FunctionUrlsOptions {
  readonly functions: LambdaFunctions;
  /** The functions that have a URL. */
  readonly names: readonly string[];
  /** 0, the default, for any free port. */
  readonly port?: number;
  /** How long callers may take; `httpLimits` by default. */
  readonly limits?: HttpLimits;
  readonly measure?: Measure;
}

/** Function URLs, as they run. */
export interface FunctionUrls {
  /** A function's URL, ending with a slash. @throws UnknownFunctionError for one that has none */
  url(name: string): string;
  /** Takes no more requests and waits for the functions at work, but no longer than this. */
  close(limitMs?: number): Promise<void>;
}

/**
 * Serves functions on a loopback port of their own, each below its name: `http://127.0.0.1:<port>/webhook/`.
 * As with Lambda's function URLs, anyone who reaches them may ask; the function checks what it is asked.
 * @throws PortTakenError, UnknownFunctionError
 */
export async function startFunctionUrls({
  functions,
  names,
  port = 0,
  limits = httpLimits,
  measure = unmeasured,
}: FunctionUrlsOptions): Promise<FunctionUrls> {
  for (const name of names) if (!functions.has(name)) throw new UnknownFunctionError(name);
  const bodyLimits = { maxBytes: maxPayloadBytes, timeout: limits.requestTimeout };

  async function respond(request: IncomingMessage): Promise<UrlResponse> {
    if (!isLoopbackCaller(request)) return plain(403, '{"Message":"Forbidden"}');
    const [path = '', query = ''] = splitOnce(request.url ?? '/', '?');
    const [, functionName = ''] = path.split('/');
    if (!names.includes(functionName)) return plain(404, '{"Message":"Not Found"}');
    const payload = JSON.stringify(
      urlEvent({
        functionName,
        method: request.method ?? 'GET',
        path: path.slice(functionName.length + 1) || '/',
        query,
        headers: request.headers,
        body: await readBody(request, bodyLimits),
        sourceIp: request.socket.remoteAddress ?? '127.0.0.1',
      }),
    );
    if (Buffer.byteLength(payload) > maxPayloadBytes) return tooLong;
    waiting.add(request.socket);
    return urlResponse(await functions.invoke(functionName, payload));
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      await answer(request, response, await respond(request).catch(answerFailure));
    } finally {
      waiting.delete(request.socket);
    }
  }

  async function answer(
    request: IncomingMessage,
    response: ServerResponse,
    { status, headers, body }: UrlResponse,
  ): Promise<void> {
    const [, functionName = ''] = (request.url ?? '').split(/[/?]/);
    const series = Math.floor(status / 100);
    if (names.includes(functionName) && (series === 4 || series === 5))
      measure(functionName, `Url${series}xxCount`, 1);
    if (response.destroyed) return;
    // A connection kept alive would hold up the closing.
    if (!server.listening) response.setHeader('connection', 'close');
    response.writeHead(status, { ...headers, 'content-length': body.length });
    linger(request, response);
    response.end(request.method === 'HEAD' ? undefined : body);
    await finished(response).catch(() => {});
  }

  const sockets = new Set<Socket>();
  /** Those of callers who wait for a function. */
  const waiting = new Set<Socket>();
  const handling = new Set<Promise<void>>();
  const server = createServer({ ...limits }, (request, response) => {
    const handled = handle(request, response).finally(() => handling.delete(handled));
    handling.add(handled);
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  const root = `http://127.0.0.1:${await listenOnLoopback(server, port)}`;
  return {
    url(name) {
      if (!names.includes(name)) throw new UnknownFunctionError(name);
      return `${root}/${name}/`;
    },
    async close(limitMs = 5_000) {
      const closed = new Promise((resolve) => server.close(resolve));
      // What is half sent is not waited for: whoever sends it must come again in any case.
      for (const socket of sockets) if (!waiting.has(socket)) socket.destroy();
      // A caller that has hung up is waited for no more by the server, but its function still runs.
      await finishWithin(limitMs, Promise.all(handling));
      server.closeAllConnections();
      await closed;
    },
  };
}

const tooLong = plain(413, '{"Message":"Request Too Long"}');

function answerFailure(error: unknown): UrlResponse {
  if (error instanceof BodyTooLargeError) return tooLong;
  if (error instanceof ThrottledError) return plain(429, '{"Message":"Rate Exceeded."}');
  if (error instanceof BodyTimeoutError) return plain(408, '{"Message":"Request Timeout"}');
  return plain(502, 'Internal Server Error');
}

function splitOnce(text: string, separator: string): [string, string?] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}
