import { minute } from '../clock.ts';
import type { Dispatcher } from '../outbox/dispatcher.ts';
import type { Services } from '../services.ts';
import { noticeMessage } from './notices.ts';
import type { Party } from './party.ts';

/** So long before its end a party's host is told of it, milliseconds. */
const warnedBefore = 15 * minute;
/** Who starts a party that is hardly longer knows when it ends. Milliseconds. */
const longEnough = 30 * minute;

/** Tells the host, once for each end that a party was given, that it comes soon. */
export async function warnOfEnd(
  { now }: Pick<Services, 'now'>,
  dispatcher: Pick<Dispatcher, 'send'>,
  party: Party,
): Promise<void> {
  const { startedAt, endsAt } = party;
  const warnedAt = endsAt - warnedBefore;
  if (endsAt - startedAt < longEnough || now() < warnedAt || now() >= endsAt) return;
  const notice = noticeMessage(party, { what: 'ends soon', partyId: party.id, endsAt }, warnedAt);
  const { pk, sk } = notice.key;
  await dispatcher.send({ ...notice, key: { pk, sk: `${sk}#${endsAt}` } });
}
