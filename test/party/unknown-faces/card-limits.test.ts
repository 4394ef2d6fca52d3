import assert from 'node:assert/strict';
import { test } from 'node:test';
import { betweenCards, CardLimits, mostCards } from '../../../party/unknown-faces/card-limits.ts';
import { openTable } from '../../support/table.ts';

test('of many passers-by ten have a card of their own, one a minute, and all others one together', async (t) => {
  const { table, close } = await openTable();
  t.after(close);
  const limits = new CardLimits(table, 'party-1');
  const begin = 1_795_000_000_000;
  for (let card = 0; card < mostCards; card++) {
    const now = begin + card * betweenCards;
    assert.equal(await limits.takeCard(`face-${card}`, now), 'now');
    assert.equal(await limits.takeCard(`face-${card}`, now), 'now', 'the same card once more');
    const next = await limits.takeCard('next', now + betweenCards - 1);
    assert.equal(next, card < mostCards - 1 ? 'later' : 'together');
  }
  assert.equal(await limits.takeCard('next', begin + 60 * betweenCards), 'together');
  assert.equal(
    await new CardLimits(table, 'party-2').takeCard('next', begin),
    'now',
    'each party has its own',
  );
});
