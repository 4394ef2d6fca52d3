import { createHash } from 'node:crypto';
import { isNamedByHand } from '../guests/face-owners.ts';
import type { FaceLikeness } from '../guests/guests.ts';
import type { FaceOwner, Owner } from '../guests/people.ts';
import type { SightingRules } from '../recognition/rules.ts';
import type { FaceMatch, FaceSearchRecord, RatioBox, RecordFace } from '../record/record.ts';
import { type Candidate, leader } from './arrival-rule.ts';
import { standingOf } from './mistaken-faces.ts';

/** A known or unknown person was seen in a frame. */
export interface Sighting {
  readonly person: Owner;
  /** Milliseconds since 1970. */
  readonly time: number;
  /** 0 to 100. */
  readonly similarity: number;
  /** Where in the frame. */
  readonly box: RatioBox;
  /** The faces of that person that it was like. */
  readonly like: readonly FaceLikeness[];
  /** Whether that person is easily taken for somebody else. */
  readonly isEasilyMistaken?: true;
}

interface PersonLike extends Candidate {
  readonly isEasilyMistaken?: true;
  /** Undefined for a face whose owner is awaited, or that was mistaken before: it may be anybody. */
  readonly person: Owner | undefined;
  readonly like: readonly FaceLikeness[];
}

const nobodyAwaited: ReadonlySet<string> = new Set();

/**
 * What one record says: who was seen.
 *
 * A face counts when it is turned to the camera, its best person is at or above the threshold, and that person leads
 * the next other person by the margin; of both more, for a guest who is easily mistaken. A person who is known beats an
 * unknown face of this party, for the unknown face may well be the same person. One person is never two faces of a
 * frame: the better one is.
 *
 * @param time the frame's time, milliseconds since 1970
 * @param owners whose each indexed face is, by FaceId
 * @param awaited the FaceIds of those that have no owner yet and soon will: whom a face looks like most cannot be said
 * while it may be one of them
 */
export function sightings(
  record: Pick<FaceSearchRecord, 'faces'>,
  time: number,
  owners: ReadonlyMap<string, FaceOwner>,
  rules: SightingRules,
  awaited = nobodyAwaited,
): Sighting[] {
  const best = new Map<string, Sighting>();
  for (const face of record.faces) {
    if (turnedAway(face, rules)) continue;
    const seen = whoIs(face.matches, owners, rules, awaited);
    if (!seen) continue;
    const key = personKey(seen.person);
    const other = best.get(key);
    if (!other || other.similarity < seen.similarity) best.set(key, { ...seen, time, box: face.box });
  }
  return [...best.values()];
}

/**
 * Whose an indexed face is. A face without an owner that was indexed by other means, such as the `aws` command, is a
 * guest named by its `ExternalImageId`; one that was enrolled is nobody's until it has an owner.
 */
export function ownerOf(match: FaceMatch, owners: ReadonlyMap<string, FaceOwner>): FaceOwner | undefined {
  const owner = owners.get(match.faceId);
  if (owner) return owner;
  return isNamedByHand(match.externalImageId)
    ? { kind: 'guest', id: `${externalPrefix}${match.externalImageId}` }
    : undefined;
}

/** Begins the id of a guest who has no item, only an `ExternalImageId`. */
export const externalPrefix = 'external:';

/** A guest's id as it may stand in a log: an `ExternalImageId` is a name, and no name is logged. */
export function loggedId(guestId: string): string {
  if (!guestId.startsWith(externalPrefix)) return guestId;
  return externalPrefix + createHash('sha256').update(guestId).digest('hex').slice(0, 8);
}

/** One string for one person. */
export const personKey = ({ kind, id }: Owner): string => `${kind}#${id}`;

/** Whether a face is turned too far to the side, or up or down, to say whose it is. */
export function turnedAway(
  { pose }: Pick<RecordFace, 'pose'>,
  { maxYaw, maxPitch }: Pick<SightingRules, 'maxYaw' | 'maxPitch'>,
): boolean {
  return pose !== undefined && (Math.abs(pose.yaw) > maxYaw || Math.abs(pose.pitch) > maxPitch);
}

function whoIs(
  matches: readonly FaceMatch[],
  owners: ReadonlyMap<string, FaceOwner>,
  rules: SightingRules,
  awaited: ReadonlySet<string>,
): Omit<Sighting, 'time' | 'box'> | undefined {
  const near = matches.filter(({ similarity }) => similarity >= rules.threshold);
  const people = candidates(near, owners, rules, awaited);
  const known = people.filter(({ person }) => person?.kind !== 'unknown');
  const { person, ...first } = leader(known.length > 0 ? known : people, rules) ?? {};
  return person && 'like' in first ? { person, ...first } : undefined;
}

/** Each person once, with the best of their photos; and each face, once more, of which it cannot be said whose it is. */
function candidates(
  matches: readonly FaceMatch[],
  owners: ReadonlyMap<string, FaceOwner>,
  rules: SightingRules,
  awaited: ReadonlySet<string>,
): PersonLike[] {
  const people = new Map<string, PersonLike>();
  const ids = new Set(matches.flatMap((match) => ownerOf(match, owners)?.id ?? []));
  for (const match of matches) {
    const { faceId } = match;
    const owner = ownerOf(match, owners);
    if (!owner && !awaited.has(faceId)) continue;
    const standing = owner && standingOf(owner, match.similarity, ids, rules);
    if (standing === 'nothing') continue;
    const person = standing === 'counts' && owner ? { kind: owner.kind, id: owner.id } : undefined;
    const key = person ? personKey(person) : `face#${faceId}`;
    const { similarity = 0, like = [] } = people.get(key) ?? {};
    people.set(key, {
      person,
      similarity: Math.max(match.similarity, similarity),
      like: [...like, { faceId, similarity: match.similarity }],
      ...(owner?.isEasilyMistaken && { isEasilyMistaken: true }),
    });
  }
  return [...people.values()];
}
