import type { FaceOwner } from '../guests/people.ts';
import type { SightingRules } from '../recognition/rules.ts';

/**
 * What a face at the door is told by an indexed face that was mistaken for somebody else's once. It must do better than
 * it did then, and by the margin by which one person must lead another: for up to there it may be that other person
 * again.
 *
 * - `counts`: it is the owner's again;
 * - `doubtful`: it may be the owner or the other one, so it names nobody, and nobody else is named in its place;
 * - `nothing`: it is no more like its owner than the other one was, and that one is a candidate too: it does not stand in
 * the way.
 *
 * @param similarity of the face at the door, 0 to 100
 * @param candidates the ids of those who are candidates besides
 */
export function standingOf(
  { mistake }: Pick<FaceOwner, 'mistake'>,
  similarity: number,
  candidates: ReadonlySet<string>,
  { margin }: Pick<SightingRules, 'margin'>,
): 'counts' | 'doubtful' | 'nothing' {
  if (!mistake || similarity >= mistake.at + margin) return 'counts';
  const isOther = mistake.whoWas !== undefined && candidates.has(mistake.whoWas);
  return isOther && similarity <= mistake.at ? 'nothing' : 'doubtful';
}
