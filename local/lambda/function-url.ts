import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { isLoopbackCaller } from '../aws/request.ts';
import { listenOnLoopback } from '../http/listen.ts';
import { urlEvent } from './function-url-event.ts';
import { maxPayloadBytes, plain, type UrlResponse, urlResponse } from './function-url-response.ts';
import { type LambdaFunctions, UnknownFunctionError } from './functions.ts';
import { finishWithin } from './waiting.ts';

/** Functions that can be asked over HTTP. */
export interface FunctionUrlsOptions {
  readonly functions: LambdaFunctions;
  /** The functions that have a URL. */
  readonly names: readonly string[];
  /** 0, the default, for any free port. */
  readonly port?: number;
}

/** Function URLs, as they run. */
export interface FunctionUrls {
  /** A function's URL, ending with a slash. @throws UnknownFunctionError for one that has none */
  url(name: string): string;
  /** Takes no more requests and waits for those in work, but no longer than this. */
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
}: FunctionUrlsOptions): Promise<FunctionUrls> {
  for (const name of names) if (!functions.has(name)) throw new UnknownFunctionError(name);

  async function respond(request: IncomingMessage): Promise<UrlResponse> {
    if (!isLoopbackCaller(request)) return plain(403, '{"Message":"Forbidden"}');
    const [path = '', query = ''] = splitOnce(request.url ?? '/', '?');
    const [, functionName = ''] = path.split('/');
    if (!names.includes(functionName)) return plain(404, '{"Message":"Not Found"}');
    const body = await readBody(request);
    const event = body && {
      functionName,
      method: request.method ?? 'GET',
      path: path.slice(functionName.length + 1) || '/',
      query,
      headers: request.headers,
      body,
      sourceIp: request.socket.remoteAddress ?? '127.0.0.1',
    };
    const payload = event && JSON.stringify(urlEvent(event));
    if (!payload || Buffer.byteLength(payload) > maxPayloadBytes)
      return plain(413, '{"Message":"Request Too Long"}');
    return urlResponse(await functions.invoke(functionName, payload));
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { status, headers, body } = await respond(request).catch(() => plain(502, 'Internal Server Error'));
    if (response.destroyed) return;
    // A connection kept alive would hold up the closing.
    if (!server.listening) response.setHeader('connection', 'close');
    response.writeHead(status, { ...headers, 'content-length': body.length });
    response.end(request.method === 'HEAD' ? undefined : body);
  }

  const handling = new Set<Promise<void>>();
  const server = createServer((request, response) => {
    const handled = handle(request, response).finally(() => handling.delete(handled));
    handling.add(handled);
  });
  const root = `http://127.0.0.1:${await listenOnLoopback(server, port)}`;
  return {
    url(name) {
      if (!names.includes(name)) throw new UnknownFunctionError(name);
      return `${root}/${name}/`;
    },
    async close(limitMs = 5_000) {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeIdleConnections();
      const limit = setTimeout(() => server.closeAllConnections(), limitMs);
      await closed;
      clearTimeout(limit);
      // A caller that has hung up is waited for no more by the server, but its function still runs.
      await finishWithin(limitMs, Promise.all(handling));
    },
  };
}

/** A body whole; undefined for one that is too long. */
async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    // Read to its end all the same: a client that is still writing would not see the answer.
    if (size <= maxPayloadBytes) chunks.push(chunk);
  }
  return size <= maxPayloadBytes ? Buffer.concat(chunks) : undefined;
}

function splitOnce(text: string, separator: string): [string, string?] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}
