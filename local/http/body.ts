import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2';
import { finished } from 'node:stream';

/** A request as node's HTTP/1.1 or HTTP/2 server gives it. */
export type IncomingRequest = IncomingMessage | Http2ServerRequest;
/** Its response. */
export type OutgoingResponse = ServerResponse | Http2ServerResponse;

/** So long a refused client may go on writing what nobody reads: one that is cut off at once may miss its answer. */
const lingerMs = 5_000;

/** The body is longer than what is taken, by its declared length or by what came. */
export class BodyTooLargeError extends Error {
  override readonly name = 'BodyTooLargeError';
}

/** The body was not there whole in time. */
export class BodyTimeoutError extends Error {
  override readonly name = 'BodyTimeoutError';
}

/** How much of a body is taken, and for how long it may come. */
export interface BodyLimits {
  readonly maxBytes: number;
  /** Milliseconds. */
  readonly timeout: number;
}

/** @throws BodyTooLargeError for a declared length that is over the limit; nothing is read */
export function checkDeclaredLength(length: string | undefined, maxBytes: number): void {
  if (Number(length ?? 0) > maxBytes) throw new BodyTooLargeError(`A body holds at most ${maxBytes} bytes.`);
}

/**
 * Reads a body whole. What comes after the limits is dropped, and the connection is left for the answer; see `linger`.
 *
 * @throws BodyTooLargeError, BodyTimeoutError, and node's own error for a body that breaks off
 */
export function readBody(request: IncomingRequest, { maxBytes, timeout }: BodyLimits): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    checkDeclaredLength(request.headers['content-length'], maxBytes);
    const chunks: Buffer[] = [];
    let size = 0;
    const settle = (error?: Error | null): void => {
      clearTimeout(limit);
      stopWatching();
      request.off('data', take);
      if (!error) {
        resolve(Buffer.concat(chunks, size));
        return;
      }
      request.on('error', () => {});
      request.resume();
      reject(error);
    };
    const take = (chunk: Buffer): void => {
      size += chunk.length;
      if (size > maxBytes) settle(new BodyTooLargeError(`A body holds at most ${maxBytes} bytes.`));
      else chunks.push(chunk);
    };
    const limit = setTimeout(() => settle(new BodyTimeoutError('The body was not whole in time.')), timeout);
    const stopWatching = finished(request as IncomingMessage, { writable: false }, settle);
    request.on('data', take);
  });
}

/** To be called when an answer was written: a client that still sends its body is let go soon, heard or not. */
export function linger(request: IncomingRequest, response: OutgoingResponse): void {
  if (request.complete) return;
  const limit = setTimeout(() => (response as ServerResponse).destroy(), lingerMs);
  response.once('close', () => clearTimeout(limit));
}
