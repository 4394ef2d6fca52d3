import assert from 'node:assert/strict';
import { test } from 'node:test';
import { endText } from '../../bot/end-party.text.ts';
import { partyText } from '../../bot/features/party.text.ts';

test('a party that is over within a minute has one time, and nobody of nobody has not arrived', () => {
  assert.equal(endText.over('asked', '12:43', '12:43'), 'The party’s over (at 12:43).');
  assert.equal(endText.over('asked', '12:43', '12:44'), 'The party’s over (12:43 to 12:44).');
  assert.equal(partyText.arrived(0, 0), 'No guests yet.');
});

test('what ends a party is right by day, too', () => {
  for (const words of [endText.thankYou, endText.thanks, endText.nobodyCame])
    assert.doesNotMatch(words, /night|evening/);
});
