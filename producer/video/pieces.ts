import type { Clock } from '../../party/clock.ts';
import type { CodedPart } from './coded-parts.ts';
import { Fragmenter, fragmentLasts, type Piece } from './fragmenter.ts';

/**
 * What a camera sends, made ready for an upload. The first second is held back until it is sure to be fit: it is what
 * shows B-frames.
 *
 * @param now when a picture comes, milliseconds since 1970
 * @param holdBack how much is held back in place of a second: milliseconds
 * @throws {UnfitVideoError} in the iteration, and what the parts throw
 */
export async function* piecesOf(
  parts: AsyncIterable<CodedPart>,
  now: Clock,
  holdBack: number = fragmentLasts.least,
): AsyncGenerator<Piece, void, undefined> {
  let fragmenter: Fragmenter | undefined;
  let held: Piece[] | undefined = [];
  for await (const part of parts) {
    if ('track' in part) {
      fragmenter = new Fragmenter(part.track);
      continue;
    }
    const piece = fragmenter?.take(part.picture, now());
    if (!piece) continue;
    if (!held) {
      yield piece;
      continue;
    }
    held.push(piece);
    if (piece.time - held[0]!.time < holdBack) continue;
    yield* held;
    held = undefined;
  }
}
