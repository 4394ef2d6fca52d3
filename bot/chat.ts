import { type Api, InputFile } from 'grammy';
import type { ArrivalServices } from '../party/arrival-services.ts';
import type { Chat } from '../party/chat.ts';
import { loggable } from '../party/loggable.ts';
import { alarmText } from './alarms.text.ts';
import { type ArrivalMessageServices, createArrivalSender } from './arrival-message.ts';
import { endText } from './end-party.text.ts';
import { cameraIsSilent, clockIsOff, nobodyWatched } from './notices.ts';
import { recapLines } from './recap.ts';
import { orNotSent } from './refusal.ts';
import { replyTo } from './reply-to.ts';
import { partyTimes } from './times.ts';
import { inMessages } from './wording.ts';

/** What sending needs of the services. */
export type ChatServices = ArrivalMessageServices & Pick<ArrivalServices, 'now'>;

/** What the sending of a message that holds up others may take, in seconds: short, for a lease hangs on it. */
export const sendTimeout = 10;

/**
 * What people are told unasked, by Telegram.
 *
 * @param api without retries where the outbox tries again
 * @param botId the bot's that `api` speaks for
 */
export function createChat(services: ChatServices, api: Api, botId: number): Chat {
  const { config, log, now } = services;
  const times = partyTimes(config.PARTY_TZ);
  const { exactClock } = times;
  const sendArrival = createArrivalSender(services, api, botId);
  const send = async (chatId: number, text: string): Promise<void> => {
    await orNotSent(now, () => api.sendMessage(chatId, text));
  };
  return {
    announceArrival: async (arrival, song) =>
      (await orNotSent(now, () => sendArrival(arrival, song))).message_id,

    async sendArrivalPicture({ chatId, messageId }, jpeg) {
      const picture = new InputFile(jpeg, 'arrival.jpg');
      const reply = messageId === undefined ? {} : replyTo({ messageId });
      await orNotSent(now, () => api.sendPhoto(chatId, picture, { disable_notification: true, ...reply }));
    },

    reportGap: ({ chatId, from, to }) => send(chatId, nobodyWatched(exactClock(from), exactClock(to))),
    reportSilence: (chatId, since) => send(chatId, cameraIsSilent(exactClock(since))),
    reportClockOff: (chatId) => send(chatId, clockIsOff),
    reportAlarm: (chatId, change) => send(chatId, alarmText(change)),

    async sendRecap(chatId, recap) {
      const [first = '', ...others] = inMessages(recapLines(recap, times));
      await send(chatId, first);
      try {
        for (const text of others) await api.sendMessage(chatId, text);
      } catch (error) {
        // With its first message in the chat, all of it sent again would be worse than its end missing.
        log.warn('The end of a recap was not sent', loggable(error));
      }
    },

    reportRecognitionRunning: (chatId, reason) => send(chatId, endText.recognitionRuns(reason)),
  };
}
