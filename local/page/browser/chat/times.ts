// As the bot tells times, in its messages: one chat, one kind of clock.
const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'medium', hourCycle: 'h23' });
const day = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long' });

/** Hour and minute; the time is in seconds since 1970, as the Bot API's is. */
export const clockTime = (seconds: number) => clock.format(seconds * 1000);

/** Day and time in full. */
export const fullTime = (seconds: number) => full.format(seconds * 1000);

/** The day, in words: what two messages of one day have in common. */
export function dayOf(seconds: number, now = Date.now()): string {
  const name = day.format(seconds * 1000);
  if (name === day.format(now)) return 'Today';
  return name === day.format(now - 24 * 3_600_000) ? 'Yesterday' : name;
}
