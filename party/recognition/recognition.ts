import type { Pulse } from './pulse.ts';

/** What a recognition is doing. */
export interface RecognitionStatus {
  readonly state: 'off' | 'starting' | 'on' | 'stopping' | 'failed';
  /** Why it failed, in the service's words. */
  readonly message?: string;
  /** What the producer at home says of itself, where there is one that does the recognising. */
  readonly pulse?: Pulse;
}

/** What makes a record's face a sighting; each recognition knows its own figures. */
export interface SightingRules {
  /** A match counts from this similarity on, 0 to 100. */
  readonly threshold: number;
  /** One sighting of this similarity is enough for an arrival. */
  readonly certain: number;
  /** By how much similarity the best person must lead the next. */
  readonly margin: number;
  /** Two sightings within this many milliseconds make an arrival. */
  readonly window: number;
  /** Faces turned further than this do not count, in degrees either way. */
  readonly maxYaw: number;
  readonly maxPitch: number;
}

/**
 * Whatever watches the door and writes face-search records. It can do four things; everything behind the
 * record is the same for all recognitions.
 */
export interface Recognition {
  readonly rules: SightingRules;
  /**
   * Safe in every state.
   * @throws RecognitionError with words for the host when it cannot be started
   */
  start(): Promise<void>;
  /** Safe in every state. */
  stop(): Promise<void>;
  status(): Promise<RecognitionStatus>;
  /**
   * The camera's picture at a moment, JPEG.
   *
   * @param time milliseconds since 1970
   * @returns undefined when the camera has no picture of that moment
   */
  picture(time: number): Promise<Uint8Array | undefined>;
}
