import type { Api, Middleware } from 'grammy';
import type { BotCommandScope } from 'grammy/types';
import { loggable } from '../party/loggable.ts';
import type { Services } from '../party/services.ts';
import { type MenuOf, menuOf } from './commands.ts';
import type { BotContext } from './context.ts';
import { quietly } from './quietly.ts';

/** A private chat with the bot has its person's id. */
const privateMenu = (userId: number): BotCommandScope => ({ type: 'chat', chat_id: userId });

/**
 * Shows each host the menu of what they may say in a chat, behind the answer to the first thing that they say there to
 * this process. So whoever was a host before the menu changed has the new one too.
 */
export function hostMenu({ hosts, log }: Pick<Services, 'hosts' | 'log'>): Middleware<BotContext> {
  const shown = new Set<string>();
  return async (ctx, next) => {
    await next();
    const { from, chat } = ctx;
    const place = `${chat?.id} ${from?.id}`;
    if (!from || !chat || chat.type === 'channel' || shown.has(place)) return;
    shown.add(place);
    try {
      if (chat.type === 'private')
        await showMenu(ctx.api, from.id, (await hosts.isOwner(from.id)) ? 'owner' : 'co-host');
      else if (await hosts.has(from.id))
        await setMenu(
          ctx.api,
          { type: 'chat_member', chat_id: chat.id, user_id: from.id },
          'host in a group',
        );
    } catch (error) {
      // Nobody is to miss an answer for it.
      log.warn('A menu was not shown', loggable(error));
    }
  };
}

/** Shows a host their menu in the private chat. */
export const showMenu = (api: Api, userId: number, who: 'owner' | 'co-host'): Promise<unknown> =>
  setMenu(api, privateMenu(userId), who);

/** Takes the menu in the private chat from whoever is no host any more. */
export const hideMenu = (api: Api, userId: number): Promise<unknown> =>
  quietly(api.deleteMyCommands({ scope: privateMenu(userId) }));

const setMenu = (api: Api, scope: BotCommandScope, who: MenuOf): Promise<unknown> =>
  quietly(api.setMyCommands(menuOf(who), { scope }));
