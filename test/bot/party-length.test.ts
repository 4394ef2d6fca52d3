import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readPartyEnd } from '../../bot/party-length.ts';
import { partyTimes } from '../../bot/times.ts';

const berlin = partyTimes('Europe/Berlin');
/** 20:15 in Berlin, in winter. */
const evening = Date.parse('2026-12-24T20:15:30+01:00');
const at = (iso: string) => ({ endsAt: Date.parse(iso) });

const cases: Array<[written: string, end: object]> = [
  ['', at('2026-12-25T00:15:30+01:00')],
  ['  ', at('2026-12-25T00:15:30+01:00')],
  ['4h', at('2026-12-25T00:15:30+01:00')],
  ['3 hours', at('2026-12-24T23:15:30+01:00')],
  ['2.5h', at('2026-12-24T22:45:30+01:00')],
  ['2,5 h', at('2026-12-24T22:45:30+01:00')],
  ['90m', at('2026-12-24T21:45:30+01:00')],
  ['45 min', at('2026-12-24T21:00:30+01:00')],
  ['1h30', at('2026-12-24T21:45:30+01:00')],
  ['1h 30m', at('2026-12-24T21:45:30+01:00')],
  ['24h', at('2026-12-25T20:15:30+01:00')],
  ['until 01:00', at('2026-12-25T01:00:00+01:00')],
  ['Until 1:00', at('2026-12-25T01:00:00+01:00')],
  ['till 23.30', at('2026-12-24T23:30:00+01:00')],
  ['22:00', at('2026-12-24T22:00:00+01:00')],
  ['until 20:15', at('2026-12-25T20:15:00+01:00')],
  ['until 20:16', { problem: 'too short' }],
  ['4m', { problem: 'too short' }],
  ['0h', { problem: 'too short' }],
  ['25h', { problem: 'too long' }],
  ['99999m', { problem: 'too long' }],
  ['until 24:00', { problem: 'not understood' }],
  ['until 12:60', { problem: 'not understood' }],
  ['tomorrow', { problem: 'not understood' }],
  ['-4h', { problem: 'not understood' }],
  ['4', { problem: 'not understood' }],
];

for (const [written, end] of cases) {
  test(`/start_party ${written}`, () => assert.deepEqual(readPartyEnd(written, evening, berlin), end));
}

test('an end by the clock is right in the night when summer time ends', () => {
  const night = Date.parse('2026-10-25T00:30:00+02:00');
  assert.deepEqual(readPartyEnd('until 04:00', night, berlin), at('2026-10-25T04:00:00+01:00'));
});

test('an hour that summer time skips is the next day’s, which is too far', () => {
  const night = Date.parse('2026-03-29T00:30:00+01:00');
  assert.deepEqual(readPartyEnd('until 02:30', night, berlin), { problem: 'too long' });
});
