import type { MessageEntity } from 'grammy/types';
import { shownName } from './names.ts';

/** A text with its formatting apart from it: no name can then be taken for markup. */
export interface Formatted {
  readonly text: string;
  readonly entities: MessageEntity[];
}

/** What people read when a guest arrives. */
export const arrivalText = (name: string): Formatted => boldName(name, ' is here!');

/** The same when it could not be told in time. */
export const lateArrivalText = (name: string, clock: string): Formatted =>
  boldName(name, ` came at ${clock}`);

/** What people read when several guests had to wait to be told of; a song for each follows. */
export function arrivalsText(lines: readonly Formatted[]): Formatted {
  const heading = 'They’re here! The songs follow.';
  let text = heading;
  const entities: MessageEntity[] = [];
  for (const line of lines) {
    const offset = text.length + 1;
    entities.push(...line.entities.map((entity) => ({ ...entity, offset: entity.offset + offset })));
    text = `${text}\n${line.text}`;
  }
  return { text, entities };
}

function boldName(name: string, said: string): Formatted {
  const shown = shownName(name);
  // Offsets and lengths count UTF-16 code units, as JavaScript's do (Bot API, MessageEntity).
  return { text: `${shown}${said}`, entities: [{ type: 'bold', offset: 0, length: shown.length }] };
}

/** What the host reads whose guest's song Telegram did not take. */
export function songNotSent(title: string, name: string, withCarol: boolean): string {
  const instead = withCarol ? 'so I played a carol' : 'so there was no music';
  return `I couldn’t play “${title}” for ${shownName(name)}, ${instead}. Send me the song again, as an MP3 or M4A file.`;
}
