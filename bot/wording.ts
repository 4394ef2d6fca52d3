import { shownName } from './names.ts';

/** `1 photo`, `2 photos`. */
export function count(number: number, thing: string): string {
  return `${number} ${thing}${number === 1 ? '' : 's'}`;
}

/** `this and that`, `this, that, and the other`. */
export const andList = new Intl.ListFormat('en', { type: 'conjunction' });

/** `Anna`, `Anna and Ben`, `Anna, Ben, and 3 more guests`: so many names at most, as they are shown. */
export function namesInList(names: readonly string[], most = 10): string {
  const shown = names.length > most ? names.slice(0, most) : names;
  const rest = names.length - shown.length;
  return andList.format([...shown.map(shownName), ...(rest > 0 ? [count(rest, 'more guest')] : [])]);
}

/** Bot API, sendMessage. */
const maxText = 4096;

/** Lines, put together into as few messages as Telegram's limit allows. A line is never cut. */
export function inMessages(lines: readonly string[]): string[] {
  const messages: string[] = [];
  for (const line of lines) {
    const last = messages.at(-1);
    const joined = last === undefined ? line : `${last}\n${line}`;
    if (last === undefined || joined.length > maxText) messages.push(line);
    else messages[messages.length - 1] = joined;
  }
  return messages;
}

/** As many lines as one message takes. */
export const firstMessage = (lines: readonly string[]): string => inMessages(lines)[0] ?? '';
