import type { ChatMember, User } from 'grammy/types';
import { badRequest } from '../errors.ts';
import type { StoredChat } from '../state/chats.ts';
import { type Call, knownChat, type Method, needText } from './call.ts';

const maxAnswer = 200;
/** What a bot may download (Bot API, getFile). */
const maxDownloadBytes = 20 * 1024 * 1024;

/** What an ordinary administrator of a group may do. */
const administratorRights = {
  can_be_edited: false,
  is_anonymous: false,
  can_manage_chat: true,
  can_delete_messages: true,
  can_manage_video_chats: true,
  can_restrict_members: true,
  can_promote_members: false,
  can_change_info: true,
  can_invite_users: true,
  can_post_stories: true,
  can_edit_stories: true,
  can_delete_stories: true,
  can_pin_messages: true,
  can_manage_topics: false,
  can_send_welcome_messages: true,
} as const;

function memberOf(call: Call, chat: StoredChat, user: User): ChatMember {
  if (user.id === call.telegram.bot.id) {
    if (chat.type !== 'private' && chat.bot === 'administrator') {
      return { status: 'administrator', user, ...administratorRights };
    }
    return { status: 'member', user };
  }
  if (!chat.members.includes(user.id)) return { status: 'left', user };
  if (chat.creator === user.id) return { status: 'creator', user, is_anonymous: false };
  return { status: 'member', user };
}

function getChatMember(call: Call): ChatMember {
  const chat = knownChat(call);
  const id = call.params.whole('user_id');
  if (id === undefined) throw badRequest('invalid user_id specified');
  const user = id === call.telegram.bot.id ? call.telegram.self : call.telegram.people.find(id)?.user;
  if (user === undefined) throw badRequest('PARTICIPANT_ID_INVALID');
  return memberOf(call, chat, user);
}

function getChatAdministrators(call: Call): ChatMember[] {
  const { telegram } = call;
  const chat = knownChat(call);
  if (chat.type === 'private') throw badRequest('there are no administrators in the private chat');
  const creator = chat.creator === undefined ? undefined : telegram.people.find(chat.creator);
  const users = [...(creator ? [creator.user] : []), call.telegram.self];
  return users.map((user) => memberOf(call, chat, user)).filter(({ status }) => status !== 'member');
}

function leaveChat(call: Call): boolean {
  const { telegram } = call;
  const chat = knownChat(call);
  if (chat.type === 'private') throw badRequest("chat member status can't be changed in private chats");
  const left = { ...chat, bot: 'left' as const };
  telegram.post(
    left,
    call.telegram.self,
    { left_chat_member: call.telegram.self },
    {
      with: [telegram.chats.put(left), ...telegram.memberUpdate(chat, call.telegram.self, chat.bot, 'left')],
    },
  );
  return true;
}

function answerCallbackQuery(call: Call): boolean {
  const { telegram, params } = call;
  const id = needText(call, 'callback_query_id');
  const text = params.text('text');
  const url = params.text('url');
  if ((text ?? '').length > maxAnswer) throw badRequest('MESSAGE_TOO_LONG');
  const { personId, change } = telegram.queries.answer(id);
  const answer = {
    callback_query_id: id,
    ...(text ? { text } : {}),
    show_alert: params.flag('show_alert'),
    ...(url ? { url } : {}),
  };
  const event = telegram.events.record({ type: 'callback_answer', person_id: personId, answer });
  telegram.journal.commit([change, ...event]);
  return true;
}

function getFile({ telegram, params }: Call): unknown {
  const file = telegram.files.ours(params.text('file_id') ?? '', 'invalid file_id');
  const { file_id, file_unique_id, file_size, path } = file;
  if (file_size > maxDownloadBytes) throw badRequest('file is too big');
  return { file_id, file_unique_id, file_size, file_path: path };
}

function getChat(call: Call): unknown {
  const chat = knownChat(call);
  return {
    ...call.telegram.chats.present(chat),
    accent_color_id: 0,
    max_reaction_count: 11,
    accepted_gift_types: {
      unlimited_gifts: false,
      limited_gifts: false,
      unique_gifts: false,
      premium_subscription: false,
      gifts_from_channels: false,
    },
  };
}

/** Chats, their members, button presses and files. */
export const chatMethods: Readonly<Record<string, Method>> = {
  getChat,
  getChatMember,
  getChatAdministrators,
  getChatMemberCount: (call) => {
    const chat = knownChat(call);
    return chat.members.length + 1;
  },
  leaveChat,
  answerCallbackQuery,
  getFile,
};
