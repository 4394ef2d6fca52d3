import { type Arrival, arrivalMessage } from '../../party/arrivals/arrivals.ts';
import type { Outbox } from '../../party/outbox/outbox.ts';

/** Leaves an arrival as one whose sender died does: claimed, and its lease not over. */
export async function diedSending(outbox: Outbox, arrival: Arrival): Promise<void> {
  const message = arrivalMessage(arrival);
  await outbox.accept(message);
  await outbox.claim(message);
}

/** The same when the lease is over: whoever looks next may claim it. */
export async function diedLongAgo(outbox: Outbox, arrival: Arrival): Promise<void> {
  await diedSending(outbox, arrival);
  await outbox.giveBack(arrivalMessage(arrival), Date.now() - 1);
}

/** Leaves an arrival as one that was told long ago. */
export async function toldLongAgo(outbox: Outbox, arrival: Arrival): Promise<void> {
  await diedSending(outbox, arrival);
  await outbox.done(arrivalMessage(arrival));
}
