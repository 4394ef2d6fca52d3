import { getJson, postJson, RequestError } from '../http.ts';
import { startCodeIn } from './entities.ts';
import type { Message, Person } from './types.ts';

/** So long the bot's link is waited for, in milliseconds, and so often it is looked whether it is there. */
const patience = 15_000;
const interval = 200;

/**
 * Lets the host ask the bot for a link that is for somebody else, by `/cohost` or `/invite`. A link that is there already
 * is in the message that the bot's answer replies to.
 *
 * @returns the code in the link. Throws RequestError.
 */
export async function askForStartCode(
  host: Person,
  botUsername: string | undefined,
  command: '/cohost' | '/invite',
): Promise<string> {
  const chat = `/telegram/chats/${host.id}/messages`;
  const asked = await postJson<Message>(chat, { as: host.id, text: command });
  for (const end = Date.now() + patience; Date.now() < end; ) {
    const messages = await getJson<readonly Message[]>(`${chat}?as=${host.id}`);
    const code = messages
      .filter(({ message_id }) => message_id > asked.message_id)
      .flatMap((message) => [message, ...(message.reply_to_message ? [message.reply_to_message] : [])])
      .flatMap(({ text, caption }) => (text ?? caption ?? '').split(/\s+/))
      .map((word) => startCodeIn(word, botUsername))
      .find((found) => found !== undefined);
    if (code !== undefined) return code;
    await new Promise((resolve) => setTimeout(resolve, interval));
  }
  throw new RequestError(`The bot gave ${host.first_name} no link. Is ${host.first_name} the host?`);
}
