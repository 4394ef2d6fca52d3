/** What the Tab key stops at. */
const stops = 'button, a[href], input, video';

/**
 * Of all messages one at a time is in the Tab key's way, so that whoever goes by keyboard passes the chat in a few
 * steps, however long it is. The arrow keys choose which one; the newest, if none was chosen.
 */
export function keepOneInTabOrder(list: HTMLElement, chosen: HTMLElement | undefined): void {
  const messages = [...list.querySelectorAll<HTMLElement>('article')];
  const current = chosen && messages.includes(chosen) ? chosen : messages.at(-1);
  for (const message of messages)
    for (const stop of message.querySelectorAll<HTMLElement>(stops))
      if (message === current) stop.removeAttribute('tabindex');
      else stop.tabIndex = -1;
}

/** The message so many above (negative) or below the one that has the focus; from outside, the newest. */
export function messageBeside(list: HTMLElement, by: number): HTMLElement | undefined {
  const messages = [...list.querySelectorAll<HTMLElement>('article')];
  const at = messages.findIndex((message) => message.contains(document.activeElement));
  return at < 0 ? messages.at(-1) : messages[at + by];
}
