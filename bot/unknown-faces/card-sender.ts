import type { Api } from 'grammy';
import type { Chat } from '../../party/chat.ts';
import type { Services } from '../../party/services.ts';
import { orNotSent } from '../refusal.ts';
import type { Shown } from '../shown.ts';
import { timesOf } from '../times.ts';
import { writeOver } from '../write-over.ts';
import { showCard, showTogether } from './card.ts';

/** Sends the cards about unknown faces, and brings them up to date. */
export function createCardSender(
  services: Pick<Services, 'settings' | 'now'>,
  api: Api,
): Pick<Chat, 'askWhoItIs' | 'showWhoItIs' | 'tellMoreUnknown'> {
  const { now } = services;
  const moment = async () => ({ now: now(), clock: (await timesOf(services)).clock });
  const send = async (chatId: number, { told, keyboard }: Shown): Promise<number> => {
    const markup = keyboard ? { reply_markup: keyboard } : {};
    return (await orNotSent(now, () => api.sendMessage(chatId, told, markup))).message_id;
  };
  return {
    askWhoItIs: async ({ chatId }, card) => send(chatId, showCard(card, await moment())),
    async showWhoItIs(sent, card) {
      const { told, keyboard } = showCard(card, await moment());
      await writeOver(api, sent, told, keyboard);
    },
    tellMoreUnknown: async ({ chatId }, faces) => send(chatId, showTogether(faces)),
  };
}
