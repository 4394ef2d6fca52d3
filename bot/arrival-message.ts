import type { Api } from 'grammy';
import type { Message } from 'grammy/types';
import type { ArrivalServices } from '../party/arrival-services.ts';
import type { Arrival } from '../party/arrivals/arrivals.ts';
import { minute } from '../party/clock.ts';
import { loggable } from '../party/loggable.ts';
import { type ArrivalSongServices, nextCarol } from '../party/songs/song-of-arrival.ts';
import type { Song } from '../party/songs/songs.ts';
import { noteUnsentSong } from '../party/songs/unsent-song.ts';
import { arrivalText, type Formatted, lateArrivalText } from './arrival-message.text.ts';
import { arrivalActions } from './arrivals/buttons.ts';
import { inTopic } from './in-topic.ts';
import { NoMusicHereError } from './music-refusal.ts';
import { createSongSender } from './songs/song-sender.ts';
import { timesOf } from './times.ts';

/** What sending arrivals needs of the services. */
export type ArrivalMessageServices = Pick<
  ArrivalServices,
  'storage' | 'settings' | 'log' | 'now' | 'outbox'
> &
  ArrivalSongServices;

/** Who came longer ago than this is told of as one who came. */
export const lateAfter = 2 * minute;

/** What came of the music for an arrival. */
interface Played {
  readonly message?: Message | undefined;
  /** The guest's song, when it could not be sent. */
  readonly unsent?: Song;
}

/** Sends an arrival's message to the party's chat. */
export type SendArrival = (arrival: Arrival, song: Song | undefined) => Promise<Message>;

/**
 * An arrival's message is the song, with the guest's name and the time as its caption, or a text when there is no song
 * to send. In place of a guest's song that cannot be sent a carol plays, and the host is told once. What Telegram says
 * is thrown as it came.
 *
 * @param botId whose `file_id`s are used; those of another bot are worth nothing
 */
export function createArrivalSender(services: ArrivalMessageServices, api: Api, botId: number): SendArrival {
  const { log, now } = services;

  const sendSong = createSongSender(services, api, botId);
  const withArrival = (arrival: Arrival) => ({
    ...inTopic(arrival.threadId),
    reply_markup: arrivalActions(arrival),
  });
  const play = (arrival: Arrival, song: Song, { text, entities }: Formatted) =>
    sendSong(arrival.chatId, song, {
      ...withArrival(arrival),
      caption: text,
      caption_entities: entities,
    });

  /** The song, or a carol in its place. */
  async function music(arrival: Arrival, song: Song, text: Formatted): Promise<Played> {
    try {
      const own = await play(arrival, song, text);
      if (own) return { message: own };
      const carol = await nextCarol(services, arrival);
      const message = carol && (await play(arrival, carol, text));
      await keepPlayed(arrival, message && carol.id);
      return { message, unsent: song };
    } catch (error) {
      if (!(error instanceof NoMusicHereError)) throw error;
      await keepPlayed(arrival, undefined);
      return {};
    }
  }

  /** What was sent is the arrival's song then, for the recap and for who asks later. As above, it must not fail. */
  async function keepPlayed(arrival: Arrival, songId: string | undefined): Promise<void> {
    try {
      await services.arrivals.playedInstead(arrival, songId);
    } catch (error) {
      log.warn('The song of an arrival was not kept', loggable(error));
    }
  }

  return async (arrival, song) => {
    const { clock } = await timesOf(services);
    const isLate = now() - arrival.time > lateAfter;
    const text = (isLate ? lateArrivalText : arrivalText)(arrival.name, clock(arrival.time));
    const { message, unsent } = song ? await music(arrival, song, text) : {};
    const inWords = { ...withArrival(arrival), entities: text.entities };
    const sent = message ?? (await api.sendMessage(arrival.chatId, text.text, inWords));
    if (unsent) await noteUnsentSong(services, arrival, unsent, !!message);
    return sent;
  };
}
