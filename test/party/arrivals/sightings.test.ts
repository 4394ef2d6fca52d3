import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sightings } from '../../../party/arrivals/sightings.ts';
import type { FaceOwner } from '../../../party/guests/people.ts';
import { parseRecord } from '../../../party/record/record.ts';
import { bytesOf, type FaceInFrame, match, recordOf } from '../../support/records.ts';

const time = 1_795_000_000_000;
const rules = {
  ...{ threshold: 80, certain: 99, margin: 3, window: 3000, maxYaw: 45, maxPitch: 45 },
  recordsEachLook: true,
  showsStillFaces: true,
  careful: { more: 4, sightings: 3, span: 1000 },
};
const owners = new Map<string, FaceOwner>([
  ['anna-1', { kind: 'guest', id: 'anna' }],
  ['anna-2', { kind: 'guest', id: 'anna' }],
  ['bob-1', { kind: 'guest', id: 'bob' }],
  ['kim-1', { kind: 'guest', id: 'kim', isEasilyMistaken: true }],
  ['kim-2', { kind: 'guest', id: 'kim', isEasilyMistaken: true }],
  ['home-1', { kind: 'household', id: 'home' }],
  ['unknown-1', { kind: 'unknown', id: 'u1' }],
  ['anna-taken-for-bob', { kind: 'guest', id: 'anna', mistake: { at: 92, whoWas: 'bob' } }],
  ['anna-taken-for-somebody', { kind: 'guest', id: 'anna', mistake: { at: 92 } }],
]);

const table: Array<[string, FaceInFrame[], string[]]> = [
  ['no face', [], []],
  ['a face that is nobody’s', [{}], []],
  ['a match', [{ matches: [match('anna-1', 91)] }], ['guest#anna 91']],
  ['a match under the threshold', [{ matches: [match('anna-1', 79.9)] }], []],
  ['a match at the threshold', [{ matches: [match('anna-1', 80)] }], ['guest#anna 80']],
  [
    'two photos of one person are one person, with the better',
    [{ matches: [match('anna-1', 85), match('anna-2', 94)] }],
    ['guest#anna 94'],
  ],
  ['two people too close together are nobody', [{ matches: [match('anna-1', 90), match('bob-1', 88)] }], []],
  [
    'the best person leads by the margin',
    [{ matches: [match('bob-1', 87), match('anna-1', 90)] }],
    ['guest#anna 90'],
  ],
  [
    'two photos of one person do not compete',
    [{ matches: [match('anna-1', 90), match('anna-2', 89.5)] }],
    ['guest#anna 90'],
  ],
  [
    'a known person beats a more similar unknown face',
    [{ matches: [match('unknown-1', 99.5), match('anna-1', 84)] }],
    ['guest#anna 84'],
  ],
  [
    'an unknown face under whose match a known one is too weak stays unknown',
    [{ matches: [match('unknown-1', 99.5), match('anna-1', 70)] }],
    ['unknown#u1 99.5'],
  ],
  ['a household member counts as a person', [{ matches: [match('home-1', 95)] }], ['household#home 95']],
  [
    'a face without an owner is a guest by its external id',
    [{ matches: [match('by-hand', 92, 'Ronak')] }],
    ['guest#external:Ronak 92'],
  ],
  ['a face without an owner and without an external id is nobody', [{ matches: [match('by-hand', 92)] }], []],
  [
    'a face that was enrolled and has no owner is nobody',
    [{ matches: [match('new', 99.5, 'photo:AQADx')] }],
    [],
  ],
  [
    'nor is one that was enrolled before there was the prefix',
    [{ matches: [match('new', 99.5, 'AgADdQEAAsW1234')] }],
    [],
  ],
  ['a face turned away', [{ matches: [match('anna-1', 95)], yaw: -50 }], []],
  ['a face looking down', [{ matches: [match('anna-1', 95)], pitch: -46 }], []],
  [
    'two guests side by side',
    [{ matches: [match('anna-1', 95)] }, { matches: [match('bob-1', 88)], left: 0.7 }],
    ['guest#anna 95', 'guest#bob 88'],
  ],
  [
    'one person is never two faces: the better one is',
    [{ matches: [match('anna-1', 84)] }, { matches: [match('anna-2', 93)], left: 0.7 }],
    ['guest#anna 93'],
  ],
  [
    'a face that was mistaken before is its owner’s again where it leads what it was then by the margin',
    [{ matches: [match('anna-taken-for-somebody', 95)] }],
    ['guest#anna 95'],
  ],
  ['and nobody’s short of that', [{ matches: [match('anna-taken-for-somebody', 94.9)] }], []],
  [
    'nor is anybody else named in its place: it may be the owner',
    [{ matches: [match('anna-taken-for-somebody', 90), match('bob-1', 88)] }],
    [],
  ],
  [
    'but whom it was taken for, up to where that was so',
    [{ matches: [match('anna-taken-for-bob', 92), match('bob-1', 84)] }],
    ['guest#bob 84'],
  ],
  [
    'and not beyond: that may be either',
    [{ matches: [match('anna-taken-for-bob', 92.5), match('bob-1', 84)] }],
    [],
  ],
  [
    'another photo of the owner does not stand in for it',
    [{ matches: [match('anna-taken-for-bob', 92), match('anna-1', 84)] }],
    [],
  ],
  [
    'somebody easily mistaken has to be more alike',
    [{ matches: [match('kim-1', 83.9)] }, { matches: [match('anna-1', 81)], left: 0.7 }],
    ['guest#anna 81'],
  ],
  ['and is, by any of the photos', [{ matches: [match('kim-1', 81), match('kim-2', 84)] }], ['guest#kim 84']],
  [
    'somebody easily mistaken has to lead by more',
    [{ matches: [match('kim-1', 92), match('anna-1', 87)] }],
    [],
  ],
  [
    'and where that is too little, nobody else is named in their place',
    [{ matches: [match('kim-1', 83), match('anna-1', 80)] }],
    [],
  ],
];
for (const [what, faces, expected] of table) {
  test(what, () => {
    const record = parseRecord(bytesOf(recordOf(time, faces)));

    const seen = sightings(record, time, owners, rules);

    assert.deepEqual(
      seen.map(({ person, similarity }) => `${person.kind}#${person.id} ${similarity}`),
      expected,
    );
  });
}

test('a sighting carries the frame’s time and the face’s place', () => {
  const record = parseRecord(bytesOf(recordOf(time, [{ matches: [match('anna-1', 95)], left: 0.25 }])));
  const [seen] = sightings(record, time, owners, rules);
  assert.equal(seen?.time, time);
  assert.equal(seen?.box.left, 0.25);
});
