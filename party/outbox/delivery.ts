import type { Clock, Pause } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import type { Parties } from '../parties/parties.ts';
import type { Destinations } from './destinations.ts';
import type { Outbox } from './outbox.ts';

/**
 * What came of a message:
 *
 * - `sent`: it is in the chat, and marked so;
 * - `not sent`: surely not; it is tried again from the error's `retryAt` on;
 * - `perhaps sent`: nobody knows, or the mark could not be written; it is tried again when the lease has ended;
 * - `waits`: the chat takes no messages now, or others come first; it is sent in its turn;
 * - `in progress`: another has it, or it waits for its next try;
 * - `done`: it was sent before; `dropped`: it never will be.
 */
export type Delivery =
  | { readonly outcome: 'sent' | 'waits' | 'in progress' | 'done' | 'dropped' }
  | { readonly outcome: 'not sent' | 'perhaps sent'; readonly error: unknown };

/** What sending needs of the services. */
export interface SendingServices {
  readonly outbox: Outbox;
  readonly destinations: Destinations;
  readonly parties: Pick<Parties, 'moveChat'>;
  readonly now: Clock;
  readonly pause: Pause;
  readonly log: Log;
  readonly metrics: Metrics;
}
