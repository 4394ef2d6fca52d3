import type { Dispatcher } from '../outbox/dispatcher.ts';
import { isAlive, Pulses } from '../recognition/pulse.ts';
import type { Services } from '../services.ts';
import { noticeMessage } from './notices.ts';
import type { Party } from './party.ts';

/**
 * Tells the host, once each in a party, what the producer's pulse says of two producers at one door and of searches that
 * came to their limit: who does not ask for `/status` would pay for the one, and miss guests by the other.
 */
export async function reportProducer(
  { table, now }: Pick<Services, 'table' | 'now'>,
  dispatcher: Pick<Dispatcher, 'send'>,
  party: Party,
): Promise<void> {
  const pulse = await new Pulses(table).read();
  if (!pulse?.alerts || !isAlive(pulse, now())) return;
  for (const alert of pulse.alerts) {
    const notice = noticeMessage(party, { what: 'producer', alert }, party.startedAt);
    const { pk, sk } = notice.key;
    await dispatcher.send({ ...notice, key: { pk, sk: `${sk}#${alert}` } });
  }
}
