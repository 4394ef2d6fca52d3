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
