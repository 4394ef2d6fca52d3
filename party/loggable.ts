import type { LogFields } from './log.ts';

/** A bot's token, wherever it stands: also in a file's address. */
const token = /\d{5,}:[\w-]{20,}/g;

/** A text without any bot's token. */
export const withoutToken = (text: string): string => text.replace(token, '<token>');

/**
 * What of an error may be logged. Never the whole error, and never its cause: that of a refused call holds what
 * was sent, people's names with it.
 */
export function loggable(thrown: unknown): LogFields {
  if (!(thrown instanceof Error)) return { error: typeof thrown };
  const { name, message, stack = '' } = thrown;
  // Not `message`: that is the log line's own.
  return { error: name, reason: withoutToken(message), stack: withoutToken(stack), ...detailsOf(thrown) };
}

/** The system's own code (`ECONNREFUSED`), and the request's id by which AWS knows a call. */
function detailsOf(error: Error): LogFields {
  const { code, $metadata } = error as {
    readonly code?: unknown;
    readonly $metadata?: { readonly requestId?: string; readonly httpStatusCode?: number };
  };
  return {
    ...((typeof code === 'string' || typeof code === 'number') && { code }),
    ...($metadata && { awsRequestId: $metadata.requestId, status: $metadata.httpStatusCode }),
  };
}

/**
 * An error as it may leave a Lambda: whatever leaves one Lambda writes into its log whole, with all members and
 * the cause, and into the dead letter too.
 */
export function leaving(thrown: unknown): Error {
  if (!(thrown instanceof Error)) return new Error(`Something was thrown that is no error: ${typeof thrown}`);
  const { name, message, stack = '' } = thrown;
  return Object.defineProperties(new Error(withoutToken(message)), {
    name: { value: name, enumerable: false },
    stack: { value: withoutToken(stack), enumerable: false },
  });
}
