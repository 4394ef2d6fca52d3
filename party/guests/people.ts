import type { Key, Table } from '../stores/table.ts';

/** Guests arrive; people of the household are recognised and never announced; unknown faces are of one party. */
export type PersonKind = 'guest' | 'household' | 'unknown';

/** Whose a face is. */
export interface Owner {
  readonly kind: PersonKind;
  readonly id: string;
}

/** A face of a photo looked like somebody at the door who was not its owner. */
export interface FaceMistake {
  /** How similar the two were at most, 0 to 100. */
  readonly at: number;
  /** Whom the face was mistaken for: a guest's id. Absent while nobody has said who it was. */
  readonly whoWas?: string;
}

/** Whose an indexed face is, and whether it has ever been mistaken for somebody else's. */
export interface FaceOwner extends Owner {
  readonly mistake?: FaceMistake;
  /** A guest who is easily taken for somebody else; of the guest, and looked up with the owner (`face-owners.ts`). */
  readonly isEasilyMistaken?: true;
}

interface FaceItem extends FaceOwner {
  readonly faceId: string;
}

/** Where it stands whose a face is. */
export const faceKey = (faceId: string): Key => ({ pk: 'FACES', sk: `face#${faceId}` });

/**
 * FaceId → person. Every indexed face has an item that says whose it is; naming, merging and "not Anna" only
 * re-point that item and leave the collection alone.
 */
export class People {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  /** All faces that have an owner, with that owner. */
  async all(): Promise<Map<string, FaceOwner>> {
    const items = await this.#table.query<FaceItem>('FACES');
    return new Map(items.map(ownership));
  }

  /** The owners of those faces that have one, by FaceId. */
  async owners(faceIds: Iterable<string>): Promise<Map<string, FaceOwner>> {
    const keys = [...new Set(faceIds)].map(faceKey);
    const items = keys.length > 0 ? await this.#table.getMany<FaceItem>(keys) : [];
    return new Map(items.map(ownership));
  }

  /**
   * Notes that an owner's face was mistaken for somebody else's. The worst mistake is kept; nothing is noted of a face
   * that is somebody else's by now.
   */
  async mistook(faceId: string, owner: Owner, mistake: FaceMistake): Promise<void> {
    const [{ mistake: before } = {}] = (await this.owners([faceId])).values();
    if (before && before.at > mistake.at) return;
    await this.#table.update(
      faceKey(faceId),
      'SET #mistake = :mistake',
      { mistake, id: owner.id, at: mistake.at },
      '#id = :id AND (attribute_not_exists(#mistake) OR #mistake.#at <= :at)',
    );
  }

  /** Says whose a face is, whatever it was before. */
  async assign(faceId: string, { kind, id }: Owner): Promise<void> {
    await this.#table.put({ ...faceKey(faceId), faceId, kind, id });
  }

  /** Forgets whose the faces were. */
  async forget(faceIds: Iterable<string>): Promise<void> {
    for (const faceId of faceIds) await this.#table.delete(faceKey(faceId));
  }
}

const ownership = ({ faceId, kind, id, mistake }: FaceItem): [string, FaceOwner] => [
  faceId,
  { kind, id, ...(mistake && { mistake }) },
];
