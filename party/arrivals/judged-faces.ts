import type { FaceOwner, Owner } from '../guests/people.ts';
import type { SightingRules } from '../recognition/rules.ts';
import type { FaceSearchRecord, RatioBox, RecordFace } from '../record/record.ts';
import { ownerOf, sightings } from './sightings.ts';

/**
 * What the rules make of one face:
 *
 * - `counts`: it is a sighting of that person;
 * - `still`: it would be, and has not moved since the party began, as pictures do not (`still-faces.ts`);
 * - `turned away`: too far to the side, or up or down;
 * - `not sure`: somebody else is about as likely, or the face that it is like has misled before;
 * - `nobody`: it is like nobody who is known.
 */
export type Verdict = 'counts' | 'still' | 'turned away' | 'not sure' | 'nobody';

/** One face of a frame, and what came of it. */
export interface JudgedFace {
  readonly verdict: Verdict;
  readonly box: RatioBox;
  /** Whom it is like most; absent for `nobody`. */
  readonly person?: Owner;
  /** To that person, 0 to 100. */
  readonly similarity?: number;
  /** Who is about as likely, where that is why it does not count. */
  readonly orPerson?: Owner;
}

/** The faces of a record as the rules see them: by the very rules that name people (`sightings.ts`). */
export function judgedFaces(
  record: FaceSearchRecord,
  owners: ReadonlyMap<string, FaceOwner>,
  rules: SightingRules,
): JudgedFace[] {
  return record.faces.map((face) => judged(record, face, owners, rules));
}

function judged(
  record: FaceSearchRecord,
  face: RecordFace,
  owners: ReadonlyMap<string, FaceOwner>,
  rules: SightingRules,
): JudgedFace {
  const { box } = face;
  const [first, ...others] = likeliest(face, owners);
  if (!first) return { verdict: 'nobody', box };
  const [seen] = sightings({ ...record, faces: [face] }, 0, owners, rules);
  if (seen) return { verdict: 'counts', box, person: seen.person, similarity: seen.similarity };
  const facing: RecordFace = { box, matches: face.matches };
  const isSure = sightings({ ...record, faces: [facing] }, 0, owners, rules).length > 0;
  const { isEasilyMistaken, ...nearest } = first;
  if (isSure) return { verdict: 'turned away', box, ...nearest };
  const second = others.find(({ person }) => person.id !== first.person.id);
  const margin = rules.margin + (isEasilyMistaken ? rules.careful.more : 0);
  const isClose = second && first.similarity - second.similarity < margin;
  return { verdict: 'not sure', box, ...nearest, ...(isClose && { orPerson: second.person }) };
}

/** Whom a face is like, most first. */
function likeliest(
  { matches }: RecordFace,
  owners: ReadonlyMap<string, FaceOwner>,
): Array<{ readonly person: Owner; readonly similarity: number; readonly isEasilyMistaken?: true }> {
  return matches
    .flatMap((match) => {
      const owner = ownerOf(match, owners);
      if (!owner) return [];
      const { kind, id, isEasilyMistaken } = owner;
      return [
        { person: { kind, id }, similarity: match.similarity, ...(isEasilyMistaken && { isEasilyMistaken }) },
      ];
    })
    .sort((a, b) => b.similarity - a.similarity);
}
