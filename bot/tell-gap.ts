import { type Api, GrammyError } from 'grammy';
import type { Services } from '../party/services.ts';
import type { TellGap } from '../party/watch.ts';
import { notSent } from './not-sent.ts';
import { nobodyWatched } from './notices.ts';
import { partyTimes } from './times.ts';

/**
 * Tells a party's chat from when to when nobody watched. Throws NotSentError when Telegram refused; anything else
 * leaves open whether the message is there.
 */
export function createGapTeller(
  { config, now }: Pick<Services, 'config' | 'now'>,
  api: Pick<Api, 'sendMessage'>,
): TellGap {
  const { exactClock } = partyTimes(config.PARTY_TZ);
  return async ({ chatId, from, to }) => {
    try {
      await api.sendMessage(chatId, nobodyWatched(exactClock(from), exactClock(to)));
    } catch (error) {
      throw error instanceof GrammyError ? notSent(error, now()) : error;
    }
  };
}
