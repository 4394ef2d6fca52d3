import type { Key, Table } from '../stores/table.ts';

/** Guests arrive; people of the household are recognised and never announced; unknown faces are of one party. */
export type PersonKind = 'guest' | 'household' | 'unknown';

/** Whose a face is. */
export interface Owner {
  readonly kind: PersonKind;
  readonly id: string;
}

interface FaceItem extends Owner {
  readonly faceId: string;
}

const faceKey = (faceId: string): Key => ({ pk: 'FACES', sk: `face#${faceId}` });

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
  async all(): Promise<Map<string, Owner>> {
    const items = await this.#table.query<FaceItem>('FACES');
    return new Map(items.map(({ faceId, kind, id }) => [faceId, { kind, id }]));
  }

  /** The owners of those faces that have one, by FaceId. */
  async owners(faceIds: Iterable<string>): Promise<Map<string, Owner>> {
    const keys = [...new Set(faceIds)].map(faceKey);
    const items = keys.length > 0 ? await this.#table.getMany<FaceItem>(keys) : [];
    return new Map(items.map(({ faceId, kind, id }) => [faceId, { kind, id }]));
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
