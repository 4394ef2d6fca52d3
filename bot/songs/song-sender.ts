import { type Api, InputFile } from 'grammy';
import type { Message } from 'grammy/types';
import { loggable } from '../../party/loggable.ts';
import type { Services } from '../../party/services.ts';
import type { Song } from '../../party/songs/songs.ts';
import { unlessRefused } from '../music-refusal.ts';

/** What sending songs needs of the services. */
export type SongSenderServices = Pick<Services, 'songs' | 'storage' | 'log'>;

/** What goes with a song: a caption, buttons, a topic. */
export type WithSong = Parameters<Api['sendAudio']>[2];

/**
 * Sends a song to a chat.
 *
 * @param bytes what is stored of it, for whoever has it at hand
 * @returns undefined when Telegram does not take it, or it cannot be read
 * @throws NoMusicHereError when the chat takes no music at all
 */
export type SendSong = (
  chatId: number,
  song: Song,
  more?: WithSong,
  bytes?: Uint8Array,
) => Promise<Message | undefined>;

/**
 * Storage holds the songs. A `file_id` only saves the upload: one that Telegram refuses is replaced by uploading again.
 *
 * @param botId whose `file_id`s are used; those of another bot are worth nothing
 */
export function createSongSender(
  { songs, storage, log }: SongSenderServices,
  api: Pick<Api, 'sendAudio'>,
  botId: number,
): SendSong {
  const send = (
    chatId: number,
    audio: string | InputFile,
    { title, performer, duration }: Song,
    more: WithSong,
  ) =>
    unlessRefused(
      api.sendAudio(chatId, audio, {
        ...more,
        title,
        ...(performer && { performer }),
        ...(duration !== undefined && { duration }),
      }),
    );

  /** A song that cannot be read is no reason to keep what goes with it from the chat. */
  async function read({ id, key }: Song): Promise<Uint8Array | undefined> {
    try {
      return await storage.get(key);
    } catch (error) {
      log.error('A song could not be read', { songId: id, ...loggable(error) });
      return undefined;
    }
  }

  /** The message is in the chat: whatever fails now must not make it come twice. */
  async function remember(song: Song, fileId: string): Promise<void> {
    try {
      await songs.rememberFileId(song, botId, fileId);
    } catch (error) {
      log.warn('A file_id was not remembered', { songId: song.id, ...loggable(error) });
    }
  }

  return async (chatId, song, more = {}, bytes) => {
    const fileId = song.fileIds?.[String(botId)];
    const sent = fileId === undefined ? undefined : await send(chatId, fileId, song, more);
    if (sent) return sent;
    const stored = bytes ?? (await read(song));
    if (!stored) return undefined;
    const message = await send(chatId, new InputFile(stored, song.fileName), song, more);
    // A file that Telegram takes for something else than music comes back as that.
    if (message?.audio) await remember(song, message.audio.file_id);
    return message;
  };
}
