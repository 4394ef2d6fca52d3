import type { Road } from '../metrics.ts';
import type { Claim } from './claim.ts';
import type { Message, MessageKind, Place } from './message.ts';

/** What only the first who sends a message has in hand; whoever sends it later does without, or looks for it. */
export interface Fresh {
  /** The times of an arrival's road up to here, if it was straight. */
  readonly straight?: Road['straight'];
  /** An arrival's picture as people are to see it, JPEG. */
  readonly jpeg?: Uint8Array;
}

/**
 * Brings one message into a chat. Returns when it is there.
 *
 * @param item what is kept of the message: its details, and how often it was tried
 * @param place where it goes now
 * @throws NotSentError when it surely is not there; UnsendableError when it never will be. Any other error leaves open
 * whether it is
 */
// biome-ignore lint/suspicious/noExplicitAny: each kind knows its own item; the outbox keeps it and never looks into it.
export type Deliver = (item: any, place: Place, fresh: Fresh) => Promise<void>;

/** How the kinds of messages are sent. A sender leaves those that it has none for to others. */
export interface Deliveries extends Readonly<Partial<Record<MessageKind, Deliver>>> {
  /** Tells the names of several arrivals in one message. */
  // biome-ignore lint/suspicious/noExplicitAny: as above
  readonly together?: (arrivals: any[], place: Place) => Promise<void>;
  /** Told of a message that has to wait for its chat: what goes elsewhere because of it does not. */
  readonly whileItWaits?: (message: Message) => Promise<unknown>;
  /** Tells a place's host that it cannot be written to. */
  readonly chatGone?: (place: Place) => Promise<unknown>;
}

/** An item as its kind knows it. */
export type Kept<Item> = Item & Claim;
