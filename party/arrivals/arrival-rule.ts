import type { SightingRules } from '../recognition/rules.ts';

/*
 * The rule of an arrival, in its two halves: whom a face in one frame is taken for (`leader`), and how many such frames
 * it takes (`hasArrived`). The match Lambda decides by it, and the producer stops searching by it.
 *
 * The match Lambda knows whose each indexed face is, and asks about people. The producer knows FaceIds only: two of them
 * may be two photos of one guest, or two guests, and the chat may say tomorrow that one is somebody else's. So it asks
 * about FaceIds, as if each were another person. That is the worst case: a FaceId that leads every other FaceId belongs
 * to a person who leads every other person, so whom the producer takes for named the match Lambda surely names. It does
 * not hold the other way round: the two photos of one guest are about as similar, and the producer goes on searching,
 * until one photo leads or the guest's budget is spent. A few searches cost less than a guest whom nobody announces.
 *
 * Whoever is easily taken for somebody else (a child, or one of two guests who look alike) is named on more: nearer, further
 * ahead, and in more frames over a longer time. The producer is told that there are such guests, not who, and takes
 * everybody for one then.
 */

/** What is known of a guest who has not arrived yet. */
export interface Seen {
  /** The times of all frames that the guest was seen in, in any order, milliseconds since 1970. */
  readonly times: Iterable<number>;
  /** The best similarity among the newest sightings, 0 to 100. */
  readonly similarity: number;
  /** Whether the guest is easily taken for somebody else. */
  readonly isEasilyMistaken?: boolean;
}

/** Somebody whom a face may be. */
export interface Candidate {
  /** 0 to 100. */
  readonly similarity: number;
  /** Whether this one is easily taken for somebody else. */
  readonly isEasilyMistaken?: boolean;
}

/**
 * Whom a face is taken for: the most similar candidate, if at or above the threshold and ahead of the next one by the
 * margin; by more of both, if that one is easily taken for somebody else.
 *
 * @param candidates in any order; each is another person, or may be another (see above)
 * @returns undefined when it is nobody, or cannot be told from the next
 */
export function leader<C extends Candidate>(
  candidates: readonly C[],
  { threshold, margin, careful }: Pick<SightingRules, 'threshold' | 'margin' | 'careful'>,
): C | undefined {
  const [first, second] = candidates
    .filter(({ similarity }) => similarity >= threshold)
    .sort((a, b) => b.similarity - a.similarity);
  if (!first) return undefined;
  const more = first.isEasilyMistaken ? careful.more : 0;
  const leads = !second || first.similarity - second.similarity >= margin + more;
  return leads && first.similarity >= threshold + more ? first : undefined;
}

/**
 * Has the guest arrived? On two sightings in different frames within the window, or on one that is certain.
 * A wrong name at the door is worse than a late one, and one frame can deceive. Whoever is easily taken for somebody else
 * has on more sightings within the window, over some time, and never on one.
 */
export function hasArrived(
  seen: Seen,
  { window, certain, careful }: Pick<SightingRules, 'window' | 'certain' | 'careful'>,
): boolean {
  const times = [...new Set(seen.times)].sort((a, b) => a - b);
  if (seen.isEasilyMistaken) {
    return times.some((last, index) => {
      const within = times.slice(0, index + 1).filter((time) => last - time <= window);
      return within.length >= careful.sightings && last - within[0]! >= careful.span;
    });
  }
  if (seen.similarity >= certain) return true;
  return times.some((time, index) => index > 0 && time - times[index - 1]! <= window);
}
