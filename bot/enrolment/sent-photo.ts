import type { Document, Message } from 'grammy/types';
import type { FoundFaces } from '../../party/guests/faces-in-photo.ts';
import { documentFile, type TelegramFile } from '../telegram-file.ts';

/** A photo in a message. */
export interface SentPhoto {
  readonly file: TelegramFile;
  readonly messageId: number;
  /** Telegram's `media_group_id`, when it is one of an album. */
  readonly albumId?: string;
}

/** The file of a photo that is there already. */
export interface FetchedPhoto {
  readonly bytes: Uint8Array;
  /** What was found in it, if it was looked at. */
  readonly found?: FoundFaces;
}

/** The photo of a message that was sent as a photo: of the sizes that Telegram offers, the last is the largest. */
export function photoIn(message: Message): SentPhoto | undefined {
  const largest = message.photo?.at(-1);
  if (!largest) return undefined;
  const { file_id: fileId, file_unique_id: uniqueId, file_size: size } = largest;
  return sentPhoto(message, { fileId, uniqueId, ...(size !== undefined && { size }) });
}

/** A message's file, when a picture was found in it. */
export const documentAsPhoto = (message: Message, document: Document): SentPhoto =>
  sentPhoto(message, documentFile(document));

const sentPhoto = ({ message_id, media_group_id }: Message, file: TelegramFile): SentPhoto => ({
  file,
  messageId: message_id,
  ...(media_group_id && { albumId: media_group_id }),
});
