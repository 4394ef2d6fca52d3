import { BotError, GrammyError } from 'grammy';

/** A bot's token, wherever it stands: also in a file's address. */
const token = /\d{5,}:[\w-]{20,}/g;

const withoutToken = (text: string): string => text.replace(token, '<token>');

/**
 * What of an error may be logged. Never the whole error: that of a refused call holds what was sent, people's
 * names with it.
 */
export function loggable(thrown: unknown): Record<string, unknown> {
  const error = thrown instanceof BotError ? thrown.error : thrown;
  if (error instanceof GrammyError) {
    const { name, method, error_code: code, description } = error;
    return { error: name, method, code, description };
  }
  if (!(error instanceof Error)) return { error: typeof error };
  const { name, message, stack = '' } = error;
  // Not `message`: that is the log line's own.
  return { error: name, reason: withoutToken(message), stack: withoutToken(stack) };
}
