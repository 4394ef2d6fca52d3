import {
  BodyTimeoutError,
  BodyTooLargeError,
  checkDeclaredLength,
  type IncomingRequest,
  readBody,
} from '../http/body.ts';
import { isLoopbackHost } from '../http/loopback.ts';
import { AwsError } from './protocol/aws-error.ts';
import type { RequestHead } from './service.ts';

/** The most that a request's body may hold. Telegram's largest file is 50 MB, and nothing here is larger. */
export const maxBodyBytes = 64 * 1024 * 1024;

/**
 * Whether a request names this machine as its host. A page of another site cannot: DNS rebinding leaves that
 * site's name in the Host header, and its scripts' requests carry its Origin.
 */
export function isLoopbackCaller(raw: IncomingRequest): boolean {
  const { origin } = raw.headers;
  return (
    isLoopbackHost(hostOf(raw)) &&
    (origin === undefined || isLoopbackHost(origin.replace(/^https?:\/\//, '')))
  );
}

/**
 * What a request says before its body.
 * @throws AwsError 400 for a target that is not a path, 413 for a body declared to be over maxBodyBytes
 */
export function readHead(raw: IncomingRequest): RequestHead {
  const host = hostOf(raw);
  const target = raw.url ?? '';
  const address = `http://${host}${target}`;
  if (!target.startsWith('/') || !URL.canParse(address)) {
    throw new AwsError('InvalidRequest', 'The request target must be a path.');
  }
  try {
    checkDeclaredLength(raw.headers['content-length'], maxBodyBytes);
  } catch (error) {
    throw inAwsWords(error);
  }
  const plain = Object.entries(raw.headers).filter(([name]) => !name.startsWith(':'));
  const headers = { ...Object.fromEntries(plain), host };
  return { method: raw.method ?? 'GET', url: new URL(address), target, headers };
}

/**
 * Reads a request's body whole.
 * @param timeout milliseconds
 * @throws AwsError 413 for a body over maxBodyBytes, 408 for one that does not come in time
 */
export async function readWhole(raw: IncomingRequest, timeout: number): Promise<Buffer> {
  try {
    return await readBody(raw, { maxBytes: maxBodyBytes, timeout });
  } catch (error) {
    throw inAwsWords(error);
  }
}

function inAwsWords(cause: unknown): unknown {
  if (cause instanceof BodyTooLargeError) {
    const message = `A request holds at most ${maxBodyBytes} bytes.`;
    return new AwsError('RequestEntityTooLargeException', message, 413, { cause });
  }
  if (cause instanceof BodyTimeoutError) {
    return new AwsError('RequestTimeout', 'The request was not there whole in time.', 408, { cause });
  }
  return cause;
}

function hostOf(raw: IncomingRequest): string {
  return String(raw.headers[':authority'] ?? raw.headers.host ?? '');
}
