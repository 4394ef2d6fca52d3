import { GrammyError } from 'grammy';
import { type Clock, minute, second } from '../party/clock.ts';
import { ChatGoneError, NotSentError } from '../party/errors.ts';

/** When Telegram has an error of its own, the next try may come soon; when it says no, something must change. */
const soon = 10 * second;
const later = minute;

/**
 * Sends a message. A refusal by Telegram becomes a NotSentError, or a ChatGoneError when the chat is not there or the
 * bot not wanted in it (400 and 403). Anything else (a time-out, a lost connection) is thrown as it came: the message
 * may be in the chat.
 */
export async function orNotSent<Sent>(now: Clock, send: () => Promise<Sent>): Promise<Sent> {
  try {
    return await send();
  } catch (error) {
    throw error instanceof GrammyError ? notSent(error, now()) : error;
  }
}

/** Without its cause: that holds what was sent, and so a person's name. */
function notSent({ error_code: code, description, parameters }: GrammyError, now: number): NotSentError {
  const wait =
    parameters.retry_after !== undefined ? parameters.retry_after * second : code >= 500 ? soon : later;
  const Refusal = code === 400 || code === 403 ? ChatGoneError : NotSentError;
  return new Refusal(`Telegram refused the message: ${code} ${description}`, now + wait);
}
