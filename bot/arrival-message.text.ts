import type { MessageEntity } from 'grammy/types';
import { shownName } from './names.ts';

/** A text with its formatting apart from it: no name can then be taken for markup. */
export interface Formatted {
  readonly text: string;
  readonly entities: MessageEntity[];
}

/** What people read when a guest arrives. */
export function arrivalText(name: string, clock: string): Formatted {
  const shown = shownName(name);
  // Offsets and lengths count UTF-16 code units, as JavaScript's do (Bot API, MessageEntity).
  return {
    text: `${shown} has arrived, ${clock}`,
    entities: [{ type: 'bold', offset: 0, length: shown.length }],
  };
}

/** What the host reads whose guest's song Telegram did not take. */
export function songNotSent(title: string, name: string, withCarol: boolean): string {
  const instead = withCarol ? 'so I played a carol' : 'so there was no music';
  return `I couldn’t play “${title}” for ${shownName(name)}, ${instead}. Send me the song again, as an MP3 or M4A file.`;
}
