import { dayOf } from './times.ts';
import type { Message } from './types.ts';

/** Messages that are drawn as one bubble, and what is drawn above them. */
export interface Group {
  readonly messages: readonly Message[];
  /** The day, where a new one begins. */
  readonly day?: string;
  /** Whether the sender is another than that of the bubble above. */
  readonly newSender: boolean;
}

/**
 * Puts an album's messages together where its first stands (they share a `media_group_id`, and the bot may answer
 * before the last has come), and marks where a day or sender begins.
 */
export function groupsOf(messages: readonly Message[]): Group[] {
  const albums = new Map<string | number, Message[]>();
  for (const message of messages) {
    const key = message.media_group_id ?? message.message_id;
    const album = albums.get(key);
    if (album) album.push(message);
    else albums.set(key, [message]);
  }
  return [...albums.values()].map((album, index, all) => {
    const before = all[index - 1]?.[0];
    const first = album[0]!;
    const day = dayOf(first.date);
    const newDay = before === undefined || dayOf(before.date) !== day;
    return {
      messages: album,
      newSender: newDay || before?.from?.id !== first.from?.id,
      ...(newDay && { day }),
    };
  });
}
