import assert from 'node:assert/strict';
import { test } from 'node:test';
import { frameTime } from '../../../party/record/frame-time.ts';
import { parseRecord } from '../../../party/record/record.ts';
import { bytesOf, recordOf } from '../../support/records.ts';

const time = 1_795_000_000_000;
const table: Array<[string, { skew: number; offset: number }, { time: number; clock: string }]> = [
  ['the fragment’s start and the offset in it', { skew: 0, offset: 1400 }, { time, clock: 'producer' }],
  ['a producer 30 s ahead is believed', { skew: 30_000, offset: 0 }, { time, clock: 'producer' }],
  [
    'a producer more than 30 s ahead is not',
    { skew: 30_001, offset: 500 },
    { time: time - 30_001, clock: 'service' },
  ],
  [
    'a producer an hour behind is not',
    { skew: -3_600_000, offset: 0 },
    { time: time + 3_600_000, clock: 'service' },
  ],
];
for (const [what, options, expected] of table) {
  test(what, () => {
    assert.deepEqual(frameTime(parseRecord(bytesOf(recordOf(time, [], options)))), expected);
  });
}
