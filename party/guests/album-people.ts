import type { FaceInGroup } from './group-faces.ts';

/** A face in a photo of an album. */
export interface AlbumFace extends FaceInGroup {
  /** The photo's message. */
  readonly messageId: number;
  /** The faces of the collection that it was like when it came: those of the album that came before it, too. */
  readonly like: readonly string[];
  /** The guest that it was most like. */
  readonly likeId?: string;
}

/**
 * The people of an album, each by their faces. Two faces are one person's when the engine takes them for that, or both
 * for the same guest; so are two that are each like a third. One person is never two faces of one photo.
 *
 * @param faces in the order in which the people are to be counted
 */
export function peopleOf(faces: readonly AlbumFace[]): AlbumFace[][] {
  let people: AlbumFace[][] = [];
  for (const face of faces) {
    const [joined, rest] = partition(people, (person) => person.some((one) => areOne(one, face)));
    const apart: AlbumFace[][] = [];
    const own: AlbumFace[] = [face];
    for (const person of joined) {
      if (sharePhoto(person, own)) apart.push(person);
      else own.unshift(...person);
    }
    people = [...rest, ...apart, own];
  }
  const place = ([first]: AlbumFace[]): number => faces.indexOf(first!);
  return people
    .map((person) => person.sort((a, b) => faces.indexOf(a) - faces.indexOf(b)))
    .sort((a, b) => place(a) - place(b));
}

/** Whose of those people a face is; undefined when it is nobody's of them. */
export function personOf(face: AlbumFace, people: ReadonlyArray<readonly AlbumFace[]>): number | undefined {
  const found = people.findIndex(
    (person) => person.some((one) => areOne(one, face)) && !sharePhoto(person, [face]),
  );
  return found < 0 ? undefined : found;
}

const areOne = (one: AlbumFace, other: AlbumFace): boolean =>
  one.faceId === other.faceId ||
  one.like.includes(other.faceId) ||
  other.like.includes(one.faceId) ||
  (one.likeId !== undefined && one.likeId === other.likeId);

const sharePhoto = (some: readonly AlbumFace[], others: readonly AlbumFace[]): boolean =>
  some.some(({ photoId, faceId }) =>
    others.some((other) => other.photoId === photoId && other.faceId !== faceId),
  );

function partition<Of>(all: readonly Of[], is: (one: Of) => boolean): [Of[], Of[]] {
  return [all.filter(is), all.filter((one) => !is(one))];
}
