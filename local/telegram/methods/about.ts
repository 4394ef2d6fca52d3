import type { BotCommandScope } from 'grammy/types';
import { badRequest } from '../errors.ts';
import type { Call, Method } from './call.ts';

const scopes = new Set<BotCommandScope['type']>([
  ...(['default', 'all_private_chats', 'all_group_chats', 'all_chat_administrators'] as const),
  ...(['chat', 'chat_administrators', 'chat_member'] as const),
]);
const maxLengths = { name: 64, description: 512, short_description: 120 } as const;

function scopeOf({ telegram, params }: Call): BotCommandScope {
  const scope = (params.json('scope') ?? { type: 'default' }) as BotCommandScope;
  if (!scopes.has(scope.type)) throw badRequest("can't parse BotCommandScope: unsupported type specified");
  if ('chat_id' in scope && telegram.chats.find(Number(scope.chat_id)) === undefined)
    throw badRequest('chat not found');
  if ('user_id' in scope && telegram.people.find(Number(scope.user_id)) === undefined)
    throw badRequest('user not found');
  return scope;
}

function languageOf({ params }: Call): string {
  return params.text('language_code') ?? '';
}

/** The bot's texts are checked, and shown nowhere. */
function accept(name: keyof typeof maxLengths): Method {
  return ({ params }) => {
    if ((params.text(name) ?? '').length > maxLengths[name]) throw badRequest(`bot's ${name} is too long`);
    return true;
  };
}

/** What the bot is and says about itself. */
export const aboutMethods: Readonly<Record<string, Method>> = {
  getMe: ({ telegram }) => telegram.bot,
  setMyCommands: (call) => {
    call.telegram.commands.set(call.params.json('commands'), scopeOf(call), languageOf(call));
    return true;
  },
  getMyCommands: (call) => call.telegram.commands.get(scopeOf(call), languageOf(call)),
  deleteMyCommands: (call) => {
    call.telegram.commands.set([], scopeOf(call), languageOf(call));
    return true;
  },
  setMyName: accept('name'),
  setMyDescription: accept('description'),
  setMyShortDescription: accept('short_description'),
};
