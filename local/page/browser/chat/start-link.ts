import { getJson } from '../http.ts';
import { startCodeIn } from './entities.ts';
import type { Bot, Message, Person } from './types.ts';

/** Begins the code of a link for guests (`party/sign-ups/guest-links.ts`); any other in a host's chat is for a co-host. */
const forGuests = 'guest-';

/**
 * The newest link in the host's chat that makes somebody a guest, or a co-host: what the host would send on. Whether it
 * still works, the bot says to whoever opens it.
 *
 * @returns the code in the link; undefined while the host has none. Throws RequestError.
 */
export async function findStartCode(host: Person, makes: 'guest' | 'co-host'): Promise<string | undefined> {
  const [{ user }, messages] = await Promise.all([
    getJson<Bot>('/telegram/bot'),
    getJson<readonly Message[]>(`/telegram/chats/${host.id}/messages?as=${host.id}`),
  ]);
  return messages
    .filter(({ from }) => from?.is_bot)
    .flatMap(({ text, caption }) => (text ?? caption ?? '').split(/\s+/))
    .map((word) => startCodeIn(word, user.username))
    .findLast((code) => code !== undefined && code.startsWith(forGuests) === (makes === 'guest'));
}
