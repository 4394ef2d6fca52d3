import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { carolOfTurn } from '../../../party/songs/carols.ts';

test('a party plays each carol once before any comes again', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 12 }),
      fc.string(),
      fc.nat(5),
      (carols, partyId, round) => {
        const turns = carols.map((_, turn) => carolOfTurn(carols, partyId, round * carols.length + turn));
        assert.deepEqual([...turns].sort(), [...carols].sort());
      },
    ),
  );
});

test('the order is the party’s own, whatever order the carols are listed in', () => {
  const carols = ['a', 'b', 'c', 'd', 'e', 'f'];
  const order = (ids: string[], party: string) =>
    ids.map((_, turn) => carolOfTurn(ids, party, turn)).join('');
  assert.equal(order(carols, 'p1'), order([...carols].reverse(), 'p1'));
  const orders = new Set(Array.from({ length: 20 }, (_, party) => order(carols, `party ${party}`)));
  assert.ok(orders.size > 15, `${orders.size} different orders of 20`);
});

test('without carols there is none', () => {
  assert.equal(carolOfTurn([], 'p', 0), undefined);
});
