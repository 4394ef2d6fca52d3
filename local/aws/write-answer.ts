import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { type IncomingRequest, linger, type OutgoingResponse } from '../http/body.ts';
import type { LocalResponse } from './service.ts';

type Parts = AsyncIterable<string | Buffer>;

/** Writes an answer: whole, with its length, or part by part while the request may still come in. @param date of it */
export async function writeAnswer(
  { status, headers = {}, body = '' }: LocalResponse,
  raw: IncomingRequest,
  response: OutgoingResponse,
  date: Date,
): Promise<void> {
  response.statusCode = status;
  response.setHeader('x-amzn-requestid', randomUUID());
  response.setHeader('date', date.toUTCString());
  if (!isStreamed(body)) response.setHeader('content-length', Buffer.byteLength(body));
  // Of an answer to HEAD, the service says how long the body would be.
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  if (isStreamed(body)) return await writeParts(body, raw, response);
  linger(raw, response);
  response.end(raw.method === 'HEAD' ? '' : body);
}

const isStreamed = (body: string | Buffer | Parts): body is Parts =>
  typeof body !== 'string' && !Buffer.isBuffer(body);

async function writeParts(parts: Parts, raw: IncomingRequest, response: OutgoingResponse): Promise<void> {
  const answer = response as ServerResponse;
  answer.flushHeaders();
  for await (const part of parts) {
    if (answer.destroyed) break;
    if (!answer.write(part)) await Promise.race([once(answer, 'drain'), once(answer, 'close')]);
  }
  raw.resume();
  linger(raw, response);
  answer.end();
}
