import { type Api, InputFile } from 'grammy';
import type { ArrivalServices } from '../party/arrival-services.ts';
import type { Chat } from '../party/chat.ts';
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
  const { config, now } = services;
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
      // With one of several in the chat, nobody can say of the recap that it surely is not there.
      for (const text of others) await api.sendMessage(chatId, text);
    },

    reportRecognitionRunning: (chatId, reason) => send(chatId, endText.recognitionRuns(reason)),
  };
}
