import type { User } from 'grammy/types';
import type { StoredChat } from '../state/chats.ts';
import type { ChatAction, Read, StoredEvent } from '../state/events.ts';
import type { PersonMessage } from '../state/messages.ts';
import type { Person, Role } from '../state/people.ts';
import type { Telegram } from '../telegram.ts';

/** A person as listed. */
export interface PersonView {
  readonly id: number;
  readonly first_name: string;
  readonly last_name?: string;
  readonly username?: string;
  readonly role: Role;
  readonly blocked: boolean;
  /** The file_id of the newest profile photo, in its smallest size. */
  readonly photo?: string;
  /** What the newest profile song is called. */
  readonly song?: string;
}

/** A chat in a person's list. */
export interface ChatView {
  readonly id: number;
  readonly type: StoredChat['type'];
  /** A group's title, or the bot's name. */
  readonly title: string;
  /** Everyone in it, with the bot unless it left. */
  readonly members: readonly User[];
  readonly last_message?: PersonMessage;
  /** The newest message that the bot has taken. */
  readonly read_up_to: number;
}

/** An event as a person's client gets it; only those with an id can be resumed after. */
export interface EventView {
  readonly id?: number;
  readonly event: 'message' | 'edited' | 'deleted' | 'callback_answer' | 'chat_action' | 'read' | 'chat';
  readonly data: unknown;
}

export function viewPerson({ user, role, blocked, profile }: Person): PersonView {
  const { id, first_name, last_name, username } = user;
  const [photo] = profile?.photos[0] ?? [];
  const [song] = profile?.audios ?? [];
  return {
    id,
    first_name,
    ...(last_name === undefined ? {} : { last_name }),
    ...(username === undefined ? {} : { username }),
    role,
    blocked,
    ...(photo && { photo: photo.file_id }),
    ...(song && { song: song.title ?? song.file_name ?? 'a song' }),
  };
}

export function viewChat(telegram: Telegram, chat: StoredChat): ChatView {
  const people = chat.members.flatMap((id) => telegram.people.find(id)?.user ?? []);
  const last = telegram.messages.all(chat).at(-1);
  return {
    id: chat.id,
    type: chat.type,
    title: chat.title ?? telegram.bot.first_name,
    read_up_to: telegram.readUpTo(chat),
    members: chat.bot === 'left' || chat.bot === 'kicked' ? people : [...people, telegram.self],
    ...(last === undefined ? {} : { last_message: telegram.messages.forPerson(chat, last) }),
  };
}

/** An event for one person; undefined when it is none of theirs, or its message is gone by now. */
export function viewEvent(
  telegram: Telegram,
  personId: number,
  id: number,
  event: StoredEvent,
): EventView | undefined {
  if (event.type === 'callback_answer') {
    return event.person_id === personId ? { id, event: event.type, data: event.answer } : undefined;
  }
  const chat = telegram.chats.find(event.chat_id);
  if (chat === undefined || !chat.members.includes(personId)) return undefined;
  if (event.type === 'chat') return { id, event: event.type, data: viewChat(telegram, chat) };
  if (event.type === 'deleted') {
    return { id, event: event.type, data: { chat_id: chat.id, message_id: event.message_id } };
  }
  const message = telegram.messages.find(chat, event.message_id);
  return message && { id, event: event.type, data: telegram.messages.forPerson(chat, message) };
}

/** What passes by, for one person; undefined when it is in a chat of others. */
export function viewPassing(
  telegram: Telegram,
  personId: number,
  passing: ChatAction | Read,
): EventView | undefined {
  const isThere = telegram.chats.find(passing.chat_id)?.members.includes(personId);
  if (!isThere) return undefined;
  return { event: 'action' in passing ? 'chat_action' : 'read', data: passing };
}
