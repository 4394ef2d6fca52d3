import assert from 'node:assert/strict';
import { test } from 'node:test';
import { second } from '../../../party/clock.ts';
import { type Door, doorNow } from '../../../party/parties/door.ts';
import type { Party } from '../../../party/parties/party.ts';
import type { Pulse } from '../../../party/recognition/pulse.ts';

const now = 1_795_000_000_000;
const ago = (seconds: number): number => now - seconds * second;

const party = (startedAgo: number, watchedAgo?: number): Party => ({
  ...{ id: 'p', chatId: 1, startedBy: 1, startedAt: ago(startedAgo), endsAt: now + 1 },
  ...(watchedAgo !== undefined && { watchedUntil: ago(watchedAgo) }),
});
const pulse = (writtenAgo: number, frameAgo?: number, clockOffset = 0): Pulse => ({
  ...{
    at: ago(writtenAgo) + clockOffset,
    clockOffset,
    version: '1',
    serves: 1,
    frames: 1,
    faces: 0,
    calls: 0,
  },
  ...{ dropped: 0, framesPerSecond: 5 },
  ...(frameAgo !== undefined && { lastFrame: ago(frameAgo) + clockOffset }),
});

const cases: Array<[what: string, Party | undefined, Pulse | undefined, Door]> = [
  ['a party that has just begun', party(3), undefined, { state: 'waiting' }],
  ['one that has seen nothing', party(60), undefined, { state: 'none yet' }],
  ['one that sees', party(60, 2), undefined, { state: 'seen' }],
  [
    'one that is looked at too seldom',
    { ...party(60, 2), slow: { since: ago(30) } },
    undefined,
    { state: 'too slow' },
  ],
  [
    'one that was',
    { ...party(60, 2), slow: { since: ago(30), until: ago(9) } },
    undefined,
    { state: 'seen' },
  ],
  [
    'one that was, until its camera went',
    { ...party(60, 45), slow: { since: ago(50) } },
    undefined,
    { state: 'silent', since: ago(45) },
  ],
  ['one whose camera is gone', party(600, 45), undefined, { state: 'silent', since: ago(45) }],
  ['no party, and nobody who says', undefined, undefined, { state: 'unknown' }],
  ['no party, and a producer whose camera sends', undefined, pulse(4, 5), { state: 'seen' }],
  ['whose clock is off', undefined, pulse(4, 5, 3_600_000), { state: 'seen' }],
  ['whose camera is gone', undefined, pulse(4, 90), { state: 'silent', since: ago(90) }],
  ['whose camera never sent', undefined, pulse(4), { state: 'none yet' }],
  ['that is gone itself', undefined, pulse(90, 91), { state: 'silent', since: ago(91) }],
];
for (const [what, on, beat, expected] of cases)
  test(`the door at ${what}`, () =>
    assert.deepEqual(doorNow(on, beat ? { pulse: beat } : {}, now), expected));
