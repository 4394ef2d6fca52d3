import type { Services } from '../services.ts';
import { facesOf, GroupPhotos, type OpenGroup } from './group-photos.ts';

/** What people are being asked about. */
export interface HeldFaces {
  readonly faceIds: ReadonlySet<string>;
  /** Of the pictures in the bucket. */
  readonly keys: ReadonlySet<string>;
}

type HeldServices = Pick<Services, 'table' | 'now'>;

/**
 * The faces and pictures that are nobody's yet and must stay, for the people of a group photo or an album are being named
 * by them. The same photo may be sent by itself, or by another host, meanwhile.
 *
 * @param but a group that lets go of its own
 */
export async function heldFaces({ table, now }: HeldServices, but?: OpenGroup): Promise<HeldFaces> {
  const groups = await new GroupPhotos(table, now).all(but);
  const faces = groups.flatMap((group) => group.members.flatMap((member) => facesOf(group, member)));
  return {
    faceIds: new Set(faces.map(({ faceId }) => faceId)),
    keys: new Set([...groups, ...faces].map(({ key }) => key)),
  };
}

/** Takes faces that are nobody's out of the collection, but for those that are {@link heldFaces}. */
export async function dropFaces(
  { collection, ...services }: HeldServices & Pick<Services, 'collection'>,
  faceIds: readonly string[],
): Promise<void> {
  if (faceIds.length === 0) return;
  const held = await heldFaces(services);
  await collection.remove(faceIds.filter((faceId) => !held.faceIds.has(faceId)));
}
