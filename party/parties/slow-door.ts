import type { Claim } from '../outbox/claim.ts';
import type { Dispatcher } from '../outbox/dispatcher.ts';
import type { Message } from '../outbox/message.ts';
import { isAlive, Pulses } from '../recognition/pulse.ts';
import type { Services } from '../services.ts';
import type { LookPace } from './look-pace.ts';
import { noticeMessage } from './notices.ts';
import type { Party, Slowness } from './party.ts';

type SlowServices = Pick<Services, 'parties' | 'table' | 'rules' | 'now'>;

/**
 * Tells the host that the door is looked at too seldom for anybody to be recognised, and when that is over; once each
 * in a party, for a computer that is now too busy and now not would fill the chat. `/status` and the page say it at any
 * time.
 */
export async function reportSlowness(
  services: SlowServices,
  dispatcher: Pick<Dispatcher, 'send'>,
  party: Party,
): Promise<void> {
  const { table, now } = services;
  if (now() >= party.endsAt) return;
  const slow = await slownessOf(services, party);
  if (!slow) return;
  const began = message(party, { since: slow.since });
  if (slow.until === undefined) {
    await dispatcher.send(began);
    return;
  }
  const told = await table.get<Claim>(began.key);
  if (told?.claim === 'done') await dispatcher.send(message(party, slow));
}

/** Where records do not say how often it looks, the producer's pulse does. */
async function slownessOf(
  { parties, table, rules, now }: SlowServices,
  party: Party,
): Promise<Slowness | undefined> {
  if (rules.recordsEachLook) return party.slow;
  const pulse = await new Pulses(table).read();
  if (pulse?.serves === undefined || !isAlive(pulse, now())) return party.slow;
  const pace: LookPace = pulse.isTooSlow ? 'too slow' : 'enough';
  await parties.lookedAt(party, pace, now());
  return (await parties.latest())?.slow;
}

function message(party: Party, slow: Slowness): Message {
  const notice = noticeMessage(party, { what: 'too slow', slow }, slow.until ?? slow.since);
  const { pk, sk } = notice.key;
  return slow.until === undefined ? notice : { ...notice, key: { pk, sk: `${sk}#over` } };
}
