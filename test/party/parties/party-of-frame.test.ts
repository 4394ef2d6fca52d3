import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isDuring } from '../../../party/parties/party-of-frame.ts';

const on = { id: 'on', chatId: 42, startedBy: 1, startedAt: 1000, endsAt: 5000 };
const table: Array<[string, number, boolean, number?]> = [
  ['before its start', 999, false],
  ['at its start', 1000, false],
  ['during it', 1001, true],
  ['at its end', 5000, true],
  ['after its end', 5001, false],
  ['before a past party was put away', 4000, true, 4000],
  ['after a past party was put away, though its time was longer', 4001, false, 4000],
  ['after a past party’s end, though it was put away later', 5001, false, 9000],
];
for (const [what, time, expected, endedAt] of table) {
  test(`a frame ${what} is ${expected ? '' : 'not '}of the party`, () => {
    assert.equal(isDuring(endedAt === undefined ? on : { ...on, endedAt }, time), expected);
  });
}
