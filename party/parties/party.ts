import { type Place, placeOf } from '../outbox/message.ts';
import type { DoorState } from './door.ts';
import type { Interruption } from './interruptions.ts';

/** A party. Times are milliseconds since 1970. */
export interface Party {
  /** When it started, as an ISO date: unique, and in order whatever the clock was set to meanwhile. */
  readonly id: string;
  /** The party's one chat: where `/start_party` was said. */
  readonly chatId: number;
  /** The topic in which it was said, if that chat is a forum. */
  readonly threadId?: number;
  readonly startedBy: number;
  readonly startedAt: number;
  /** A party always ends. */
  readonly endsAt: number;
  /** The last moment at which the door was surely watched; absent before the first. */
  readonly watchedUntil?: number;
  /** What last kept the door from being watched, if anybody knew. */
  readonly interruption?: Interruption;
  /** When the door was last looked at too seldom, if it ever was (`look-pace.ts`). */
  readonly slow?: Slowness;
  /** Once its time is over: the newest frame that was handled with all before it, which may be one from after its end. */
  readonly handledUntil?: number;
  /** The message that says how the party's start goes, in its chat. */
  readonly startMessage?: number;
  /** What that message says of the door, and how many guests it says are expected. */
  readonly startTold?: DoorState;
  readonly startInvited?: number;
  /** How many arrivals were taken back: whoever remembers who has arrived looks again when it is another number. */
  readonly corrections?: number;
}

/** A time in which the door was looked at too seldom for anybody to be recognised. Milliseconds since 1970. */
export interface Slowness {
  readonly since: number;
  /** Absent while it lasts. */
  readonly until?: number;
}

/** Whose party it is to be, and until when. */
export type NewParty = Pick<Party, 'chatId' | 'threadId' | 'startedBy' | 'endsAt' | 'startMessage'>;

/** A party that was ended: `endsAt` is when it was over for its guests. */
export interface PastParty extends Party {
  /** When it was put among the past ones. */
  readonly endedAt: number;
}

/** Until when the door was surely watched, milliseconds since 1970. At the start of a party it is. */
export function watchedUntil({ watchedUntil: until, startedAt }: Party): number {
  return until ?? startedAt;
}

/** The partition of all that belongs to one party: arrivals, gaps, what was sent of them. */
export const partyPartition = (partyId: string): string => `PARTY#${partyId}`;

/** Where a party's messages go; where they cannot, whoever started it gets them in private. */
export function partyPlace({ chatId, threadId, startedBy }: Party): Place {
  return placeOf({ chatId, hostId: startedBy, ...(threadId !== undefined && { threadId }) });
}

/**
 * Where what is not for all is told: a party's guests need not read that its camera is gone, or who has not come. A
 * private chat has the id of the user (Bot API, Chat).
 */
export const hostPlace = (party: Party): Place =>
  isPrivate(party) ? partyPlace(party) : { chatId: party.startedBy };

/** Whether a party's chat is its host's own. */
export const isPrivate = ({ chatId, startedBy }: Pick<Party, 'chatId' | 'startedBy'>): boolean =>
  chatId === startedBy;
