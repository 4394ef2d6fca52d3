import { createApi } from '../../bot/api.ts';
import { createChat } from '../../bot/chat.ts';
import type { Chat } from '../../party/chat.ts';
import type { Services } from '../../party/services.ts';
import { standToken } from '../local/telegram/stand.ts';
import type { BotHouse } from './bot-house.ts';

/**
 * The chat of a house, as its Lambdas have it.
 *
 * @param services the house's own, or others in their place
 * @param timeoutSeconds after which a call of Telegram is given up
 */
export function chatOf(
  { stand, ...house }: Pick<BotHouse, 'stand' | 'services'>,
  services: Services = house.services,
  timeoutSeconds = 1,
): Chat {
  return createChat(services, createApi(standToken, stand.root, timeoutSeconds), stand.telegram.bot.id);
}
