import { second } from '../clock.ts';
import type { Config } from '../config.ts';

/**
 * What it takes besides to name somebody who is easily taken for somebody else (`guests/easily-mistaken.ts`): the lines
 * were drawn by `npm run bench -- accuracy`, see `docs/recognition.md`.
 */
export interface CarefulRules {
  /** So much more similarity, and so much more of a lead over the next person. */
  readonly more: number;
  /** So many sightings within the window; no single one is certain. */
  readonly sightings: number;
  /** From the first of them to the last at least, milliseconds: looks of one moment deceive alike. */
  readonly span: number;
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
  /**
   * Whether each look at the door writes a record, with every face that was found. Else only searched faces do, and the
   * producer's pulse says whether it looks often enough.
   */
  readonly recordsEachLook: boolean;
  /** Whether records show that a face does not move; else the producer leaves it out, which sees them all. */
  readonly showsStillFaces: boolean;
  /** For whoever is easily taken for somebody else. */
  readonly careful: CarefulRules;
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
    recordsEachLook: true,
    showsStillFaces: true,
    careful: { more: 4, sightings: 3, span: second },
  },
  // The producer searches by them too: what it takes to name a guest is what is asked for, and no more.
  images: {
    threshold: 80,
    certain: 99,
    margin: 3,
    // A second look comes 0.4 s later at the soonest, and each takes a call over the internet.
    window: 5 * second,
    maxYaw: 45,
    maxPitch: 45,
    recordsEachLook: false,
    showsStillFaces: false,
    // Three of the producer's searches, as fast as they come.
    careful: { more: 4, sightings: 3, span: 0.8 * second },
  },
  // Never asked, for nothing is recognised.
  asleep: {
    threshold: 100,
    certain: 100,
    margin: 0,
    window: 0,
    maxYaw: 0,
    maxPitch: 0,
    recordsEachLook: false,
    showsStillFaces: false,
    careful: { more: 0, sightings: 1, span: 0 },
  },
} as const satisfies Record<Config['RECOGNITION'], SightingRules>;
