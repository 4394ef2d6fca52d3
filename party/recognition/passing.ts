import { NotYetError } from '../errors.ts';

/** What an SDK's error says of itself, and Node's of a line. */
interface CallError {
  readonly name?: unknown;
  /** The SDK's: whose fault it is. */
  readonly $fault?: unknown;
  /** The SDK's, of what its own few tries did not get past. */
  readonly $retryable?: unknown;
  /** Node's, of a connection: `ECONNRESET` and the like. */
  readonly code?: unknown;
}

/** Whether an error is of the kind that is over by itself: not on yet, a lost line, a service that is too busy. */
export function isPassing(error: unknown): boolean {
  if (error instanceof NotYetError) return true;
  if (!(error instanceof Error)) return false;
  const { name, $fault, $retryable, code } = error as CallError;
  return (
    $fault === 'server' ||
    $retryable !== undefined ||
    name === 'TimeoutError' ||
    (typeof code === 'string' && /^E(CONN|PIPE|AI_AGAIN|TIMEDOUT|NOTFOUND|HOST|NET)/.test(code))
  );
}
