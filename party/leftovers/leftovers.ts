import { hour, minute } from '../clock.ts';

/** An object of the bucket. */
export interface StoredObject {
  readonly key: string;
  /** Milliseconds since 1970. */
  readonly lastModified: number;
}

/** A face of the collection. */
export interface StoredFace {
  readonly faceId: string;
  /** The photo that it was enrolled from; absent for a face that was indexed by other means. */
  readonly photoId?: string;
}

/** What lies in bucket and collection. */
export interface Stored {
  readonly objects: readonly StoredObject[];
  readonly faces: readonly StoredFace[];
}

/** What the table knows of. It must be read after what is stored, or what is new would seem to be nobody's. */
export interface Known {
  readonly keys: ReadonlySet<string>;
  readonly faceIds: ReadonlySet<string>;
}

/** What is nobody's: the objects' keys and the faces' ids. */
export interface Leftovers {
  readonly keys: readonly string[];
  readonly faceIds: readonly string[];
}

/** Whatever is under way is done long before, or is taken up again by then. */
const youngest = hour;
/** Clocks differ, S3's from this one. */
const tolerance = minute;

/**
 * What is nobody's: photos and songs that no item names, faces that the product enrolled and that have no owner, and
 * snapshots whose time is over. A face that was indexed by other means is a guest without an item, and stays.
 *
 * @param snapshotsKept for so long, milliseconds
 */
export function leftovers(
  { objects, faces }: Stored,
  known: Known,
  now: number,
  snapshotsKept: number,
): Leftovers {
  const isOld = ({ lastModified }: StoredObject, age: number) => lastModified < now - age - tolerance;
  const isNobodys = (object: StoredObject): boolean =>
    object.key.startsWith('snapshots/')
      ? isOld(object, snapshotsKept)
      : isOld(object, youngest) && !known.keys.has(object.key);
  return {
    keys: objects.filter(isNobodys).map(({ key }) => key),
    faceIds: faces
      .filter(({ faceId, photoId }) => photoId !== undefined && !known.faceIds.has(faceId))
      .map(({ faceId }) => faceId),
  };
}

/**
 * Those that were nobody's already when they were last looked for, which was long enough ago: a face has no time of its
 * own, and an object is old when it is written for the second time and its item is still to come.
 */
export function stillLeft(now: Leftovers, before: Leftovers): Leftovers {
  return {
    keys: now.keys.filter((key) => before.keys.includes(key)),
    faceIds: now.faceIds.filter((faceId) => before.faceIds.includes(faceId)),
  };
}
