import { createHash } from 'node:crypto';
import type { Audio, Document } from 'grammy/types';
import { cleanLine, firstCharacters } from '../../party/clean-line.ts';
import { documentFile, type TelegramFile } from '../telegram-file.ts';

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
  /** Whether the file itself tells a title or a performer that is not to be shown as it stands there. */
  readonly dropTags: boolean;
}

/** A title is a button's text, which Telegram shows in one line. */
const longest = 64;

/** Music that was sent as such: Telegram has read what the file says of itself. */
export function audioSong(audio: Audio): SentSong {
  const { title = '', performer = '' } = audio;
  return {
    ...sentSong(audio, line(title), line(performer)),
    ...(audio.duration !== undefined && { duration: audio.duration }),
    playable: true,
    dropTags: cleanLine(title) !== title.trim() || cleanLine(performer) !== performer.trim(),
  };
}

/** A file in which music was found. */
export const documentSong = (document: Document): SentSong => ({
  ...sentSong(document, '', ''),
  playable: false,
  dropTags: false,
});

function sentSong(sent: Audio | Document, title: string, performer: string) {
  const fileName = plainFileName(sent.file_name ?? '') || 'song';
  return {
    id: createHash('sha256').update(sent.file_unique_id).digest('hex').slice(0, 12),
    file: documentFile(sent),
    fileName,
    title: title || line(fileName.replace(/\.\w{1,5}$/, '').replaceAll('_', ' ')) || 'Untitled',
    ...(performer && { performer }),
  };
}

/** One line that is not too long. */
const line = (text: string): string => firstCharacters(cleanLine(text), longest);

/** A file's name without anything that could mean a path or end a header. */
const plainFileName = (name: string): string =>
  firstCharacters(cleanLine(name.replace(/[\\/:"]+/g, '_')).slice(-100), 100);
