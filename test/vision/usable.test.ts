import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Face } from '../../vision/face.ts';
import { type Mode, type Unusable, unusable } from '../../vision/usable.ts';

type Judged = Pick<Face, 'box' | 'confidence' | 'pose' | 'quality'>;

const good: Judged = {
  box: { left: 0, top: 0, width: 80, height: 100 },
  confidence: 0.9,
  pose: { pitch: -6, roll: 0, yaw: 0 },
  quality: { brightness: 50, sharpness: 80 },
};
const wide = (width: number): Partial<Judged> => ({ box: { ...good.box, width } });
const turned = (pose: Partial<Judged['pose']>): Partial<Judged> => ({ pose: { ...good.pose, ...pose } });
const looking = (quality: Partial<Judged['quality']>): Partial<Judged> => ({
  quality: { ...good.quality, ...quality },
});

const cases: Array<[string, Partial<Judged>, Mode, Unusable | undefined]> = [
  ['a good face', {}, 'live', undefined],
  ['a good face', {}, 'enrolment', undefined],
  ['a face 21 px wide', wide(21), 'live', 'SMALL_BOUNDING_BOX'],
  ['a face 22 px wide', wide(22), 'live', undefined],
  ['a face 49 px wide', wide(49), 'enrolment', 'SMALL_BOUNDING_BOX'],
  ['a face turned left', turned({ yaw: -46 }), 'live', 'EXTREME_POSE'],
  ['a face turned right', turned({ yaw: 46 }), 'enrolment', 'EXTREME_POSE'],
  ['a face looking down', turned({ pitch: -44 }), 'live', 'EXTREME_POSE'],
  ['a face looking up', turned({ pitch: 41 }), 'live', 'EXTREME_POSE'],
  ['a leaning head', turned({ roll: 60 }), 'live', undefined],
  ['a face in the dark', looking({ brightness: 9 }), 'live', 'LOW_BRIGHTNESS'],
  ['a face in dim light', looking({ brightness: 15 }), 'live', undefined],
  ['a face in dim light', looking({ brightness: 15 }), 'enrolment', undefined],
  ['a face in the dark', looking({ brightness: 11 }), 'enrolment', 'LOW_BRIGHTNESS'],
  ['a broad smile, which measures as looking down', turned({ pitch: -41.5 }), 'enrolment', undefined],
  ['a blurred face', looking({ sharpness: 39 }), 'live', 'LOW_SHARPNESS'],
  ['a slightly blurred face', looking({ sharpness: 50 }), 'live', undefined],
  ['a slightly blurred face', looking({ sharpness: 50 }), 'enrolment', 'LOW_SHARPNESS'],
  ['what is hardly a face', { confidence: 0.35 }, 'live', 'LOW_CONFIDENCE'],
  ['what is hardly a face', { confidence: 0.35 }, 'enrolment', undefined],
];

for (const [what, difference, mode, reason] of cases) {
  test(`${what} ${reason ? `does not count (${reason})` : 'counts'}, ${mode}`, () => {
    assert.equal(unusable({ ...good, ...difference }, mode), reason);
  });
}
