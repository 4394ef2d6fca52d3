import { createHash } from 'node:crypto';
import type { Owner } from '../guests/people.ts';
import type { SightingRules } from '../recognition/rules.ts';
import type { FaceMatch, FaceSearchRecord, RatioBox, RecordFace } from '../record/record.ts';
import { leader } from './arrival-rule.ts';

/** A known or unknown person was seen in a frame. */
export interface Sighting {
  readonly person: Owner;
  /** Milliseconds since 1970. */
  readonly time: number;
  /** 0 to 100. */
  readonly similarity: number;
  /** Where in the frame. */
  readonly box: RatioBox;
}

interface Candidate {
  readonly person: Owner;
  readonly similarity: number;
}

/**
 * What one record says: who was seen.
 *
 * A face counts when it is turned to the camera, its best person is at or above the threshold, and that person
 * leads the next other person by the margin. A person who is known beats an unknown face of this party, for the
 * unknown face may well be the same person. One person is never two faces of a frame: the better one is.
 *
 * @param time the frame's time, milliseconds since 1970
 * @param owners whose each indexed face is, by FaceId
 */
export function sightings(
  record: FaceSearchRecord,
  time: number,
  owners: ReadonlyMap<string, Owner>,
  rules: SightingRules,
): Sighting[] {
  const best = new Map<string, Sighting>();
  for (const face of record.faces) {
    if (turnedAway(face, rules)) continue;
    const seen = whoIs(face.matches, owners, rules);
    if (!seen) continue;
    const key = personKey(seen.person);
    const other = best.get(key);
    if (!other || other.similarity < seen.similarity) best.set(key, { ...seen, time, box: face.box });
  }
  return [...best.values()];
}

/**
 * Whose an indexed face is. A face without an owner was indexed by other means, such as the `aws` command, and
 * is a guest named by its `ExternalImageId`.
 */
export function ownerOf(match: FaceMatch, owners: ReadonlyMap<string, Owner>): Owner | undefined {
  const owner = owners.get(match.faceId);
  if (owner) return owner;
  return match.externalImageId
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

function turnedAway({ pose }: RecordFace, { maxYaw, maxPitch }: SightingRules): boolean {
  return pose !== undefined && (Math.abs(pose.yaw) > maxYaw || Math.abs(pose.pitch) > maxPitch);
}

function whoIs(
  matches: readonly FaceMatch[],
  owners: ReadonlyMap<string, Owner>,
  rules: SightingRules,
): Candidate | undefined {
  const people = candidates(matches, owners).filter(({ similarity }) => similarity >= rules.threshold);
  const known = people.filter(({ person }) => person.kind !== 'unknown');
  return leader(known.length > 0 ? known : people, rules);
}

/** Each person once, with the best of their photos. */
function candidates(matches: readonly FaceMatch[], owners: ReadonlyMap<string, Owner>): Candidate[] {
  const people = new Map<string, Candidate>();
  for (const match of matches) {
    const person = ownerOf(match, owners);
    if (!person) continue;
    const key = personKey(person);
    const similarity = Math.max(match.similarity, people.get(key)?.similarity ?? 0);
    people.set(key, { person, similarity });
  }
  return [...people.values()];
}
