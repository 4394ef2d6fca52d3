import type { GrammyError } from 'grammy';
import { minute, second } from '../party/clock.ts';
import { NotSentError } from '../party/errors.ts';

/** When Telegram has an error of its own, the next try may come soon; when it says no, something must change. */
const soon = 10 * second;
const later = minute;

/** Telegram refused a message. Without its cause: that holds what was sent, and so a person's name. */
export function notSent(error: GrammyError, now: number): NotSentError {
  const { error_code: code, parameters } = error;
  const wait =
    parameters.retry_after !== undefined ? parameters.retry_after * second : code >= 500 ? soon : later;
  return new NotSentError(`Telegram refused the message: ${code} ${error.description}`, now + wait);
}
