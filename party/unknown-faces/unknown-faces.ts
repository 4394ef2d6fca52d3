import { partyPartition } from '../parties/party.ts';
import type { FrameClock } from '../record/frame-time.ts';
import type { RatioBox } from '../record/record.ts';
import type { Key, Table } from '../stores/table.ts';

/** Which unknown face. */
export interface UnknownFaceId {
  readonly partyId: string;
  readonly id: string;
}

/** A face at the door, in a frame. */
export interface SeenFace {
  /** The frame's, milliseconds since 1970. */
  readonly time: number;
  readonly clock: FrameClock;
  readonly box: RatioBox;
}

/** The picture that an unknown face was indexed from: a part of the frame round it. */
export interface UnknownPhoto {
  /** The face's `ExternalImageId` is made of it, as a photo's. */
  readonly photoId: string;
  /** The object's key in the bucket. */
  readonly key: string;
  readonly faceId: string;
  /** Where the face is in this picture. */
  readonly box: RatioBox;
}

/** Who it turned out to be. */
export type WhoItIs =
  | {
      readonly is: 'guest';
      readonly guestId: string;
      /** Who found out: a host by pressing a button, or the recognition by another look. */
      readonly by: 'host' | 'recognition';
    }
  | { readonly is: 'household'; readonly guestId: string; readonly by: 'host' }
  | { readonly is: 'ignored'; readonly by: 'host' };

/** A face that was at a party's door and that nobody had named. */
export interface UnknownFace extends UnknownFaceId {
  /** When it was seen, milliseconds since 1970: that of the best look. */
  readonly time: number;
  /** Its looks, the best first. */
  readonly looks: readonly SeenFace[];
  /** Once it is indexed. */
  readonly photo?: UnknownPhoto;
  /** Its faces in the collection; several when it was not recognised at once as the same one. */
  readonly faceIds?: ReadonlySet<string>;
  /** Guests that it is like, and that had not arrived then. */
  readonly likeIds?: readonly string[];
  /** When hosts were asked about it, milliseconds since 1970; absent while that has to wait. */
  readonly askedAt?: number;
  /** It is one of many that are told of together. */
  readonly isInDigest?: true;
  readonly is?: WhoItIs['is'];
  readonly guestId?: string;
  readonly by?: WhoItIs['by'];
  /** When that was said, milliseconds since 1970. */
  readonly settledAt?: number;
  /** Whom a host has named is announced. */
  readonly isAnnounced?: true;
  /** Its face is a photo of that guest's from now on. */
  readonly kept?: true;
}

const prefix = 'unknown#';
const exists = 'attribute_exists(#pk)';
const isOpen = `${exists} AND attribute_not_exists(#is)`;

/** Where it stands. */
export const unknownKey = ({ partyId, id }: UnknownFaceId): Key => ({
  pk: partyPartition(partyId),
  sk: `${prefix}${id}`,
});

/** The parties of which there are unknown faces: what has to be deleted when they are over. */
const partiesPartition = 'UNKNOWN';

/** The unknown faces of parties. Each change is a write of its own, and changes nothing of one that is gone. */
export class UnknownFaces {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  /** @returns false when it was noticed before */
  async notice(face: UnknownFaceId & Pick<UnknownFace, 'time' | 'looks'>): Promise<boolean> {
    return this.#table.put({ ...unknownKey(face), ...face }, 'attribute_not_exists(#pk)');
  }

  async get(which: UnknownFaceId): Promise<UnknownFace | undefined> {
    return this.#table.get<UnknownFace>(unknownKey(which));
  }

  /** Those of a party, in the order in which they were seen. */
  async list(partyId: string): Promise<UnknownFace[]> {
    const faces = await this.#table.query<UnknownFace>(partyPartition(partyId), prefix);
    return faces.sort((a, b) => a.time - b.time);
  }

  /** @returns false when it is gone */
  async indexed(which: UnknownFaceId, photo: UnknownPhoto, likeIds: readonly string[]): Promise<boolean> {
    const values = { photo, likeIds, faceIds: new Set([photo.faceId]) };
    const change = 'SET #photo = :photo, #likeIds = :likeIds ADD #faceIds :faceIds';
    return (await this.#table.update(unknownKey(which), change, values, exists)) !== undefined;
  }

  /** Another look at the same one was indexed. @returns false when it is gone */
  async addFace(which: UnknownFaceId, faceId: string): Promise<boolean> {
    const values = { faceIds: new Set([faceId]) };
    return (
      (await this.#table.update(unknownKey(which), 'ADD #faceIds :faceIds', values, exists)) !== undefined
    );
  }

  /** Notes that hosts are asked. @returns false when they were, or need not be any more */
  async asked(which: UnknownFaceId, at: number): Promise<boolean> {
    const condition = `${isOpen} AND attribute_not_exists(#askedAt)`;
    return (
      (await this.#table.update(unknownKey(which), 'SET #askedAt = :at', { at }, condition)) !== undefined
    );
  }

  /** Puts it among those that are told of together. */
  async intoDigest(which: UnknownFaceId): Promise<void> {
    await this.#table.update(unknownKey(which), 'SET #isInDigest = :isIn', { isIn: true }, exists);
  }

  /**
   * Says who it is. The first answer counts.
   *
   * @param settledAt when a host said it, milliseconds since 1970
   * @returns the face as it is now; undefined when there was an answer, or it is gone
   */
  async settle(which: UnknownFaceId, who: WhoItIs, settledAt?: number): Promise<UnknownFace | undefined> {
    const said = { ...who, ...(settledAt !== undefined && { settledAt }) };
    const change = `SET ${Object.keys(said)
      .map((name) => `#${name} = :${name}`)
      .join(', ')}`;
    return this.#table.update<UnknownFace>(unknownKey(which), change, said, isOpen);
  }

  /** Takes back that one is ignored. @returns the face as it is now; undefined when it is not ignored */
  async askAgain(which: UnknownFaceId): Promise<UnknownFace | undefined> {
    const change = 'REMOVE #is, #by, #settledAt';
    return this.#table.update<UnknownFace>(
      unknownKey(which),
      change,
      { ignored: 'ignored' },
      '#is = :ignored',
    );
  }

  /** Whom a host has named is announced. */
  async announced(which: UnknownFaceId): Promise<void> {
    await this.#table.update(unknownKey(which), 'SET #isAnnounced = :isIt', { isIt: true }, exists);
  }

  /** Its face is kept as a guest's photo. */
  async keep(which: UnknownFaceId): Promise<void> {
    await this.#table.update(unknownKey(which), 'SET #kept = :kept', { kept: true }, exists);
  }

  async remove(which: UnknownFaceId): Promise<void> {
    await this.#table.delete(unknownKey(which));
  }

  /** From now on faces of that party may be in the collection, and must go when it is over. */
  async noteParty(partyId: string): Promise<void> {
    await this.#table.put({ pk: partiesPartition, sk: partyId, partyId });
  }

  /** The parties whose unknown faces may still be there. */
  async parties(): Promise<string[]> {
    const items = await this.#table.query<{ readonly partyId: string }>(partiesPartition);
    return items.map(({ partyId }) => partyId);
  }

  /** Nothing of that party's is left. */
  async forgetParty(partyId: string): Promise<void> {
    await this.#table.delete({ pk: partiesPartition, sk: partyId });
  }
}
