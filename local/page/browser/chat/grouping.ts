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

/** Puts an album's messages together (they share a `media_group_id`) and marks where a day or sender begins. */
export function groupsOf(messages: readonly Message[]): Group[] {
  const albums: Message[][] = [];
  for (const message of messages) {
    const before = albums.at(-1);
    const album = message.media_group_id;
    if (before && album !== undefined && before[0]!.media_group_id === album) before.push(message);
    else albums.push([message]);
  }
  return albums.map((album, index) => {
    const before = albums[index - 1]?.[0];
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
