import http from 'node:http';
import http2 from 'node:http2';
import type { Socket } from 'node:net';
import type { RawRequest, RawResponse } from './request.ts';

/** What an HTTP/2 connection begins with when no upgrade was asked for (RFC 9113, 3.4). */
const preface = 'PRI';

/**
 * Serves HTTP/1.1 and HTTP/2 without TLS on the same sockets. The first three bytes of a connection tell
 * which it is: `PRI` is no HTTP/1.1 method.
 */
export function serveBothVersions(
  handler: (request: RawRequest, response: RawResponse) => void,
): (socket: Socket) => void {
  const http1 = http.createServer({ keepAliveTimeout: 60_000 }, handler);
  const h2 = http2.createServer(handler);
  h2.on('sessionError', () => {});

  return (socket) => {
    socket.on('error', () => socket.destroy());
    const look = () => {
      const start: Buffer | null = socket.read();
      if (!start) return;
      socket.unshift(start);
      const head = start.subarray(0, preface.length).toString('latin1');
      const undecided = head.length < preface.length && preface.startsWith(head);
      if (undecided) return;
      socket.off('readable', look);
      (head === preface ? h2 : http1).emit('connection', socket);
    };
    socket.on('readable', look);
  };
}
