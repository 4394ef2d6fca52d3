/**
 * Why the door is not watched, as far as it is known: the program was not running, a video that is played as the camera
 * came to its end, the camera gave nothing, or somebody switched it off.
 */
export type InterruptionCause = 'not running' | 'video ended' | 'camera lost' | 'camera off';

/** Something that keeps the door from being watched. */
export interface Interruption {
  readonly cause: InterruptionCause;
  /** When that was found, milliseconds since 1970. */
  readonly at: number;
}

/**
 * Why nobody watched in a gap: what is known to have happened in it. Where nobody knows of anything, nothing is claimed.
 *
 * @param interruption the one that the party knows of
 */
export function causeOf(
  { from, to }: { readonly from: number; readonly to: number },
  interruption: Interruption | undefined,
): InterruptionCause | undefined {
  if (!interruption) return undefined;
  const { at, cause } = interruption;
  return at >= from - frameInterval && at <= to ? cause : undefined;
}

/** What ends may be known a moment before the last frame is handled; milliseconds. */
const frameInterval = 1000;
