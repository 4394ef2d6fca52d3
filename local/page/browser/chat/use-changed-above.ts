import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Message } from './types.ts';

/**
 * The bot may answer in a message that it sent before, by changing it: where that is further up and out of sight, nobody
 * would see it.
 *
 * @param list the element that scrolls
 * @returns the message that was changed out of sight, until it is seen; and what to call when one has scrolled
 */
export function useChangedAbove(
  messages: readonly Message[],
  list: { readonly current: HTMLElement | null },
): { changed: number | undefined; lookAgain: () => void } {
  const [changed, setChanged] = useState<number>();
  const seen = useRef<ReadonlyMap<number, number> | undefined>(undefined);

  const isAbove = (id: number): boolean => {
    const message = list.current?.querySelector(`article[data-message-id="${id}"]`);
    if (!message || !list.current) return false;
    return message.getBoundingClientRect().bottom < list.current.getBoundingClientRect().top + visible;
  };
  useLayoutEffect(() => {
    const edits = new Map(messages.map(({ message_id, edit_date = 0 }) => [message_id, edit_date]));
    const before = seen.current;
    seen.current = edits;
    if (!before || before.size === 0) return;
    const newest = messages.findLast(
      ({ message_id: id, edit_date = 0, from }) => from?.is_bot && edit_date > (before.get(id) ?? edit_date),
    );
    if (newest && isAbove(newest.message_id)) setChanged(newest.message_id);
    // The bot said something new, too: that is what one reads.
    else if (messages.at(-1)?.from?.is_bot && !before.has(messages.at(-1)!.message_id)) setChanged(undefined);
  }, [messages]);

  const lookAgain = () => {
    if (changed !== undefined && !isAbove(changed)) setChanged(undefined);
  };
  return { changed, lookAgain };
}

/** A message counts as seen when so much of its lower end shows, in pixels. */
const visible = 40;
