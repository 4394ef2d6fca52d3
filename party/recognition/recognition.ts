import type { FrameClock } from '../record/frame-time.ts';
import type { Pulse } from './pulse.ts';

/** What a recognition is doing. */
export interface RecognitionStatus {
  readonly state: 'off' | 'starting' | 'on' | 'stopping' | 'failed';
  /** Why it failed, or what is wrong while it is on, in the service's words. */
  readonly message?: string;
  /** What the producer at home says of itself, where there is one that does the recognising. */
  readonly pulse?: Pulse;
}

/**
 * Whatever watches the door and writes face-search records. It can do four things; everything behind the
 * record is the same for all recognitions.
 */
export interface Recognition {
  /**
   * Safe in every state.
   *
   * @param until how long it may take, milliseconds since 1970; by default as long as such a start usually takes
   * @throws NotYetError when it is not on by then
   * @throws RecognitionError with words for the host when it cannot be started
   */
  start(until?: number): Promise<void>;
  /** Safe in every state. */
  stop(): Promise<void>;
  status(): Promise<RecognitionStatus>;
  /**
   * The camera's picture at a moment, JPEG.
   *
   * @param time milliseconds since 1970
   * @param clock that this time is of; the producer's when not given
   * @returns undefined when the camera has no picture of that moment
   */
  picture(time: number, clock?: FrameClock): Promise<Uint8Array | undefined>;
}
