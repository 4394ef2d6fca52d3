import type { ArrivalServices } from '../arrival-services.ts';
import { day, expiry } from '../clock.ts';
import { type Party, partyPartition } from '../parties/party.ts';
import { isDuring } from '../parties/party-of-frame.ts';
import type { RatioBox } from '../record/record.ts';
import type { Key, Table } from '../stores/table.ts';
import type { JudgedFace } from './judged-faces.ts';
import type { FrameLook } from './looks.ts';
import type { PlacedSighting, SeenGuests, TimedRecord } from './seen-guests.ts';
import { nothingWatched, type StillFaces, watchStillFaces } from './still-faces.ts';

/** When the door was watched first in a party, and where a guest's face was then. */
type StillItem = Key & { readonly since?: number; readonly guestId?: string; readonly box?: RatioBox };

const beginsWith = 'still';
/** Longer than any party, milliseconds. */
const keptFor = 7 * day;
const sinceKey = (partyId: string): Key => ({ pk: partyPartition(partyId), sk: beginsWith });
const guestKey = (partyId: string, guestId: string): Key => ({
  pk: partyPartition(partyId),
  sk: `${beginsWith}#${guestId}`,
});

/** The guests whose face was there when the door was watched first in a party, whatever became of it. */
export async function guestsFromTheBeginning(
  table: Pick<Table, 'query'>,
  partyId: string,
): Promise<string[]> {
  const items = await table.query<StillItem>(partyPartition(partyId), beginsWith);
  return items.flatMap(({ guestId }) => guestId ?? []);
}

/**
 * Leaves out faces that have not moved since a party began, by the rule of `still-faces.ts`: where records show every
 * face of every frame. Where they show a face only when it was searched, the producer does that.
 *
 * One of these lives as long as its Lambda does. What it knows of guests is in the table, too, for whoever goes on.
 */
export class StillGuests {
  readonly #services: Pick<ArrivalServices, 'table' | 'now'>;
  /** By the times of the frames that were looked at last, which of their faces have not moved. */
  #lately: ReadonlyMap<number, ReadonlySet<number>> = new Map();
  #known: { readonly partyId: string; readonly faces: StillFaces } | undefined;

  constructor(services: Pick<ArrivalServices, 'table' | 'now'>) {
    this.#services = services;
  }

  /**
   * The sightings of the guests who have moved, in what was looked at last.
   *
   * @param parties that it is of, the latest first: records of one may come when the next has begun
   */
  async moved(parties: readonly Party[], seen: SeenGuests): Promise<PlacedSighting[]> {
    const lately = new Map<number, ReadonlySet<number>>();
    const left: TimedRecord[] = [];
    // The latest last: what is known of it is remembered.
    for (const party of parties.toReversed()) left.push(...(await this.#watch(party, seen, lately)));
    this.#lately = lately;
    return seen.sightingsIn(left);
  }

  /** The records of a party, with those faces left out that are still; which those are, is added to `lately`. */
  async #watch(
    party: Party,
    seen: SeenGuests,
    lately: Map<number, ReadonlySet<number>>,
  ): Promise<TimedRecord[]> {
    const before = await this.#read(party);
    let known = before;
    const left: TimedRecord[] = [];
    const own = seen.looked.filter(({ time }) => isDuring(party, time));
    for (const placed of own.sort((a, b) => a.time - b.time)) {
      const { record, time } = placed;
      const faces = record.faces.map((face) => ({ box: face.box, guestId: seen.guestOf(face) }));
      const watched = watchStillFaces(known, time, faces);
      known = watched.known;
      lately.set(time, watched.still);
      const moving = record.faces.filter((_, index) => !watched.still.has(index));
      left.push({ ...placed, record: { ...record, faces: moving } });
    }
    // First: a batch that comes again because this failed finds again what is to be written.
    await this.#write(party, before, known);
    this.#known = { partyId: party.id, faces: known };
    return left;
  }

  /** What was looked at last, with those faces marked that would count if they moved. */
  marked(frames: readonly FrameLook[]): FrameLook[] {
    return frames.map((frame) => {
      const still = this.#lately.get(frame.time);
      const mark = (face: JudgedFace, index: number): JudgedFace =>
        face.verdict === 'counts' && still?.has(index) ? { ...face, verdict: 'still' } : face;
      return { ...frame, faces: frame.faces.map(mark) };
    });
  }

  async #read({ id: partyId }: Party): Promise<StillFaces> {
    if (this.#known?.partyId === partyId) return this.#known.faces;
    const items = await this.#services.table.query<StillItem>(partyPartition(partyId), beginsWith);
    const since = items.find(({ sk }) => sk === beginsWith)?.since;
    const guests = items.flatMap(({ guestId, box }) => (guestId && box ? [[guestId, box] as const] : []));
    return { ...nothingWatched, ...(since !== undefined && { since }), guests: new Map(guests) };
  }

  async #write({ id: partyId }: Party, before: StillFaces, now: StillFaces): Promise<void> {
    const { table, now: clock } = this.#services;
    const { since } = now;
    const expiresAt = expiry(clock(), keptFor);
    const found = [...now.guests].filter(([guestId]) => !before.guests.has(guestId));
    await Promise.all([
      ...(since !== undefined && since !== before.since
        ? [table.put({ ...sinceKey(partyId), since, expiresAt })]
        : []),
      ...found.map(([guestId, box]) => table.put({ ...guestKey(partyId, guestId), guestId, box, expiresAt })),
    ]);
  }
}
