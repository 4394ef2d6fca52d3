import { type Api, InputFile } from 'grammy';
import type { Message } from 'grammy/types';
import type { ArrivalServices } from '../party/arrival-services.ts';
import type { Arrival } from '../party/arrivals/arrivals.ts';
import { minute } from '../party/clock.ts';
import { loggable } from '../party/loggable.ts';
import { type ArrivalSongServices, nextCarol } from '../party/songs/song-of-arrival.ts';
import type { Song } from '../party/songs/songs.ts';
import { noteUnsentSong } from '../party/songs/unsent-song.ts';
import { arrivalText, type Formatted, lateArrivalText } from './arrival-message.text.ts';
import { inTopic } from './in-topic.ts';
import { NoMusicHereError, unlessRefused } from './music-refusal.ts';
import { partyTimes } from './times.ts';

/** What sending arrivals needs of the services. */
export type ArrivalMessageServices = Pick<ArrivalServices, 'storage' | 'config' | 'log' | 'now' | 'outbox'> &
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
  const { songs, storage, log, config, now } = services;
  const { clock } = partyTimes(config.PARTY_TZ);

  /** By the `file_id` that this bot knows the song by: no upload. */
  async function byFileId(arrival: Arrival, song: Song, text: Formatted): Promise<Message | undefined> {
    const fileId = song.fileIds?.[String(botId)];
    return fileId === undefined ? undefined : unlessRefused(sendSong(arrival, song, text, fileId));
  }

  async function byUpload(arrival: Arrival, song: Song, text: Formatted): Promise<Message | undefined> {
    const bytes = await read(song);
    if (!bytes) return undefined;
    const message = await unlessRefused(sendSong(arrival, song, text, new InputFile(bytes, song.fileName)));
    if (message?.audio) await remember(song, message.audio.file_id);
    return message;
  }

  function sendSong(
    { chatId, threadId }: Arrival,
    { title, performer, duration }: Song,
    { text, entities }: Formatted,
    audio: string | InputFile,
  ): Promise<Message> {
    return api.sendAudio(chatId, audio, {
      ...inTopic(threadId),
      caption: text,
      caption_entities: entities,
      title,
      ...(performer && { performer }),
      ...(duration !== undefined && { duration }),
    });
  }

  /** A song that cannot be read is no reason to keep the arrival from the chat. */
  async function read({ id, key }: Song): Promise<Uint8Array | undefined> {
    try {
      return await storage.get(key);
    } catch (error) {
      log.error('A song could not be read', { songId: id, ...loggable(error) });
      return undefined;
    }
  }

  /** The message is in the chat: whatever fails now must not make it come twice. */
  async function remember({ id }: Song, fileId: string): Promise<void> {
    try {
      await songs.rememberFileId(id, botId, fileId);
    } catch (error) {
      log.warn('A file_id was not remembered', { songId: id, ...loggable(error) });
    }
  }

  const play = async (arrival: Arrival, song: Song, text: Formatted): Promise<Message | undefined> =>
    (await byFileId(arrival, song, text)) ?? (await byUpload(arrival, song, text));

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
    const isLate = now() - arrival.time > lateAfter;
    const text = (isLate ? lateArrivalText : arrivalText)(arrival.name, clock(arrival.time));
    const { message, unsent } = song ? await music(arrival, song, text) : {};
    const inWords = { ...inTopic(arrival.threadId), entities: text.entities };
    const sent = message ?? (await api.sendMessage(arrival.chatId, text.text, inWords));
    if (unsent) await noteUnsentSong(services, arrival, unsent, !!message);
    return sent;
  };
}
