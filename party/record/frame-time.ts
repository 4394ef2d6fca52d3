import { second } from '../clock.ts';
import type { FaceSearchRecord } from './record.ts';

/** A producer's clock that is further off than this is not believed. */
export const maxSkew = 30 * second;

/** The clock that a frame's time is of: `service` when the producer's cannot be believed. */
export type FrameClock = 'producer' | 'service';

/** When a frame was seen, and by which clock. */
export interface FrameTime {
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly clock: FrameClock;
}

/**
 * When the frame of a record was seen: the producer's time of the fragment and the frame's offset in it. A
 * producer whose clock is far off would put guests before or after the party, so then the service's is used.
 */
export function frameTime(record: FaceSearchRecord): FrameTime {
  const clock = Math.abs(record.serverTime - record.producerTime) > maxSkew ? 'service' : 'producer';
  const fragment = clock === 'service' ? record.serverTime : record.producerTime;
  return { time: fragment + record.frameOffset, clock };
}
