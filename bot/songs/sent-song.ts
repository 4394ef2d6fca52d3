import type { Audio, Document } from 'grammy/types';
import { cleanLine, firstCharacters } from '../../party/clean-line.ts';
import { documentFile, type TelegramFile } from '../telegram-file.ts';
import { songLine } from './song-name.ts';

/** A music file in a message. */
export interface SentSong {
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

/** Music that was sent as such: Telegram has read what the file says of itself. */
export function audioSong(audio: Audio): SentSong {
  const { title = '', performer = '' } = audio;
  return {
    ...sentSong(audio, songLine(title), songLine(performer)),
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
    file: documentFile(sent),
    fileName,
    title: title || songLine(fileName.replace(/\.\w{1,5}$/, '').replaceAll('_', ' ')) || 'Untitled',
    ...(performer && { performer }),
  };
}

/** A file's name without anything that could mean a path or end a header. */
const plainFileName = (name: string): string =>
  firstCharacters(cleanLine(name.replace(/[\\/:"]+/g, '_')).slice(-100), 100);
