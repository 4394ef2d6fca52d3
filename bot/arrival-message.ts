import { type Api, GrammyError, InputFile } from 'grammy';
import type { Message } from 'grammy/types';
import type { ArrivalServices } from '../party/arrival-services.ts';
import type { Arrival } from '../party/arrivals/arrivals.ts';
import { loggable } from '../party/loggable.ts';
import type { Song } from '../party/songs/songs.ts';
import { arrivalText, type Formatted } from './arrival-message.text.ts';
import { partyTimes } from './times.ts';

/** What sending arrivals needs of the services. */
export type ArrivalMessageServices = Pick<ArrivalServices, 'songs' | 'storage' | 'config' | 'log'>;

/** Sends an arrival's message to the party's chat. */
export type SendArrival = (arrival: Arrival, song: Song | undefined) => Promise<Message>;

/**
 * An arrival's message is the song, with the guest's name and the time as its caption, or a text when there is no song
 * to send. What Telegram says is thrown as it came.
 *
 * @param botId whose `file_id`s are used; those of another bot are worth nothing
 */
export function createArrivalSender(services: ArrivalMessageServices, api: Api, botId: number): SendArrival {
  const { songs, storage, log, config } = services;
  const { clock } = partyTimes(config.PARTY_TZ);

  /** By the `file_id` that this bot knows the song by: no upload. */
  async function byFileId(arrival: Arrival, song: Song, text: Formatted): Promise<Message | undefined> {
    const fileId = song.fileIds?.[String(botId)];
    return fileId === undefined ? undefined : unlessBad(sendSong(arrival, song, text, fileId));
  }

  async function byUpload(arrival: Arrival, song: Song, text: Formatted): Promise<Message | undefined> {
    const bytes = await read(song);
    if (!bytes) return undefined;
    const message = await unlessBad(sendSong(arrival, song, text, new InputFile(bytes, song.fileName)));
    if (message?.audio) await remember(song, message.audio.file_id);
    return message;
  }

  function sendSong(
    { chatId }: Arrival,
    { title, performer, duration }: Song,
    { text, entities }: Formatted,
    audio: string | InputFile,
  ): Promise<Message> {
    return api.sendAudio(chatId, audio, {
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

  return async (arrival, song) => {
    const text = arrivalText(arrival.name, clock(arrival.time));
    const sent = song && ((await byFileId(arrival, song, text)) ?? (await byUpload(arrival, song, text)));
    return sent ?? api.sendMessage(arrival.chatId, text.text, { entities: text.entities });
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
