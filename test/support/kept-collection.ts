import { randomUUID } from 'node:crypto';
import type { Services } from '../../party/services.ts';

/** A collection in memory, in which every photo shows one good face. */
export function keptCollection(): Pick<
  Services['collection'],
  'ensure' | 'enrol' | 'faces' | 'remove' | 'alike'
> {
  const faces = new Map<string, string>();
  return {
    ensure: async () => {},
    enrol: async (_, photoId) => {
      const faceId = randomUUID();
      faces.set(faceId, photoId);
      return { faceId } as never;
    },
    alike: async () => [],
    faces: async () => [...faces].map(([faceId, photoId]) => ({ faceId, photoId })),
    remove: async (faceIds) => {
      for (const faceId of faceIds) faces.delete(faceId);
    },
  };
}
