import type { Update } from 'grammy/types';
import { PersonError } from '../errors.ts';
import type { StoredChat } from '../state/chats.ts';
import type { Person } from '../state/people.ts';
import type { Telegram } from '../telegram.ts';

/**
 * Somebody asks to join a group, by a link of its that wants an administrator's approval. The bot is told if it is an
 * administrator (Bot API, *chat_join_request*: with the right `can_invite_users`, which all have here).
 *
 * @throws PersonError for a chat that is no supergroup, or one that they are in already
 */
export function askToJoin(telegram: Telegram, { user }: Person, chat: StoredChat): void {
  if (chat.type !== 'supergroup') throw new PersonError(400, 'Only a supergroup can be asked to join.');
  if (chat.members.includes(user.id)) throw new PersonError(400, 'They are in it already.');
  if (telegram.joinRequests.find(chat.id, user.id)) return;
  const request = telegram.joinRequests.put({ chatId: chat.id, userId: user.id, at: telegram.now() });
  const chat_join_request = {
    chat: telegram.chats.present(chat),
    from: user,
    user_chat_id: user.id,
    date: telegram.date(),
  } as NonNullable<Update['chat_join_request']>;
  const told =
    chat.bot === 'administrator' ? telegram.updates.offer({ chat_join_request }, `chat ${chat.id}`) : [];
  telegram.journal.commit([request, ...told]);
}
