import { type Clock, day, expiry, second } from '../clock.ts';
import { type Party, partyPartition } from '../parties/party.ts';
import type { FrameTime } from '../record/frame-time.ts';
import type { Key, Table } from '../stores/table.ts';
import type { JudgedFace } from './judged-faces.ts';

/** A face at a moment, milliseconds since 1970. */
export interface Look extends JudgedFace {
  readonly time: number;
}

/** What was seen of a guest at a party before the arrival, or ever if there is none. */
export interface GuestLooks {
  /** The most similar one. */
  readonly best: Look;
  /** The newest ones, oldest first, a second apart. */
  readonly recent: readonly Look[];
}

/** All faces of one frame. */
export interface FrameLook extends FrameTime {
  readonly faces: readonly JudgedFace[];
}

const keptFor = 7 * day;
const mostRecent = 5;
const apart = second;
/** A guest who stands at the door and is not named is written down so often, milliseconds. */
const writtenEvery = 3 * second;

const guestKey = (partyId: string, guestId: string): Key => ({
  pk: partyPartition(partyId),
  sk: `look#${guestId}`,
});
const frameKey = (partyId: string): Key => ({ pk: partyPartition(partyId), sk: 'look' });

/**
 * What the door saw of late, so that a host can be told why somebody was announced, or was not. It decides nothing.
 *
 * One of these lives as long as its Lambda does; what it remembers saves reads and writes.
 */
export class Looks {
  readonly #table: Table;
  readonly #now: Clock;
  readonly #guests = new Map<string, GuestLooks & { readonly writtenAt: number }>();
  #frameWrittenAt = Number.NEGATIVE_INFINITY;

  constructor(table: Table, now: Clock) {
    this.#table = table;
    this.#now = now;
  }

  /** Of a guest; undefined when no face was like theirs. */
  async of(partyId: string, guestId: string): Promise<GuestLooks | undefined> {
    return this.#table.get<GuestLooks>(guestKey(partyId, guestId));
  }

  /** The newest frame with a face in it, a few seconds old at most while somebody is there. */
  async latest(partyId: string): Promise<FrameLook | undefined> {
    return this.#table.get<FrameLook>(frameKey(partyId));
  }

  /**
   * Notes frames of a party.
   *
   * @param isOfInterest whether there is anything to be explained of a guest yet
   */
  async note(
    party: Pick<Party, 'id'>,
    frames: readonly FrameLook[],
    isOfInterest: (guestId: string) => boolean,
  ): Promise<void> {
    const [newest] = frames.filter(({ faces }) => faces.length > 0).sort((a, b) => b.time - a.time);
    if (!newest) return;
    const looks = new Map<string, Look[]>();
    for (const { time, faces } of [...frames].sort((a, b) => a.time - b.time)) {
      for (const face of faces) {
        const { kind, id } = face.person ?? {};
        if (kind === 'guest' && id !== undefined && isOfInterest(id))
          looks.set(id, [...(looks.get(id) ?? []), { ...face, time }]);
      }
    }
    await Promise.all([
      this.#noteFrame(party.id, newest),
      ...[...looks].map(([guestId, seen]) => this.#noteGuest(party.id, guestId, seen)),
    ]);
  }

  async #noteFrame(partyId: string, { time, clock, faces }: FrameLook): Promise<void> {
    if (this.#now() - this.#frameWrittenAt < writtenEvery) return;
    this.#frameWrittenAt = this.#now();
    const expiresAt = expiry(this.#now(), keptFor);
    await this.#table.put({ ...frameKey(partyId), time, clock, faces, expiresAt });
  }

  async #noteGuest(partyId: string, guestId: string, seen: readonly Look[]): Promise<void> {
    const memory = `${partyId} ${guestId}`;
    const remembered = this.#guests.get(memory);
    const before = remembered ?? (await this.of(partyId, guestId));
    const best = [...(before ? [before.best] : []), ...seen].reduce((a, b) => (isBetter(b, a) ? b : a));
    const recent = spaced([...(before?.recent ?? []), ...seen]).slice(-mostRecent);
    const writtenAt = remembered?.writtenAt ?? Number.NEGATIVE_INFINITY;
    const isDue = this.#now() - writtenAt >= writtenEvery || best !== before?.best;
    this.#guests.set(memory, { best, recent, writtenAt: isDue ? this.#now() : writtenAt });
    if (!isDue) return;
    const expiresAt = expiry(this.#now(), keptFor);
    await this.#table.put({ ...guestKey(partyId, guestId), guestId, best, recent, expiresAt });
  }
}

/** One that counts is nearer than any that does not. */
function isBetter(one: Look, other: Look): boolean {
  const [counts, countsToo] = [one, other].map(({ verdict }) => verdict === 'counts');
  return counts === countsToo ? (one.similarity ?? 0) > (other.similarity ?? 0) : counts === true;
}

/** Those of them that are apart; a frame that came twice is one. */
function spaced(looks: readonly Look[]): Look[] {
  const kept: Look[] = [];
  for (const look of [...looks].sort((a, b) => a.time - b.time))
    if (look.time - (kept.at(-1)?.time ?? Number.NEGATIVE_INFINITY) >= apart) kept.push(look);
  return kept;
}
