import { type Clock, second } from '../clock.ts';
import { Recent } from '../recent.ts';
import type { FaceMatch } from '../record/record.ts';
import { isEasilyMistaken } from './easily-mistaken.ts';
import { photoIdOf } from './enrolled-face.ts';
import type { Guests } from './guests.ts';
import type { FaceOwner, People } from './people.ts';

/** A face that is given to somebody else is still taken for its former owner's so long, milliseconds. */
const ownersKept = 5 * second;

/** A face that was indexed by hand is given an owner seldom: so long it counts as having none, milliseconds. */
const namelessKept = second;

/**
 * Whose the faces are that a record's faces look like, and whether that guest is easily taken for somebody else. Those
 * who stand at the door are in every record, several times a second: their owners are looked up once every few seconds.
 *
 * That a face has no owner is believed for a moment only, and of a face that was enrolled not at all: it gets its owner
 * just after it is indexed, and the guest may be standing at the door.
 */
export class FaceOwners {
  readonly #people: Pick<People, 'owners'>;
  readonly #guests: Pick<Guests, 'getMany'>;
  readonly #recent: Recent<FaceOwner | undefined>;

  constructor(people: Pick<People, 'owners'>, guests: Pick<Guests, 'getMany'>, now: Clock) {
    this.#people = people;
    this.#guests = guests;
    this.#recent = new Recent(now);
  }

  /** The owners of those faces that have one, by FaceId. */
  async of(matches: Iterable<FaceMatch>): Promise<Map<string, FaceOwner>> {
    const owners = new Map<string, FaceOwner>();
    const unknown = new Map<string, FaceMatch>();
    for (const match of matches) {
      const recent = this.#recent.get(match.faceId);
      if (!recent) unknown.set(match.faceId, match);
      else if (recent.answer) owners.set(match.faceId, recent.answer);
    }
    if (unknown.size === 0) return owners;
    const found = await this.#people.owners(unknown.keys());
    const mistakable = await this.#easilyMistaken(found.values());
    for (const [faceId, { externalImageId }] of unknown) {
      const of = found.get(faceId);
      const owner = of && (mistakable.has(of.id) ? { ...of, isEasilyMistaken: true as const } : of);
      if (owner) owners.set(faceId, owner);
      if (owner) this.#recent.keep(faceId, owner, ownersKept);
      else if (isNamedByHand(externalImageId)) this.#recent.keep(faceId, undefined, namelessKept);
    }
    return owners;
  }

  /** The ids of those of the owners who are guests and easily taken for somebody else. */
  async #easilyMistaken(owners: Iterable<FaceOwner>): Promise<Set<string>> {
    const ids = [...owners].flatMap(({ kind, id }) => (kind === 'guest' ? [id] : []));
    const guests = await this.#guests.getMany(ids);
    return new Set(guests.filter(isEasilyMistaken).map(({ id }) => id));
  }
}

/** Whether a face without an owner has a name all the same: it was indexed by other means than the product's. */
export const isNamedByHand = (externalImageId: string | undefined): externalImageId is string =>
  externalImageId !== undefined && photoIdOf(externalImageId) === undefined;
