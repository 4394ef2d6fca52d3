import type { Message } from 'grammy/types';
import { readName } from '../names.ts';
import type { TelegramFile } from '../telegram-file.ts';

/** A photo in a message. */
export interface SentPhoto {
  readonly file: TelegramFile;
  readonly messageId: number;
  /** Telegram's `media_group_id`, when it is one of an album. */
  readonly albumId?: string;
}

/** What Rekognition can read (Rekognition API reference, Image). */
const readable = new Set(['image/jpeg', 'image/png']);

/** The photo of a message: sent as a photo, or as a file that is a JPEG or a PNG. */
export function photoIn(message: Message | undefined): SentPhoto | undefined {
  const file = message && (asPhoto(message) ?? asDocument(message));
  if (!file) return undefined;
  return {
    file,
    messageId: message.message_id,
    ...(message.media_group_id && { albumId: message.media_group_id }),
  };
}

/** The caption as a name; undefined when there is no caption at all. */
export function nameIn(message: Message | undefined): ReturnType<typeof readName> | undefined {
  return message?.caption === undefined ? undefined : readName(message.caption);
}

/** Of the sizes that Telegram offers, the last is the largest; all are JPEG. */
function asPhoto({ photo }: Message): TelegramFile | undefined {
  const largest = photo?.at(-1);
  if (!largest) return undefined;
  return {
    fileId: largest.file_id,
    uniqueId: largest.file_unique_id,
    contentType: 'image/jpeg',
    ...(largest.file_size !== undefined && { size: largest.file_size }),
  };
}

function asDocument({ document }: Message): TelegramFile | undefined {
  if (!document?.mime_type || !readable.has(document.mime_type)) return undefined;
  return {
    fileId: document.file_id,
    uniqueId: document.file_unique_id,
    contentType: document.mime_type,
    ...(document.file_size !== undefined && { size: document.file_size }),
  };
}
