import type { Arrival, Arrivals } from '../../party/arrivals/arrivals.ts';
import { NotSentError } from '../../party/errors.ts';

/** Leaves an arrival as one whose sender died does: claimed, and its lease not over. */
export async function diedSending(arrivals: Arrivals, arrival: Arrival): Promise<void> {
  await arrivals.deliver(arrival, () => Promise.reject(new Error('The Lambda died.')));
}

/** The same when the lease is over: whoever looks next may claim it. */
export async function diedLongAgo(arrivals: Arrivals, arrival: Arrival): Promise<void> {
  await arrivals.deliver(arrival, () => Promise.reject(new NotSentError('Long ago', Date.now() - 1)));
}
