import type { Chat, Message } from './types.ts';

/** A person's chats and what is said in them. */
export interface ChatState {
  readonly loaded: boolean;
  readonly chats: readonly Chat[];
  /** By chat id, oldest first. */
  readonly messages: Readonly<Record<number, readonly Message[]>>;
  /** By chat id: the newest message that the bot has taken. */
  readonly readUpTo: Readonly<Record<number, number>>;
  /** By chat id: what the bot is doing there (“typing”), until it says something or the time is over. */
  readonly actions: Readonly<Record<number, { readonly action: string; readonly until: number }>>;
}

/** What can happen to the chats. */
export type ChatEvent =
  | {
      readonly type: 'loaded';
      readonly chats: readonly Chat[];
      readonly messages: Readonly<Record<number, readonly Message[]>>;
    }
  | { readonly type: 'message'; readonly message: Message }
  | { readonly type: 'edited'; readonly message: Message }
  | { readonly type: 'read'; readonly chatId: number; readonly upTo: number }
  | { readonly type: 'deleted'; readonly chatId: number; readonly messageId: number }
  | { readonly type: 'action'; readonly chatId: number; readonly action: string; readonly until: number }
  | { readonly type: 'actions-over'; readonly now: number };

/** Before anything is loaded. */
export const noChats: ChatState = { loaded: false, chats: [], messages: {}, readUpTo: {}, actions: {} };

/** The chats after something happened. */
export function chatsAfter(state: ChatState, event: ChatEvent): ChatState {
  switch (event.type) {
    case 'loaded':
      return {
        ...state,
        loaded: true,
        chats: event.chats,
        messages: event.messages,
        readUpTo: Object.fromEntries(event.chats.map(({ id, read_up_to = 0 }) => [id, read_up_to])),
      };
    case 'read':
      return { ...state, readUpTo: { ...state.readUpTo, [event.chatId]: event.upTo } };
    case 'message':
    case 'edited': {
      const { message } = event;
      const chatId = message.chat.id;
      const messages = { ...state.messages, [chatId]: placed(state.messages[chatId] ?? [], message) };
      return { ...state, messages, ...(message.from?.is_bot && { actions: without(state.actions, chatId) }) };
    }
    case 'deleted': {
      const rest = (state.messages[event.chatId] ?? [])
        .filter(({ message_id }) => message_id !== event.messageId)
        .map((message) =>
          message.reply_to_message?.message_id === event.messageId ? withoutReply(message) : message,
        );
      return { ...state, messages: { ...state.messages, [event.chatId]: rest } };
    }
    case 'action': {
      const { chatId, action, until } = event;
      return { ...state, actions: { ...state.actions, [chatId]: { action, until } } };
    }
    case 'actions-over': {
      const going = Object.entries(state.actions).filter(([, { until }]) => until > event.now);
      return { ...state, actions: Object.fromEntries(going) };
    }
  }
}

/** A message in its place: instead of its older version, or by its number. */
function placed(messages: readonly Message[], message: Message): readonly Message[] {
  const at = messages.findIndex(({ message_id }) => message_id >= message.message_id);
  if (at < 0) return [...messages, message];
  const same = messages[at]!.message_id === message.message_id ? 1 : 0;
  return messages.toSpliced(at, same, message);
}

/** What a message replied to is deleted: it is quoted no more. */
function withoutReply({ reply_to_message: _, ...message }: Message): Message {
  return message;
}

function without<T>(record: Readonly<Record<number, T>>, key: number): Readonly<Record<number, T>> {
  const { [key]: _, ...rest } = record;
  return rest;
}
