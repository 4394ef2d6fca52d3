import * as z from 'zod';
import { type Clock, hour, minute } from '../clock.ts';
import { type Claim, type Claimed, Claims } from '../outbox/claim.ts';
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

interface ToldItem extends AlarmChange, Claim {
  readonly chatId: number;
}

/** Longer than the Lambda that tells can live (30 s). */
const lease = minute;
/** An alarm that is on for longer than this has been forgotten. */
const keptFor = 30 * 24 * hour;

const pk = (name: string): string => `ALARM#${name}`;
const changeKey = ({ name, time }: AlarmChange, chatId: number): Key => ({
  pk: pk(name),
  sk: `change#${String(time).padStart(15, '0')}#${chatId}`,
});

/** Which chat was told of which change of an alarm. */
export class Alarms {
  readonly #table: Table;
  readonly #claims: Claims;
  readonly #now: Clock;

  constructor(table: Table, now: Clock) {
    this.#table = table;
    this.#claims = new Claims(table, now);
    this.#now = now;
  }

  /** Claims the telling of a change to one chat. */
  async claim(change: AlarmChange, chatId: number): Promise<Claimed<ToldItem>> {
    const { name, state, time } = change;
    const expiresAt = Math.ceil((this.#now() + keptFor) / 1000);
    return this.#claims.claim(changeKey(change, chatId), lease, { name, state, time, chatId, expiresAt });
  }

  /** The message is in the chat, or can never be. */
  async told(change: AlarmChange, chatId: number): Promise<void> {
    await this.#claims.done(changeKey(change, chatId));
  }

  /** The message is surely not in the chat: anybody may try at once. */
  async notTold(change: AlarmChange, chatId: number): Promise<void> {
    await this.#claims.giveBack(changeKey(change, chatId), this.#now() - 1);
  }

  /** The chats that heard that an alarm went off before a time, and not since that it is over. */
  async waitingForEnd({ name, time }: AlarmChange): Promise<number[]> {
    const changes = await this.#table.query<ToldItem>(pk(name), 'change#');
    const last = new Map<number, ToldItem>();
    // In the order of their times: the sort key begins with it.
    for (const change of changes) if (change.time < time) last.set(change.chatId, change);
    return [...last.values()].flatMap(({ state, chatId }) => (state === 'on' ? [chatId] : []));
  }
}
