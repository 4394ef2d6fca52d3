import { type Api, GrammyError, InputFile } from 'grammy';
import type { Message } from 'grammy/types';
import type { ArrivalServices } from '../party/arrival-services.ts';
import type { Arrival } from '../party/arrivals/arrivals.ts';
import type { Announce } from '../party/arrivals/telling.ts';
import { loggable } from '../party/loggable.ts';
import { songOfArrival } from '../party/songs/song-of-arrival.ts';
import type { Song } from '../party/songs/songs.ts';
import { arrivalText, type Formatted } from './announce.text.ts';
import { notSent } from './not-sent.ts';
import { partyTimes } from './times.ts';

/** What the sending of an arrival may take, in seconds: short, for a lease hangs on it. */
export const announceTimeout = 10;

/**
 * Tells of arrivals in the party's chat: sends the song, with the guest's name and the time as its caption, or a
 * text when there is no song to send. It throws NotSentError when Telegram refused, so that the message is surely not in
 * the chat; anything else (a time-out, a connection lost) leaves that open.
 *
 * @param api made with `announceTimeout`, and without retries: the outbox tries again
 * @param botId whose `file_id`s are used; those of another bot are worth nothing
 */
export function createAnnouncer(services: ArrivalServices, api: Api, botId: number): { announce: Announce } {
  const { songs, storage, log, now } = services;
  const { clock } = partyTimes(services.config.PARTY_TZ);

  async function tell(arrival: Arrival): Promise<Message> {
    const told = arrivalText(arrival.name, clock(arrival.time));
    const song = await songOfArrival(services, arrival);
    const sent = song && ((await byFileId(arrival, song, told)) ?? (await byUpload(arrival, song, told)));
    return sent ?? api.sendMessage(arrival.chatId, told.text, { entities: told.entities });
  }

  /** By the `file_id` that this bot knows the song by: no upload. */
  async function byFileId(arrival: Arrival, song: Song, told: Formatted): Promise<Message | undefined> {
    const fileId = song.fileIds?.[String(botId)];
    return fileId === undefined ? undefined : unlessBad(sendSong(arrival, song, told, fileId));
  }

  async function byUpload(arrival: Arrival, song: Song, told: Formatted): Promise<Message | undefined> {
    const bytes = await read(song);
    if (!bytes) return undefined;
    const message = await unlessBad(sendSong(arrival, song, told, new InputFile(bytes, song.fileName)));
    if (message?.audio) await remember(song, message.audio.file_id);
    return message;
  }

  function sendSong(
    arrival: Arrival,
    song: Song,
    told: Formatted,
    audio: string | InputFile,
  ): Promise<Message> {
    const { title, performer, duration } = song;
    const details = {
      caption: told.text,
      caption_entities: told.entities,
      title,
      ...(performer && { performer }),
      ...(duration !== undefined && { duration }),
    };
    return api.sendAudio(arrival.chatId, audio, details);
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

  return {
    async announce(arrival) {
      try {
        return (await tell(arrival)).message_id;
      } catch (error) {
        throw error instanceof GrammyError ? notSent(error, now()) : error;
      }
    },
  };
}

/**
 * A `file_id` or a file that Telegram does not take (400, or 413 for its size) is no reason to keep a guest's
 * arrival from the chat: the next way is tried. If it is the chat that is wrong, that will fail likewise.
 */
async function unlessBad(sending: Promise<Message>): Promise<Message | undefined> {
  try {
    return await sending;
  } catch (error) {
    if (error instanceof GrammyError && (error.error_code === 400 || error.error_code === 413))
      return undefined;
    throw error;
  }
}
