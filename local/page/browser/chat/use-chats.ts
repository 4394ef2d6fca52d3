import { useCallback, useReducer, useRef } from 'preact/hooks';
import { getJson, inWords } from '../http.ts';
import { type Connection, useLiveEvents } from '../live-events.ts';
import { notify } from '../notices.tsx';
import { type ChatEvent, type ChatState, chatsAfter, noChats } from './chat-state.ts';
import type { CallbackAnswer, Chat, Message } from './types.ts';

/** A chat action lasts 5 s at most (Bot API, *sendChatAction*). */
const actionSpan = 5_000;

/**
 * A person's chats, loaded and kept up to date. The person stays the same for as long as this is shown.
 * `reload` resolves when the chats are as they are now, or it was said that they could not be loaded.
 */
export function useChats(
  personId: number,
  onAnswer: (answer: CallbackAnswer) => void,
): {
  state: ChatState;
  connection: Connection;
  tell: (event: ChatEvent) => void;
  reload: () => Promise<void>;
} {
  const [state, dispatch] = useReducer(chatsAfter, noChats);
  const loading = useRef(Promise.resolve());
  const meanwhile = useRef<ChatEvent[] | undefined>(undefined);

  /** What happens while the chats are being loaded may be missing there: it waits until they are. */
  const tell = useCallback((event: ChatEvent) => {
    if (meanwhile.current) meanwhile.current.push(event);
    else dispatch(event);
  }, []);

  const load = async () => {
    meanwhile.current = [];
    try {
      const chats = await getJson<Chat[]>(`/telegram/people/${personId}/chats`);
      const lists = chats.map(async ({ id }): Promise<[number, Message[]]> => {
        return [id, await getJson(`/telegram/chats/${id}/messages?as=${personId}`)];
      });
      dispatch({ type: 'loaded', chats, messages: Object.fromEntries(await Promise.all(lists)) });
    } catch (error) {
      notify(inWords(error), 'error');
    }
    for (const event of meanwhile.current) dispatch(event);
    meanwhile.current = undefined;
  };
  const reload = useCallback(() => {
    loading.current = loading.current.then(load);
    return loading.current;
  }, [personId]);

  const connection = useLiveEvents(
    `/telegram/events?as=${personId}`,
    {
      message: (message: Message) => tell({ type: 'message', message }),
      edited: (message: Message) => tell({ type: 'edited', message }),
      deleted: (gone: { chat_id: number; message_id: number }) =>
        tell({ type: 'deleted', chatId: gone.chat_id, messageId: gone.message_id }),
      read: (read: { chat_id: number; up_to: number }) =>
        tell({ type: 'read', chatId: read.chat_id, upTo: read.up_to }),
      chat: reload,
      reset: reload,
      callback_answer: onAnswer,
      chat_action: ({ chat_id, action }: { chat_id: number; action: string }) => {
        tell({ type: 'action', chatId: chat_id, action, until: Date.now() + actionSpan });
        setTimeout(() => tell({ type: 'actions-over', now: Date.now() }), actionSpan);
      },
    },
    reload,
  );

  return { state, connection, tell, reload };
}
