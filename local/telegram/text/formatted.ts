import type { MessageEntity } from 'grammy/types';
import { type BotApiError, badRequest } from '../errors.ts';

/** Text with its entities; offsets and lengths count UTF-16 code units. */
export interface FormattedText {
  readonly text: string;
  readonly entities: MessageEntity[];
}

/** The error for text that its parse mode does not allow. */
export function cannotParse(why: string): BotApiError {
  return badRequest(`can't parse entities: ${why}`);
}

/** The byte offset, which is what Telegram's messages name, of a position in a string. */
export function bytes(text: string, position: number): number {
  return Buffer.byteLength(text.slice(0, position));
}

/** A link's entity; one without a usable address is plain text, as in Telegram. */
export function linkEntity(address: string, offset: number, length: number): MessageEntity | undefined {
  const url = /^[a-z][a-z0-9+.-]*:/i.test(address) ? address : `http://${address}`;
  if (!URL.canParse(url)) return undefined;
  return { type: 'text_link', offset, length, url };
}
