/** `1 photo`, `2 photos`. */
export function count(number: number, thing: string): string {
  return `${number} ${thing}${number === 1 ? '' : 's'}`;
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
