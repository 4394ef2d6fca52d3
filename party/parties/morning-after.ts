import { day, hour, minute } from '../clock.ts';
import type { Dispatcher } from '../outbox/dispatcher.ts';
import type { Services } from '../services.ts';
import { noticeMessage } from './notices.ts';

/** What people were not asked by then is asked no more, milliseconds after noon. */
const askedFor = day;

/**
 * At noon after a party, whoever started it is asked once whether the faces are to be forgotten.
 *
 * Never while a party is on: its guests are recognised by them.
 */
export async function askMorningAfter(
  { parties, settings, now }: Pick<Services, 'parties' | 'settings' | 'now'>,
  dispatcher: Pick<Dispatcher, 'send'>,
): Promise<void> {
  const party = await parties.lastPast();
  if (!party) return;
  const { timeZone, photosKept } = await settings.read();
  // They go by themselves: a host has said when.
  if (photosKept) return;
  const noon = noonAfter(party.endsAt, timeZone);
  if (now() < noon || now() > noon + askedFor) return;
  await dispatcher.send({
    ...noticeMessage(party, { what: 'morning after' }, noon),
    place: { chatId: party.startedBy },
  });
}

/**
 * The first noon after a moment, milliseconds since 1970.
 *
 * @param timeZone IANA name; the process's own when not given
 */
export function noonAfter(moment: number, timeZone: string | undefined): number {
  const format = new Intl.DateTimeFormat('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    ...(timeZone && { timeZone }),
  });
  // By quarters of an hour: no two time zones are less apart.
  const quarter = 15 * minute;
  for (let time = Math.ceil(moment / quarter) * quarter; ; time += quarter) {
    if (format.format(time) === '12:00' || time > moment + day + hour) return time;
  }
}
