import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FaceOwner } from '../../../party/guests/people.ts';
import { sightingRules } from '../../../party/recognition/rules.ts';
import { parseRecord } from '../../../party/record/record.ts';
import { type FaceLook, faceLooks } from '../../../party/unknown-faces/face-looks.ts';
import { unknownFaceAt } from '../../../party/unknown-faces/unknown-rule.ts';
import { bytesOf, type FaceInFrame, match, recordOf } from '../../support/records.ts';

const begin = 1_795_000_000_000;
const owners = new Map<string, FaceOwner>([
  ['anna-1', { kind: 'guest', id: 'anna' }],
  ['bob-1', { kind: 'guest', id: 'bob' }],
  ['stranger-1', { kind: 'unknown', id: 'u1' }],
  ['misled', { kind: 'guest', id: 'bob', mistake: { at: 90 } }],
]);

/** What the rules make of one face. */
const lookAt = (face: FaceInFrame, time = begin, awaited: readonly string[] = []): FaceLook[] =>
  faceLooks(
    parseRecord(bytesOf(recordOf(time, [face]))),
    { time, clock: 'producer' },
    { owners, awaited: new Set(awaited) },
    sightingRules.video,
  );

const kinds: Array<[string, FaceInFrame, string[], unknown]> = [
  ['a face like nobody', {}, [], 'unknown'],
  ['a face that is not enough like anybody', { matches: [match('anna-1', 79)] }, [], 'unknown'],
  ['one that may be two guests', { matches: [match('anna-1', 90), match('bob-1', 89)] }, [], 'unknown'],
  ['a guest', { matches: [match('anna-1', 90)] }, [], { guestId: 'anna' }],
  ['an unknown face that is known', { matches: [match('stranger-1', 90)] }, [], 'somebody'],
  ['a face that looks away', { yaw: 60 }, [], undefined],
  [
    'one that may be of who is being enrolled',
    { matches: [match('new', 90, 'photo:AQAD')] },
    ['new'],
    undefined,
  ],
  ['one that misled', { matches: [match('misled', 85)] }, [], undefined],
];
for (const [what, face, awaited, is] of kinds)
  test(`${what} is ${typeof is === 'object' ? 'that guest' : (is ?? 'not judged')}`, () => {
    assert.deepEqual(lookAt(face, begin, awaited)[0]?.is, is);
  });

/** Looks at a face: where, and when in seconds. */
const looks = (face: FaceInFrame, ...seconds: number[]): FaceLook[] =>
  seconds.flatMap((at) => lookAt(face, begin + at * 1000));

const isUnknown = (seen: readonly FaceLook[]): boolean =>
  unknownFaceAt(seen.at(-1)!, seen.slice(0, -1)) !== undefined;

const rule: Array<[string, FaceLook[], boolean]> = [
  ['five looks in three seconds', looks({}, 0, 0.75, 1.5, 2.25, 3), true],
  ['four looks', looks({}, 0, 1, 2, 3), false],
  ['five looks in more than three seconds', looks({}, 0, 1, 2, 3, 4), false],
  ['a frame that came five times', looks({}, 1, 1, 1, 1, 1), false],
  ['five looks at two places', [...looks({ left: 0.1 }, 0, 0.5), ...looks({ left: 0.7 }, 1, 1.5, 2)], false],
  ['somebody who walks by', [0, 1, 2, 3, 4].flatMap((step) => looks({ left: step * 0.15 }, step / 2)), false],
  [
    'a guest whom one look of six names',
    [...looks({}, 0, 0.2), ...looks({ matches: [match('anna-1', 90)] }, 0.4), ...looks({}, 0.6, 0.8, 1)],
    false,
  ],
  [
    'somebody beside a guest who is named',
    [...looks({ left: 0.7, matches: [match('anna-1', 90)] }, 0, 0.2), ...looks({}, 0, 0.2, 0.4, 0.6, 0.8)],
    true,
  ],
  ['looks that come in another order', looks({}, 2, 1, 0, 0.5, 1.5), true],
];
for (const [what, seen, expected] of rule)
  test(`${what}: ${expected ? 'an unknown face' : 'none'}`, () => assert.equal(isUnknown(seen), expected));

test('the best look comes first', () => {
  const seen = [...looks({ yaw: 30 }, 0, 0.2), ...looks({ yaw: 2 }, 0.4), ...looks({ yaw: 20 }, 0.6, 0.8)];
  const [best] = unknownFaceAt(seen.at(-1)!, seen.slice(0, -1)) ?? [];
  assert.equal(best?.time, begin + 400);
});
