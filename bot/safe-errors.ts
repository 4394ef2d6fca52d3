import { BotError, GrammyError } from 'grammy';
import type { LogFields } from '../party/log.ts';
import { loggable as loggableError } from '../party/loggable.ts';

/**
 * What of an error may be logged; of a call that Telegram refused, the method and what Telegram said. Never the
 * whole error: that holds what was sent, people's names with it.
 */
export function loggable(thrown: unknown): LogFields {
  const error = thrown instanceof BotError ? thrown.error : thrown;
  if (!(error instanceof GrammyError)) return loggableError(error);
  const { name, method, error_code: code, description } = error;
  return { error: name, method, code, description };
}
