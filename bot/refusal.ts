import { GrammyError } from 'grammy';
import { type Clock, minute, second } from '../party/clock.ts';
import {
  ChatGoneError,
  ChatMovedError,
  NotSentError,
  TooManyMessagesError,
  UnsendableError,
} from '../party/errors.ts';

/** When Telegram has an error of its own, the next try may come soon; when it says no, something must change. */
const soon = 10 * second;
const later = minute;

/**
 * What the Bot API answers with 400 when the bot may not write to a chat or a topic (403 says so by itself), in the words
 * of TDLib and of Telegram's own errors (td/telegram/DialogManager.cpp, MessageContent.cpp; core.telegram.org/method/
 * messages.sendMessage). Rights for pictures or music alone are not among them: words can still be sent.
 */
const goneWords =
  /chat not found|CHAT_WRITE_FORBIDDEN|CHAT_RESTRICTED|CHAT_SEND_PLAIN_FORBIDDEN|no rights to send a message|no write access to the chat|not enough rights to send text messages|need administrator rights|TOPIC_CLOSED|TOPIC_DELETED|message thread not found|PEER_ID_INVALID|user is deactivated|group chat was deactivated/i;

/**
 * Sends a message. A refusal by Telegram becomes a NotSentError that says what was wrong: the chat takes no more messages
 * for a while (429), goes on under another id, or is gone. A file that Telegram will never take is an UnsendableError.
 * Anything else (a time-out, a lost connection) is thrown as it came: the message may be in the chat.
 */
export async function orNotSent<Sent>(now: Clock, send: () => Promise<Sent>): Promise<Sent> {
  try {
    return await send();
  } catch (error) {
    throw error instanceof GrammyError ? notSent(error, now()) : error;
  }
}

/** Whether a refusal says that the bot may not write to the chat at all. */
export function isChatGone({ error_code: code, description }: GrammyError): boolean {
  return code === 403 || (code === 400 && goneWords.test(description));
}

/** Without its cause: that holds what was sent, and so a person's name. */
function notSent(refusal: GrammyError, now: number): Error {
  const { error_code: code, description, parameters } = refusal;
  const message = `Telegram refused the message: ${code} ${description}`;
  const { retry_after: wait, migrate_to_chat_id: movedTo } = parameters;
  if (movedTo !== undefined) return new ChatMovedError(message, now, movedTo);
  if (wait !== undefined) return new TooManyMessagesError(message, now + wait * second);
  if (isChatGone(refusal)) return new ChatGoneError(message, now + later);
  if (code === 400 || code === 413) return new UnsendableError(message);
  return new NotSentError(message, now + (code >= 500 ? soon : later));
}
