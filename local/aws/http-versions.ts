import http from 'node:http';
import http2, { type ServerHttp2Session } from 'node:http2';
import type { Socket } from 'node:net';
import type { IncomingRequest, OutgoingResponse } from '../http/body.ts';
import type { HttpLimits } from '../http/limits.ts';

/** What an HTTP/2 connection begins with when no upgrade was asked for (RFC 9113, 3.4). */
const preface = 'PRI';
/** A connection on which nothing is asked is kept for so long, in milliseconds: SDK clients ask again soon or never. */
const idleTimeout = 60_000;

/** Takes a request; `continueBody` is to be called before its body is read, for whoever waits to be asked for it. */
export type Handler = (
  request: IncomingRequest,
  response: OutgoingResponse,
  continueBody: () => void,
) => void;

/** Connections whose request may take as long as it likes. */
const unlimited = new WeakSet<Socket>();

/** From now on nobody waits for the end of this request, which is taken as it comes. */
export function neverTimeOut(request: IncomingRequest): void {
  unlimited.add(request.socket as Socket);
}

/** What node answers to a request that is none, or is not whole in time, when nobody listens for it. */
function refuse({ code }: NodeJS.ErrnoException, socket: Socket): void {
  const status = statuses[code ?? ''] ?? '400 Bad Request';
  const answer = (socket as { _httpMessage?: { headersSent: boolean } })._httpMessage;
  if (socket.writable && !answer?.headersSent)
    socket.write(`HTTP/1.1 ${status}\r\nConnection: close\r\n\r\n`);
  socket.destroy();
}

const statuses: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: '413 Payload Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
};

/**
 * A server of HTTP/1.1 and HTTP/2 without TLS on the same sockets. The first three bytes of a connection tell which
 * it is: `PRI` is no HTTP/1.1 method.
 */
export function createBothVersionsServer(handler: Handler, limits: HttpLimits): http.Server {
  const http1 = http.createServer({ keepAliveTimeout: idleTimeout, ...limits });
  const h2 = http2.createServer();
  for (const server of [http1, h2]) {
    server.on('request', (request, response) => handler(request, response, () => {}));
    server.on('checkContinue', (request, response) =>
      handler(request, response, () => response.writeContinue()),
    );
  }
  http1.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT' && unlimited.has(socket)) return;
    refuse(error, socket);
  });
  h2.on('sessionError', () => {});
  h2.on('session', (session) => endIdle(session, limits));

  // The HTTP/1.1 server listens itself, or node would not hold its connections to their limits. In place of taking each
  // connection it is given those that turn out to be its own.
  const take = http1.listeners('connection') as Array<(this: http.Server, socket: Socket) => void>;
  http1.removeAllListeners('connection');
  http1.on('connection', (socket) => {
    socket.on('error', () => socket.destroy());
    lookAtBeginning(socket, limits.headersTimeout, (isHttp2) => {
      // An HTTP/1.1 client may end its side and still read; the HTTP/2 session is over with the socket.
      if (isHttp2) {
        socket.allowHalfOpen = false;
        h2.emit('connection', socket);
      } else {
        for (const listener of take) listener.call(http1, socket);
        socket.resume();
      }
    });
  });
  return http1;
}

/** Reads as much of a connection as tells its version, and puts it back. One that does not say in time is closed. */
function lookAtBeginning(socket: Socket, limitMs: number, decided: (isHttp2: boolean) => void): void {
  let beginning: Buffer = Buffer.alloc(0);
  const end = () => socket.destroy();
  const limit = setTimeout(end, limitMs);
  const look = (chunk: Buffer): void => {
    beginning = Buffer.concat([beginning, chunk]);
    const seen = beginning.toString('latin1', 0, preface.length);
    if (seen.length < preface.length && preface.startsWith(seen)) return;
    clearTimeout(limit);
    socket.off('data', look);
    socket.off('end', end);
    socket.pause();
    socket.unshift(beginning);
    decided(seen === preface);
  };
  socket.on('data', look);
  socket.once('end', end);
  socket.once('close', () => clearTimeout(limit));
}

/** A session that does not begin in time is closed, and one on which nothing is asked, when nothing came for a while. */
function endIdle(session: ServerHttp2Session, { headersTimeout }: HttpLimits): void {
  let asked = 0;
  session.on('stream', (stream) => {
    asked += 1;
    stream.once('close', () => {
      asked -= 1;
    });
  });
  const begin = setTimeout(() => session.destroy(), headersTimeout);
  session.once('remoteSettings', () => clearTimeout(begin));
  session.once('close', () => clearTimeout(begin));
  session.setTimeout(Math.max(idleTimeout, headersTimeout), () => {
    if (asked === 0) session.destroy();
  });
}
