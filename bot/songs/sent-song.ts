import { createHash } from 'node:crypto';
import type { Audio, Document, Message } from 'grammy/types';
import type { TelegramFile } from '../telegram-file.ts';

/** A music file in a message. */
export interface SentSong {
  /** The song's: the same for the same file, and short enough for a button's 64 bytes. */
  readonly id: string;
  readonly file: TelegramFile;
  readonly fileName: string;
  readonly title: string;
  readonly performer?: string;
  /** Seconds. */
  readonly duration?: number;
  /** Whether its `file_id` can be sent as music: a file's that came as a document cannot. */
  readonly playable: boolean;
}

/** As senders name what sendAudio takes (Bot API: "in the .MP3 or .M4A format"). */
const musicTypes = /^audio\/(mpeg|mp3|x-mp3|mpeg3|mp4|m4a|x-m4a)$/;
const musicName = /\.(mp3|m4a)$/i;

/** The song of a message: music, or a file that says it is an MP3 or M4A. */
export function songIn(message: Message | undefined): SentSong | undefined {
  const { audio, document } = message ?? {};
  if (audio) return sentSong(audio, true);
  if (document && saysMusic(document)) return sentSong(document, false);
  return undefined;
}

function saysMusic({ mime_type = '', file_name = '' }: Document): boolean {
  return musicTypes.test(mime_type) || musicName.test(file_name);
}

function sentSong(sent: Audio | Document, playable: boolean): SentSong {
  const { title, performer, duration } = sent as Partial<Audio>;
  const fileName = plainFileName(sent.file_name ?? 'song.mp3');
  return {
    id: createHash('sha256').update(sent.file_unique_id).digest('hex').slice(0, 12),
    file: {
      fileId: sent.file_id,
      uniqueId: sent.file_unique_id,
      contentType: sent.mime_type ?? 'audio/mpeg',
      ...(sent.file_size !== undefined && { size: sent.file_size }),
    },
    fileName,
    title: line(title) || line(fileName.replace(/\.\w{1,5}$/, '').replaceAll('_', ' ')) || 'Untitled',
    ...(line(performer) && { performer: line(performer) }),
    ...(duration !== undefined && { duration }),
    playable,
  };
}

/** One line that is not too long for a button. */
const line = (text = ''): string => [...text.replace(/[\p{Cc}\s]+/gu, ' ').trim()].slice(0, 64).join('');

/** A file's name without anything that could mean a path or end a header. */
const plainFileName = (name: string): string => name.replace(/[\p{Cc}\\/:"]+/gu, '_').slice(-100);
