import type { Api } from 'grammy';
import type { ArrivalServices } from '../../party/arrival-services.ts';
import type { Chat } from '../../party/chat.ts';
import type { StartState } from '../../party/parties/shown-start.ts';
import { awsReason } from '../failure.text.ts';
import { chatName } from '../features/chat-name.ts';
import { partyText } from '../features/party.text.ts';
import { timesOf } from '../times.ts';
import { writeOver } from '../write-over.ts';
import { startText as text } from './start.text.ts';

/** What telling of a start needs of the services. */
export type StartTellerServices = Pick<ArrivalServices, 'guests' | 'settings'>;

/** Tells how a party's start goes: one message, written over as it goes on. */
export function startTeller(
  services: StartTellerServices,
  api: Api,
): Pick<Chat, 'showStart' | 'reportBeforeTheyCome'> {
  const { guests } = services;

  async function told(start: StartState, chatId: number): Promise<string> {
    const { clock } = await timesOf(services);
    switch (start.state) {
      case 'busy':
        return partyText.startingAlready;
      case 'failed':
        return text.failed(start.reason ?? (start.aws && awsReason(start.aws)));
      case 'waits':
        return text.waits(clock(start.until), start.reason ?? (start.aws && awsReason(start.aws, '')));
      case 'other is on': {
        const { party } = start;
        const until = clock(party.endsAt);
        if (party.chatId === chatId) return partyText.onHere(until);
        return partyText.onElsewhere(await chatName(api, party.chatId), until);
      }
      case 'on': {
        const until = clock(start.endsAt);
        const { door, problem, invited } = start;
        const on =
          problem === undefined || door === 'seen'
            ? [text.on(until, door), ...(problem === undefined ? [] : [text.but(problem)])]
            : [text.onUnseen(until, problem)];
        return [...on, text.expected(invited)].join('\n');
      }
    }
  }

  return {
    async showStart({ chatId, messageId, start }) {
      await writeOver(api, { chatId, messageId }, await told(start, chatId));
    },

    async reportBeforeTheyCome(userId) {
      const { beforeTheyCome } = await import('./before-they-come.ts');
      const { lines, keyboard } = await beforeTheyCome({ guests });
      if (lines.length > 0) await api.sendMessage(userId, lines.join('\n'), { reply_markup: keyboard });
    },
  };
}
