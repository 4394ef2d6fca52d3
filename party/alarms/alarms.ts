import * as z from 'zod';
import { expiry, hour } from '../clock.ts';
import type { Claim } from '../outbox/claim.ts';
import { type Message, type Place, placeOf } from '../outbox/message.ts';
import type { Key, Table } from '../stores/table.ts';

/** An alarm has gone off, or is over. */
export interface AlarmChange {
  /** The alarm's name. */
  readonly name: string;
  readonly state: 'on' | 'over';
  /** When, milliseconds since 1970. */
  readonly time: number;
}

const states = { ALARM: 'on', OK: 'over', INSUFFICIENT_DATA: undefined } as const;

/** What CloudWatch writes to the topic of an alarm (CloudWatch User Guide, "Notify users on alarm changes"). */
const notification = z.object({
  AlarmName: z.string().min(1).max(255),
  NewStateValue: z.enum(['ALARM', 'OK', 'INSUFFICIENT_DATA']),
  /** ISO 8601, with an offset that has no colon: `2026-12-24T18:00:00.000+0000`. */
  StateChangeTime: z
    .string()
    .transform((text) => Date.parse(text))
    .refine((time) => time > 0),
});

/**
 * Reads an alarm's notification.
 *
 * @param message the message on the topic: JSON
 * @returns `unreadable` when it is none, `nothing` when it says nothing that somebody must hear of
 */
export function readAlarm(message: string): AlarmChange | 'unreadable' | 'nothing' {
  let json: unknown;
  try {
    json = JSON.parse(message);
  } catch {
    return 'unreadable';
  }
  const read = notification.safeParse(json);
  if (!read.success) return 'unreadable';
  const { AlarmName: name, NewStateValue, StateChangeTime: time } = read.data;
  const state = states[NewStateValue];
  return state ? { name, state, time } : 'nothing';
}

/** A change of an alarm that a chat heard of, or is to. */
export interface ChangeItem extends AlarmChange, Place, Claim {}

/** An alarm that is on for longer than this has been forgotten. */
const keptFor = 30 * 24 * hour;

const pk = (name: string): string => `ALARM#${name}`;
const changeKey = ({ name, time }: AlarmChange, chatId: number): Key => ({
  pk: pk(name),
  sk: `change#${String(time).padStart(15, '0')}#${chatId}`,
});

/** The message of a change to one chat. @param now milliseconds since 1970 */
export function alarmMessage(change: AlarmChange, place: Place, now: number): Message {
  const { name, state, time } = change;
  const details = { name, state, time, ...placeOf(place), expiresAt: expiry(now, keptFor) };
  return { kind: 'alarm', key: changeKey(change, place.chatId), place: placeOf(place), time, details };
}

/** Which chat heard of which change of an alarm. */
export class Alarms {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  /** The chats that hear that an alarm went off before a time, and not since that it is over. */
  async waitingForEnd({ name, time }: AlarmChange): Promise<Place[]> {
    const changes = await this.#table.query<ChangeItem>(pk(name), 'change#');
    const last = new Map<number, ChangeItem>();
    // In the order of their times: the sort key begins with it. One that was dropped was told elsewhere.
    for (const change of changes)
      if (change.time < time && change.claim !== 'dropped') last.set(change.chatId, change);
    return [...last.values()].filter(({ state }) => state === 'on').map(placeOf);
  }
}
