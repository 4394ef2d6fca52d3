import type { JudgedRecords } from '../arrivals/seen-guests.ts';
import { ownerOf, sightings, turnedAway } from '../arrivals/sightings.ts';
import type { FaceOwner } from '../guests/people.ts';
import type { SightingRules } from '../recognition/rules.ts';
import type { FrameTime } from '../record/frame-time.ts';
import type { FaceSearchRecord, RatioBox, RecordFace } from '../record/record.ts';

/** A usable face at a moment. */
export interface FaceLook extends FrameTime {
  readonly box: RatioBox;
  /**
   * Whose it is: a guest's (one who lives there is one too); somebody's, whom nobody need be asked about; or nobody can
   * say.
   */
  readonly is: 'unknown' | 'somebody' | { readonly guestId: string };
  /** The unknown faces of a party that it is like, by their ids. */
  readonly unknownIds: readonly string[];
  /** How well it shows, to compare with others: larger is better. */
  readonly goodness: number;
}

/**
 * The usable faces of a record, for the rule of an unknown face. Of some nothing is said: one that is turned away; one
 * that may be the guest who is being enrolled at this moment; and one that misled before, for a host was asked about it.
 */
export function faceLooks(
  record: FaceSearchRecord,
  { time, clock }: FrameTime,
  known: Pick<JudgedRecords, 'owners' | 'awaited'>,
  rules: SightingRules,
): FaceLook[] {
  return record.faces.flatMap((face) => {
    if (turnedAway(face, rules)) return [];
    const near = face.matches.filter(({ similarity }) => similarity >= rules.threshold);
    if (near.some(({ faceId }) => known.awaited.has(faceId))) return [];
    const owners = near.flatMap((match) => ownerOf(match, known.owners) ?? []);
    if (owners.some(({ mistake }) => mistake)) return [];
    const unknownIds = [...new Set(owners.flatMap(({ kind, id }) => (kind === 'unknown' ? [id] : [])))];
    const [seen] = sightings({ ...record, faces: [face] }, time, known.owners, rules);
    const is = lookIs(seen?.person, unknownIds.length > 0);
    return [{ time, clock, box: face.box, is, unknownIds, goodness: goodnessOf(face) }];
  });
}

function lookIs(person: FaceOwner | undefined, isLikeUnknown: boolean): FaceLook['is'] {
  if (person?.kind === 'guest') return { guestId: person.id };
  return person || isLikeUnknown ? 'somebody' : 'unknown';
}

/** Large, sharp, and straight. */
function goodnessOf({ box, pose = { pitch: 0, yaw: 0 }, sharpness = 50 }: RecordFace): number {
  const straight = Math.cos(radians(pose.yaw)) * Math.cos(radians(pose.pitch));
  return box.width * box.height * sharpness * Math.max(0, straight);
}

const radians = (degrees: number): number => (degrees * Math.PI) / 180;
