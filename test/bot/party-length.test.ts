import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readPartyEnd } from '../../bot/party-length.ts';
import { partyTimes } from '../../bot/times.ts';
import { hour } from '../../party/clock.ts';

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
  ['4 hours', at('2026-12-25T00:15:30+01:00')],
  ['for 4 hours', at('2026-12-25T00:15:30+01:00')],
  ['an hour', at('2026-12-24T21:15:30+01:00')],
  ['two hours', at('2026-12-24T22:15:30+01:00')],
  ['half an hour', at('2026-12-24T20:45:30+01:00')],
  ['an hour and a half', at('2026-12-24T21:45:30+01:00')],
  ['three and a half hours', at('2026-12-24T23:45:30+01:00')],
  ['1 hour and 30 minutes', at('2026-12-24T21:45:30+01:00')],
  ['90 mins.', at('2026-12-24T21:45:30+01:00')],
  ['until 1am', at('2026-12-25T01:00:00+01:00')],
  ['until 1 AM', at('2026-12-25T01:00:00+01:00')],
  ['1 a.m.', at('2026-12-25T01:00:00+01:00')],
  ['till 1:30am', at('2026-12-25T01:30:00+01:00')],
  ['11pm', at('2026-12-24T23:00:00+01:00')],
  ['8pm', at('2026-12-25T20:00:00+01:00')],
  ['at 10 pm', at('2026-12-24T22:00:00+01:00')],
  ['12am', at('2026-12-25T00:00:00+01:00')],
  ['12 pm', at('2026-12-25T12:00:00+01:00')],
  ['until midnight', at('2026-12-25T00:00:00+01:00')],
  ['until 1', at('2026-12-25T01:00:00+01:00')],
  ['until 11', at('2026-12-24T23:00:00+01:00')],
  ['until 12', at('2026-12-25T00:00:00+01:00')],
  ['until 23', at('2026-12-24T23:00:00+01:00')],
  ['until 2 o’clock', at('2026-12-25T02:00:00+01:00')],
  ['until 8', at('2026-12-25T08:00:00+01:00')],
  ['until 24:00', at('2026-12-25T00:00:00+01:00')],
  ['13pm', { problem: 'not understood' }],
  ['0am', { problem: 'not understood' }],
  ['for ever', { problem: 'not understood' }],
  ['4m', { problem: 'too short' }],
  ['0h', { problem: 'too short' }],
  ['25h', { problem: 'too long' }],
  ['99999m', { problem: 'too long' }],
  ['until 12:60', { problem: 'not understood' }],
  ['tomorrow', { problem: 'not understood' }],
  ['-4h', { problem: 'not understood' }],
  ['4', { problem: 'not understood' }],
];

for (const [written, end] of cases) {
  test(`/start_party ${written}`, () =>
    assert.deepEqual(readPartyEnd(written, evening, berlin, 4 * hour), end));
}

test('an end by the clock is right in the night when summer time ends', () => {
  const night = Date.parse('2026-10-25T00:30:00+02:00');
  assert.deepEqual(readPartyEnd('until 04:00', night, berlin, 4 * hour), at('2026-10-25T04:00:00+01:00'));
});

test('an hour that summer time skips is the next day’s, which is too far', () => {
  const night = Date.parse('2026-03-29T00:30:00+01:00');
  assert.deepEqual(readPartyEnd('until 02:30', night, berlin, 4 * hour), { problem: 'too long' });
});
