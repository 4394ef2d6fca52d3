import { type Api, GrammyError } from 'grammy';
import type { TellSilence } from '../party/parties/silence.ts';
import type { TellGap } from '../party/parties/watch.ts';
import type { Services } from '../party/services.ts';
import { notSent } from './not-sent.ts';
import { cameraIsSilent, nobodyWatched } from './notices.ts';
import { partyTimes } from './times.ts';

/** What tells a party's chat how the watch goes. */
export interface WatchTellers {
  /** From when to when nobody watched, now that the door is watched again. */
  readonly tellGap: TellGap;
  /** Since when nobody has watched. */
  readonly tellSilence: TellSilence;
}

/**
 * Both throw NotSentError when Telegram refused; anything else leaves open whether the message is there.
 */
export function createWatchTellers(
  { config, now }: Pick<Services, 'config' | 'now'>,
  api: Pick<Api, 'sendMessage'>,
): WatchTellers {
  const { exactClock } = partyTimes(config.PARTY_TZ);
  const send = async (chatId: number, text: string): Promise<void> => {
    try {
      await api.sendMessage(chatId, text);
    } catch (error) {
      throw error instanceof GrammyError ? notSent(error, now()) : error;
    }
  };
  return {
    tellGap: ({ chatId, from, to }) => send(chatId, nobodyWatched(exactClock(from), exactClock(to))),
    tellSilence: ({ chatId, since }) => send(chatId, cameraIsSilent(exactClock(since))),
  };
}
