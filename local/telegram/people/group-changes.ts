import { PersonError } from '../errors.ts';
import type { BotStatus, StoredChat } from '../state/chats.ts';
import type { Person } from '../state/people.ts';
import type { Telegram } from '../telegram.ts';
import { checkMember } from './acts.ts';

/** What a person does to a group; one of these. */
interface GroupChange {
  /** A basic group becomes a supergroup, with another id. */
  readonly upgrade?: unknown;
  /** The bot is made this in it: `administrator`, `member`, or `kicked`. */
  readonly bot?: unknown;
  /** Whether nobody but administrators may write. */
  readonly read_only?: unknown;
  /** Opens a topic of this name; the group is a forum from then on. */
  readonly open_topic?: unknown;
  /** Closes the topic of this id, opens it again, or deletes it. */
  readonly close_topic?: unknown;
  readonly reopen_topic?: unknown;
  readonly delete_topic?: unknown;
}

/**
 * Changes a group, as its administrators can in their client.
 *
 * @returns the group as it is now; a supergroup in the place of one that was upgraded
 * @throws PersonError for a change that cannot be made
 */
export function changeGroup(
  telegram: Telegram,
  person: Person,
  chat: StoredChat,
  change: GroupChange,
): StoredChat {
  checkMember(person, chat);
  if (chat.type === 'private') throw new PersonError(400, 'This is no group.');
  if (change.upgrade === true) return upgrade(telegram, person, chat);
  if (change.bot !== undefined) return changeBot(telegram, person, chat, change.bot);
  if (typeof change.read_only === 'boolean')
    return changed(telegram, { ...chat, readOnly: change.read_only });
  if (typeof change.open_topic === 'string') return openTopic(telegram, person, chat, change.open_topic);
  if (change.close_topic !== undefined) return closeTopic(telegram, person, chat, Number(change.close_topic));
  if (change.reopen_topic !== undefined)
    return reopenTopic(telegram, person, chat, Number(change.reopen_topic));
  if (change.delete_topic !== undefined) {
    const { id } = topicOf(chat, Number(change.delete_topic));
    return changed(telegram, { ...chat, topics: chat.topics!.filter((topic) => topic.id !== id) });
  }
  throw new PersonError(400, 'Nothing is to be changed.');
}

/** Both are told by a service message: the old group where it goes, and the new one where it comes from. */
function upgrade(telegram: Telegram, { user }: Person, group: StoredChat): StoredChat {
  if (group.type !== 'group' || group.upgradedTo !== undefined)
    throw new PersonError(400, 'This group cannot be upgraded.');
  const supergroup = telegram.chats.supergroupOf(group);
  const old = { ...group, upgradedTo: supergroup.id };
  telegram.post(
    group,
    user,
    { migrate_to_chat_id: supergroup.id },
    { with: [telegram.chats.put(old), telegram.chats.put(supergroup)] },
  );
  telegram.post(supergroup, user, { migrate_from_chat_id: group.id });
  return changed(telegram, supergroup);
}

const statuses: readonly unknown[] = ['administrator', 'member', 'kicked'] satisfies BotStatus[];

function changeBot(telegram: Telegram, { user }: Person, chat: StoredChat, status: unknown): StoredChat {
  if (!statuses.includes(status)) throw new PersonError(400, 'The bot cannot become that.');
  const bot = status as BotStatus;
  telegram.journal.commit(telegram.memberUpdate(chat, user, chat.bot, bot));
  return changed(telegram, { ...chat, bot });
}

function openTopic(telegram: Telegram, { user }: Person, chat: StoredChat, name: string): StoredChat {
  const id = telegram.messages.nextId(chat) + 1;
  const forum = changed(telegram, { ...chat, topics: [...(chat.topics ?? []), { id, name, closed: false }] });
  telegram.post(forum, user, { forum_topic_created: { name, icon_color: 0x6f_b9_f0 } }, { topic: id });
  return forum;
}

function closeTopic(telegram: Telegram, { user }: Person, chat: StoredChat, id: number): StoredChat {
  const forum = changed(telegram, withTopic(chat, id, true));
  telegram.post(forum, user, { forum_topic_closed: {} }, { topic: id });
  return forum;
}

function reopenTopic(telegram: Telegram, { user }: Person, chat: StoredChat, id: number): StoredChat {
  const forum = changed(telegram, withTopic(chat, id, false));
  telegram.post(forum, user, { forum_topic_reopened: {} }, { topic: id });
  return forum;
}

function withTopic(chat: StoredChat, id: number, closed: boolean): StoredChat {
  topicOf(chat, id);
  return { ...chat, topics: chat.topics!.map((topic) => (topic.id === id ? { ...topic, closed } : topic)) };
}

/** @throws PersonError 404 when there is none */
function topicOf({ topics = [] }: StoredChat, id: number) {
  const topic = topics.find((one) => one.id === id);
  if (!topic) throw new PersonError(404, 'There is no such topic.');
  return topic;
}

function changed(telegram: Telegram, chat: StoredChat): StoredChat {
  telegram.journal.commit([
    telegram.chats.put(chat),
    ...telegram.events.record({ type: 'chat', chat_id: chat.id }),
  ]);
  return chat;
}
