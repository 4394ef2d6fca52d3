import type { LogFields } from './log.ts';

/** A bot's token, wherever it stands: also in a file's address. */
const token = /\d{5,}:[\w-]{20,}/g;
/** The user and the password of an address, as a camera has one: `rtsp://user:password@host`. */
const credentials = /(?<=:\/\/)[^\s/]+@/g;

/** A text without any bot's token, and without the credentials of an address. */
export const redact = (text: string): string =>
  text.replace(token, '<token>').replace(credentials, '<credentials>@');

/**
 * What of an error may be logged. Never the whole error, and never its cause: that of a refused call holds what
 * was sent, people's names with it.
 */
export function loggable(thrown: unknown): LogFields {
  const error = ofHandler(thrown);
  if (!(error instanceof Error)) return { error: typeof error };
  const { name, message, stack = '' } = error;
  if (isRefusal(error)) {
    const { method, error_code: code, description } = error;
    return { error: name, method, code, description: redact(description) };
  }
  // Not `message`: that is the log line's own.
  return { error: name, reason: redact(message), stack: redact(stack), ...detailsOf(error) };
}

/**
 * An error as it may leave a Lambda: whatever leaves one Lambda writes into its log whole, with all members and
 * the cause, and into the dead letter too.
 */
export function redactError(thrown: unknown): Error {
  if (!(thrown instanceof Error)) return new Error(`Something was thrown that is no error: ${typeof thrown}`);
  const { name, message, stack = '' } = thrown;
  return Object.defineProperties(new Error(redact(message)), {
    name: { value: name, enumerable: false },
    stack: { value: redact(stack), enumerable: false },
  });
}

/** A call that the Bot API refused (grammY's GrammyError), by its members: party/ knows no grammY. */
interface BotApiRefusal extends Error {
  readonly method: string;
  readonly error_code: number;
  readonly description: string;
}

function isRefusal(error: Error): error is BotApiRefusal {
  const { method, error_code, description } = error as Partial<BotApiRefusal>;
  return typeof method === 'string' && typeof error_code === 'number' && typeof description === 'string';
}

/** What a handler of updates threw, without what grammY wraps round it (BotError): the whole update. */
function ofHandler(thrown: unknown): unknown {
  return thrown instanceof Error && thrown.name === 'BotError' && 'error' in thrown ? thrown.error : thrown;
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
