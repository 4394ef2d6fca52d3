import { second } from '../clock.ts';
import type { Config } from '../config.ts';

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

/** The rules of each recognition, by its name in the settings. */
export const sightingRules = {
  video: {
    threshold: 80,
    certain: 99,
    margin: 3,
    window: 3 * second,
    // Rekognition's advice for recognition from video: less than 45 degrees to the side.
    maxYaw: 45,
    maxPitch: 45,
  },
  // The producer searches by them too: what it takes to name a guest is what is asked for, and no more.
  images: {
    threshold: 80,
    certain: 99,
    margin: 3,
    // A second look at a face comes as soon as a better crop of it, and each takes a call over the internet.
    window: 5 * second,
    maxYaw: 45,
    maxPitch: 45,
  },
  // Never asked, for nothing is recognised.
  asleep: { threshold: 100, certain: 100, margin: 0, window: 0, maxYaw: 0, maxPitch: 0 },
} as const satisfies Record<Config['RECOGNITION'], SightingRules>;
