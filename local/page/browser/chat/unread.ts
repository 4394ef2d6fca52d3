import { useEffect, useState } from 'preact/hooks';
import type { ChatState } from './chat-state.ts';
import type { Message } from './types.ts';

const keyOf = (personId: number, chatId: number) => `read:${personId}:${chatId}`;
const lastRead = (personId: number, chatId: number) =>
  Number(localStorage.getItem(keyOf(personId, chatId)) ?? 0);

/** How many messages of others come after the last one that was read. */
export function countUnread(messages: readonly Message[], personId: number, read: number): number {
  return messages.filter(({ message_id, from }) => message_id > read && from?.id !== personId).length;
}

/** Unread messages by chat; the open chat's are read as soon as the page is looked at. */
export function useUnread(
  state: ChatState,
  personId: number,
  openChat: number | undefined,
): Readonly<Record<number, number>> {
  const [, setLooked] = useState(0);
  const newest = openChat === undefined ? undefined : state.messages[openChat]?.at(-1)?.message_id;

  useEffect(() => {
    const read = () => {
      if (document.hidden || openChat === undefined || newest === undefined) return;
      localStorage.setItem(keyOf(personId, openChat), String(newest));
      setLooked((times) => times + 1);
    };
    read();
    document.addEventListener('visibilitychange', read);
    return () => document.removeEventListener('visibilitychange', read);
  }, [personId, openChat, newest]);

  return Object.fromEntries(
    state.chats.map(({ id }) => [
      id,
      // What comes while one looks is read before it is counted.
      id === openChat && !document.hidden
        ? 0
        : countUnread(state.messages[id] ?? [], personId, lastRead(personId, id)),
    ]),
  );
}

/** Says in the tab's title how much is unread in all chats, for who looks at another tab. */
export function useUnreadInTitle(unread: Readonly<Record<number, number>>): void {
  const all = Object.values(unread).reduce((sum, number) => sum + number, 0);
  useEffect(() => {
    const { title } = document;
    document.title = all > 0 ? `(${all}) ${title}` : title;
    return () => {
      document.title = title;
    };
  }, [all]);
}
