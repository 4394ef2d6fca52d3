import type { Clock } from '../clock.ts';
import type { Key, Table } from '../stores/table.ts';
import type { Interruption, InterruptionCause } from './interruptions.ts';
import type { LookPace } from './look-pace.ts';
import { type NewParty, type Party, type PastParty, type Slowness, watchedUntil } from './party.ts';
import type { StartedState } from './shown-start.ts';

/** What is kept on the party's item besides the party. */
interface PartyItem extends Party {
  /** How many guests got a carol. */
  readonly carols?: number;
}

const onKey: Key = { pk: 'PARTY', sk: 'now' };
const pastKey = (party: Party): Key => ({ pk: 'PARTIES', sk: party.id });

/** The party that is on, and those that were. */
export class Parties {
  readonly #table: Table;
  readonly #now: Clock;

  constructor(table: Table, now: Clock) {
    this.#table = table;
    this.#now = now;
  }

  /** The party that was started and not yet ended, though its time may be over: then it is the tick's to end. */
  async latest(): Promise<Party | undefined> {
    return this.#table.get<PartyItem>(onKey);
  }

  /** The party that is on now. */
  async on(): Promise<Party | undefined> {
    const party = await this.latest();
    return party && party.endsAt > this.#now() ? party : undefined;
  }

  /** @returns the party, or undefined when another has not been ended */
  async start(what: NewParty): Promise<Party | undefined> {
    const startedAt = this.#now();
    // After the last one also by a clock that was set back since.
    const last = await this.lastPast();
    const id = new Date(Math.max(startedAt, last ? Date.parse(last.id) + 1 : 0)).toISOString();
    const party: Party = { id, startedAt, ...what };
    return (await this.#table.put({ ...onKey, ...party }, 'attribute_not_exists(#pk)')) ? party : undefined;
  }

  /**
   * Ends a party. Safe to repeat: the past party is written first, so nothing is lost in between.
   *
   * @returns true for the one caller that ended it
   */
  async end(party: Party): Promise<boolean> {
    const { id, chatId, threadId, startedBy, startedAt, startMessage, endsAt } = party;
    const { watchedUntil, corrections } = party;
    const past: PastParty = {
      ...{ id, chatId, startedBy, startedAt, endsAt, endedAt: this.#now() },
      ...(threadId !== undefined && { threadId }),
      ...(startMessage !== undefined && { startMessage }),
      ...(watchedUntil !== undefined && { watchedUntil }),
      ...(corrections !== undefined && { corrections }),
    };
    await this.#table.put({ ...pastKey(party), ...past }, 'attribute_not_exists(#pk)');
    return this.#table.delete(onKey, '#id = :id', { id });
  }

  /** Lets the party go on until another time. @returns the party as it is now, or undefined when it is over */
  async extend(party: Party, endsAt: number): Promise<Party | undefined> {
    return this.#table.update<PartyItem>(
      onKey,
      'SET #endsAt = :endsAt',
      { endsAt, id: party.id },
      '#id = :id',
    );
  }

  /** Notes that the door was watched until a moment, milliseconds since 1970; an earlier one changes nothing. */
  async watched(party: Pick<Party, 'id'>, until: number): Promise<void> {
    await this.#table.update(
      onKey,
      'SET #watchedUntil = :until',
      { until, id: party.id },
      '#id = :id AND (attribute_not_exists(#watchedUntil) OR #watchedUntil < :until)',
    );
  }

  /**
   * Notes why the door is not watched from now on, for the party that is on. What was noted since the door was last
   * watched stays: the first is the cause, and what follows is its consequence.
   *
   * @param at when it was found, milliseconds since 1970
   */
  async interrupted(cause: InterruptionCause, at: number = this.#now()): Promise<void> {
    const party = await this.on();
    if (!party) return;
    const since = watchedUntil(party);
    if (party.interruption && party.interruption.at >= since) return;
    // Not before, by a clock that was set back meanwhile.
    const interruption: Interruption = { cause, at: Math.max(at, since) };
    await this.#table.update(
      onKey,
      'SET #interruption = :interruption',
      { interruption, id: party.id },
      '#id = :id',
    );
  }

  /**
   * Notes whether the door is looked at often enough, for the party that is on. What is noted already stays.
   *
   * @param at when it was found, milliseconds since 1970
   */
  async lookedAt(party: Pick<Party, 'id'>, pace: LookPace, at: number): Promise<void> {
    const [change, values, condition] =
      pace === 'too slow'
        ? [
            'SET #slow = :slow',
            { slow: { since: at } satisfies Slowness },
            '(attribute_not_exists(#slow) OR attribute_exists(#slow.#until))',
          ]
        : [
            'SET #slow.#until = :until',
            { until: at },
            'attribute_exists(#slow) AND attribute_not_exists(#slow.#until)',
          ];
    await this.#table.update(onKey, change, { ...values, id: party.id }, `#id = :id AND ${condition}`);
  }

  /** Notes what the message about the party's start says. */
  async toldStart(
    party: Pick<Party, 'id'>,
    { door: startTold, invited: startInvited }: Pick<StartedState, 'door' | 'invited'>,
  ): Promise<void> {
    await this.#table.update(
      onKey,
      'SET #startTold = :startTold, #startInvited = :startInvited',
      { startTold, startInvited, id: party.id },
      '#id = :id',
    );
  }

  /** Notes that all frames up to this one are handled, milliseconds since 1970. */
  async handled(party: Pick<Party, 'id'>, until: number): Promise<void> {
    await this.#table.update(
      onKey,
      'SET #handledUntil = :until',
      { until, id: party.id },
      '#id = :id AND (attribute_not_exists(#handledUntil) OR #handledUntil < :until)',
    );
  }

  /**
   * Notes that an arrival is being taken back.
   *
   * @returns how many were, with this one; undefined when the party is over
   */
  async correct(party: Pick<Party, 'id'>): Promise<number | undefined> {
    const change = 'ADD #corrections :one';
    const item = await this.#table.update<PartyItem>(onKey, change, { one: 1, id: party.id }, '#id = :id');
    return item?.corrections;
  }

  /** The past parties, oldest first. */
  async past(): Promise<PastParty[]> {
    return this.#table.query<PastParty>('PARTIES');
  }

  /** The newest of the past parties. */
  async lastPast(): Promise<PastParty | undefined> {
    return this.#table.last<PastParty>('PARTIES');
  }

  /** A party, be it on or past. */
  async find(id: string): Promise<Party | undefined> {
    const latest = await this.latest();
    return latest?.id === id ? latest : this.#table.get<PastParty>({ pk: 'PARTIES', sk: id });
  }

  /** A chat goes on under another id: so does the party in it. */
  async moveChat(from: number, to: number): Promise<void> {
    await this.#table.update(onKey, 'SET #chatId = :to', { to, from }, '#chatId = :from');
  }

  /** The turn of the next guest without a song, counting from 0; undefined when the party is over. */
  async nextCarolTurn(party: Pick<Party, 'id'>): Promise<number | undefined> {
    const item = await this.#table.update<PartyItem>(
      onKey,
      'ADD #carols :one',
      { one: 1, id: party.id },
      '#id = :id',
    );
    return item?.carols === undefined ? undefined : item.carols - 1;
  }
}
