import type { ArrivalServices } from '../arrival-services.ts';
import { FaceOwners } from '../guests/face-owners.ts';
import type { FaceOwner } from '../guests/people.ts';
import type { FrameTime } from '../record/frame-time.ts';
import type { FaceSearchRecord, RecordFace } from '../record/record.ts';
import { AwaitedFaces } from './awaited-faces.ts';
import { judgedFaces } from './judged-faces.ts';
import type { FrameLook } from './looks.ts';
import { type Sighting, sightings } from './sightings.ts';

/** A record with its place on the data stream. */
export interface PlacedRecord {
  readonly sequenceNumber: string;
  /** When it came onto the stream, milliseconds since 1970 (`approximateArrivalTimestamp`). */
  readonly cameAt: number;
  readonly record: FaceSearchRecord;
}

/** The same, with the time of its frame. */
export type TimedRecord = PlacedRecord & FrameTime;

/** A sighting with its record's place on the stream. */
export type PlacedSighting = Sighting & Pick<TimedRecord, 'cameAt' | 'sequenceNumber' | 'clock'>;

/** Records, and what is known of the faces that theirs are like. */
export interface JudgedRecords {
  readonly records: readonly TimedRecord[];
  readonly owners: ReadonlyMap<string, FaceOwner>;
  /** Those that have no owner yet and soon will. */
  readonly awaited: ReadonlySet<string>;
}

/** So many records are kept whose faces are nobody's yet; the newest, for they come in the order of their frames. */
const mostWaiting = 100;

/**
 * Which guests records show. A record that shows a face whose owner is awaited is looked at again with the next ones,
 * until the owner is there: so a guest who is enrolled while standing at the door loses nothing.
 */
export class SeenGuests {
  readonly #services: Pick<ArrivalServices, 'people' | 'guests' | 'rules' | 'now'>;
  #owners: FaceOwners;
  readonly #awaited: AwaitedFaces;
  #waiting: TimedRecord[] = [];
  /** Those that waited until the last call. */
  #released: readonly TimedRecord[] = [];
  #looked: readonly TimedRecord[] = [];
  /** What the last records showed, whoever it was. */
  #frames: readonly FrameLook[] = [];
  #judged: JudgedRecords = { records: [], owners: new Map(), awaited: new Set() };

  constructor(services: Pick<ArrivalServices, 'people' | 'guests' | 'rules' | 'now'>) {
    this.#services = services;
    this.#owners = new FaceOwners(services.people, services.guests, services.now);
    this.#awaited = new AwaitedFaces(services.now);
  }

  /** Looks up anew whose the faces are. */
  forget(): void {
    const { people, guests, now } = this.#services;
    this.#owners = new FaceOwners(people, guests, now);
  }

  /** All faces of the last call's records, as the rules see them. */
  get frames(): readonly FrameLook[] {
    return this.#frames;
  }

  /** The last call's records, and whose their faces are like. */
  get judged(): JudgedRecords {
    return this.#judged;
  }

  /** The sightings of guests in these records, and in those that waited. */
  async in(records: readonly TimedRecord[]): Promise<PlacedSighting[]> {
    const waited = this.#waiting;
    const matches = [...waited, ...records].flatMap(matchesOf);
    const owners = matches.length === 0 ? new Map() : await this.#owners.of(matches);
    this.#frames = records.map(({ record, time, clock }) => ({
      time,
      clock,
      faces: judgedFaces(record, owners, this.#services.rules),
    }));
    const awaited = this.#awaited.among(matches, owners);
    this.#judged = { records, owners, awaited };
    this.#looked = records;
    this.#released = [];
    if (matches.length === 0) return [];
    const waits = (placed: TimedRecord): boolean =>
      matchesOf(placed).some(({ faceId }) => awaited.has(faceId));
    this.#waiting = [...waited, ...records].filter(waits).slice(-mostWaiting);
    this.#released = waited.filter((placed) => !waits(placed));
    this.#looked = [...this.#released, ...records];
    return this.sightingsIn(this.#looked);
  }

  /** The records of the last call's answer: those that it was given, and those that had waited. */
  get looked(): readonly TimedRecord[] {
    return this.#looked;
  }

  /** The sightings of guests in some of these, or in parts of them, by what was known at the last call. */
  sightingsIn(records: readonly TimedRecord[]): PlacedSighting[] {
    const { owners, awaited } = this.#judged;
    return records.flatMap(({ record, time, clock, cameAt, sequenceNumber }) =>
      sightings(record, time, owners, this.#services.rules, awaited)
        .filter(({ person }) => person.kind === 'guest')
        .map((sighting) => ({ ...sighting, clock, cameAt, sequenceNumber })),
    );
  }

  /** The guest whom a face of these is taken for. */
  guestOf(face: RecordFace): string | undefined {
    const { owners, awaited } = this.#judged;
    const [seen] = sightings({ faces: [face] }, 0, owners, this.#services.rules, awaited);
    return seen?.person.kind === 'guest' ? seen.person.id : undefined;
  }

  /**
   * What came of these records, or of all, could not be written. Those that waited here do again, for nobody else has
   * them.
   */
  waitAgain(sequenceNumbers?: ReadonlySet<string>): void {
    const again = this.#released.filter(({ sequenceNumber }) => sequenceNumbers?.has(sequenceNumber) ?? true);
    this.#waiting = [...again, ...this.#waiting];
  }
}

const matchesOf = ({ record }: TimedRecord) => record.faces.flatMap(({ matches }) => matches);
