import type { Place } from '../outbox/message.ts';
import type { DoorState } from './door.ts';
import type { Party } from './party.ts';
import type { WhyNotStarted } from './why-not-started.ts';

/** How far a party's start is. */
export type StartState =
  /** It is tried again until then, milliseconds since 1970. */
  | ({ readonly state: 'waits'; readonly until: number } & WhyNotStarted)
  /** It is given up. */
  | ({ readonly state: 'failed' } & WhyNotStarted)
  /** Somebody else starts or ends a party. */
  | { readonly state: 'busy' }
  /** Another party is on. */
  | { readonly state: 'other is on'; readonly party: Party }
  | StartedState;

/** The party is on. */
export interface StartedState {
  readonly state: 'on';
  readonly endsAt: number;
  readonly door: DoorState;
  /** How many guests are expected. */
  readonly invited: number;
  /** What is wrong all the same, in the recognition's words. */
  readonly problem?: string;
}

/** How far a start is, and the message that says so. */
export interface ShownStart extends Place {
  readonly messageId: number;
  readonly start: StartState;
}
