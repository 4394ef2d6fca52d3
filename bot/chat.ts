import { type Api, InputFile } from 'grammy';
import type { InlineKeyboardMarkup, MessageEntity } from 'grammy/types';
import type { Chat } from '../party/chat.ts';
import type { Place } from '../party/outbox/message.ts';
import { arrivalsText, arrivalText, lateArrivalText, songNotSent } from './arrival-message.text.ts';
import { type ArrivalMessageServices, createArrivalSender, lateAfter } from './arrival-message.ts';
import { inTopic } from './in-topic.ts';
import { orNotSent } from './refusal.ts';
import { replyTo } from './reply-to.ts';
import { songTitle } from './songs/songs.text.ts';
import { timesOf } from './times.ts';
import { inMessages } from './wording.ts';

/** What sending needs of the services. */
export type ChatServices = ArrivalMessageServices;

/**
 * What the sending of a message may take, in seconds: short, for a sender's turn hangs on it (outbox/destinations.ts).
 */
export const sendTimeout = 10;

/**
 * What people are told unasked, by Telegram.
 *
 * @param api without retries: the outbox tries again
 * @param botId the bot's that `api` speaks for
 */
export function createChat(services: ChatServices, api: Api, botId: number): Chat {
  const { now } = services;
  const times = () => timesOf(services);
  const sendArrival = createArrivalSender(services, api, botId);
  const send = async (
    { chatId, threadId }: Place,
    text: string,
    more: { readonly entities?: MessageEntity[]; readonly reply_markup?: InlineKeyboardMarkup } = {},
  ): Promise<void> => {
    const others = { ...inTopic(threadId), ...more };
    await orNotSent(now, () => api.sendMessage(chatId, text, others));
  };
  // Loaded when it is needed: the match sends no cards.
  const loadCards = async () =>
    (await import('./unknown-faces/card-sender.ts')).createCardSender(services, api);
  const loadStarts = async () => (await import('./party/show-start.ts')).startTeller(services, api);
  return {
    announceArrival: async (arrival, song) =>
      (await orNotSent(now, () => sendArrival(arrival, song))).message_id,

    async announceTogether(place, arrivals) {
      const { clock } = await times();
      const lines = arrivals.map(({ name, time }) => {
        const isLate = now() - time > lateAfter;
        return (isLate ? lateArrivalText : arrivalText)(name, clock(time));
      });
      const { text, entities } = arrivalsText(lines);
      await send(place, text, { entities });
    },

    async sendArrivalPicture({ chatId, threadId, messageId, toldIn = chatId, name }, jpeg) {
      const picture = new InputFile(jpeg, 'arrival.jpg');
      const { text, entities } = arrivalText(name);
      // Where it was not told, a message of that id is another one.
      const whose =
        messageId !== undefined && toldIn === chatId
          ? replyTo({ messageId })
          : { caption: text, caption_entities: entities };
      const others = { disable_notification: true, ...inTopic(threadId), ...whose };
      return (await orNotSent(now, () => api.sendPhoto(chatId, picture, others))).message_id;
    },

    async reportGap(gap) {
      const [{ exactClock }, { nobodyWatched }] = await Promise.all([times(), notices()]);
      await send(gap, nobodyWatched(exactClock(gap.from), exactClock(gap.to), gap));
    },
    // Loaded when they are needed: the match reports none.
    async reportSilence(place, since, cause) {
      const [{ exactClock }, { cameraIsSilent }] = await Promise.all([times(), tickNotices()]);
      await send(place, cameraIsSilent(exactClock(since), cause));
    },
    reportClockOff: async (place) => send(place, (await notices()).clockIsOff),
    // The match reports none.
    reportAlarm: async (place, change) => send(place, (await import('./alarms.text.ts')).alarmText(change)),
    async reportChatGone(place, gone) {
      const [{ cannotWriteTo }, { titleOf }] = await Promise.all([notices(), import('./title-of.ts')]);
      await send(place, cannotWriteTo(await titleOf(api, gone.chatId)));
    },

    async sendRecap(place, recap, told, mark) {
      // The match sends none.
      const { recapLines } = await import('./recap/recap-lines.ts');
      const texts = inMessages(recapLines(recap, await times()));
      for (const [index, text] of texts.entries()) {
        if (index < told) continue;
        await send(place, text);
        await mark(index + 1);
      }
    },

    // Loaded when it is needed: the match sends none.
    async sendRecapPicture(place, picture) {
      const recap = await import('./recap/recap-picture.ts');
      await orNotSent(now, async () => recap.sendRecapPicture(api, await times(), place, picture));
    },

    reportUnsentSong: (place, { name, withCarol, ...song }) =>
      send(place, songNotSent(songTitle(song), name, withCarol)),

    async reportEndsSoon(place, partyId, endsAt) {
      const [{ clock }, { endText }, { endingChoices }] = await Promise.all([
        times(),
        import('./end-party.text.ts'),
        import('./party/buttons.ts'),
      ]);
      await send(place, endText.endsSoon(clock(endsAt)), { reply_markup: endingChoices(partyId, endsAt) });
    },

    async askMorningAfter(place) {
      const [{ afterParty }, { forgetText }] = await Promise.all([
        import('./forget/buttons.ts'),
        import('./forget/forget.text.ts'),
      ]);
      await send(place, forgetText.morningAfter, { reply_markup: afterParty() });
    },

    async reportPhotosGone(place, { kept, removed, isClear }) {
      const [{ settingsText }, { forgetText }] = await Promise.all([
        import('./settings/settings.text.ts'),
        import('./forget/forget.text.ts'),
      ]);
      await send(place, settingsText.photosGone(kept, forgetText.removed(removed), isClear));
    },

    // Loaded when it is needed: the match tells of no starts.
    showStart: async (shown) => (await loadStarts()).showStart(shown),
    reportBeforeTheyCome: async (userId) => (await loadStarts()).reportBeforeTheyCome(userId),
    async reportSlowness(place, { since, until }) {
      const [{ clock }, text] = await Promise.all([times(), tickNotices()]);
      await send(
        place,
        until === undefined ? text.looksTooSeldom(clock(since)) : text.looksAgain(clock(since), clock(until)),
      );
    },
    reportStill: async (place, name) => send(place, (await tickNotices()).hasNotMoved(name)),
    reportProducerAlert: async (place, alert) => send(place, (await tickNotices()).producerAlerts[alert]),

    askWhoItIs: async (place, card) => (await loadCards()).askWhoItIs(place, card),
    showWhoItIs: async (sent, card) => (await loadCards()).showWhoItIs(sent, card),
    tellMoreUnknown: async (place, faces) => (await loadCards()).tellMoreUnknown(place, faces),

    askToWelcome: async (place, signUp) =>
      (await import('./sign-ups/card-sender.ts')).sendSignUpCard(services, api, place, signUp),

    reportRecognitionRunning: async (place, reason) =>
      send(place, (await import('./end-party.text.ts')).endText.recognitionRuns(reason)),
  };
}

// Loaded when they are needed: no guest waits for any of them.
const notices = () => import('./notices.ts');
const tickNotices = () => import('./tick-notices.text.ts');
