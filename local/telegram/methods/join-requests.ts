import { badRequest } from '../errors.ts';
import type { StoredChat } from '../state/chats.ts';
import type { JoinRequest } from '../state/join-requests.ts';
import type { Person } from '../state/people.ts';
import { type Call, knownChat, type Method } from './call.ts';

/**
 * What a call answers: somebody's request to join a group.
 * @throws BotApiError 400 for a chat that is no group, a bot that may not invite, or a request that is not there (any
 * more)
 */
function asked(call: Call): { chat: StoredChat; person: Person; request: JoinRequest } {
  const { telegram, params } = call;
  const chat = knownChat(call);
  const userId = params.whole('user_id');
  const person = userId === undefined ? undefined : telegram.people.find(userId);
  if (!person) throw badRequest('invalid user_id specified');
  if (chat.type !== 'supergroup') throw badRequest("can't process join requests in the chat");
  if (chat.bot !== 'administrator') throw badRequest('not enough rights');
  if (chat.members.includes(person.user.id)) throw badRequest('USER_ALREADY_PARTICIPANT');
  const request = telegram.joinRequests.find(chat.id, person.user.id);
  if (!request) throw badRequest('HIDE_REQUESTER_MISSING');
  return { chat, person, request };
}

function approveChatJoinRequest(call: Call): boolean {
  const { telegram } = call;
  const { chat, person, request } = asked(call);
  const joined = { ...chat, members: [...chat.members, person.user.id] };
  telegram.post(
    joined,
    person.user,
    { new_chat_members: [person.user] },
    {
      with: [
        telegram.chats.put(joined),
        telegram.joinRequests.remove(request),
        ...telegram.events.record({ type: 'chat', chat_id: chat.id }),
      ],
    },
  );
  return true;
}

function declineChatJoinRequest(call: Call): boolean {
  const { request } = asked(call);
  call.telegram.journal.commit([call.telegram.joinRequests.remove(request)]);
  return true;
}

/** Who asks to join a group, and is let in or not. */
export const joinRequestMethods: Readonly<Record<string, Method>> = {
  approveChatJoinRequest,
  declineChatJoinRequest,
};
