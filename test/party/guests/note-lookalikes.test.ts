import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { Guests } from '../../../party/guests/guests.ts';
import { markChild } from '../../../party/guests/mark-child.ts';
import { noteLookalikes } from '../../../party/guests/note-lookalikes.ts';
import { Wishes } from '../../../party/recognition/wish.ts';
import { openTable } from '../../support/table.ts';

/** Guests, each with the photos that their own were like when they came. */
async function openGuests(t: TestContext, likes: Readonly<Record<string, Record<string, number>>>) {
  const { table, close } = await openTable();
  t.after(close);
  const now = () => 1_795_000_000_000;
  const guests = new Guests(table, now);
  for (const [id, like] of Object.entries(likes)) {
    await guests.add(id, id);
    await guests.addPhoto(id, {
      photoId: id,
      faceIds: [`face-${id}`],
      key: `photos/${id}`,
      like: Object.entries(like).map(([of, similarity]) => ({ faceId: `face-${of}`, similarity })),
    });
  }
  const services = { guests, table, now };
  return {
    services,
    wishes: new Wishes(table, now),
    looksLike: async () =>
      Object.fromEntries((await guests.list()).map(({ id, looksLike }) => [id, looksLike?.join()])),
  };
}

test('two guests who look alike are noted with both, and forgotten when the photo goes', async (t) => {
  const { services, looksLike, wishes } = await openGuests(t, { anna: {}, bea: { anna: 74 }, cleo: {} });
  const { since } = await wishes.write(true);
  await noteLookalikes(services);
  assert.deepEqual(await looksLike(), { anna: 'bea', bea: 'anna', cleo: undefined });
  assert.deepEqual(await wishes.read(), { on: true, since, isCareful: true });
  await services.guests.removePhoto('anna', 'anna');
  await noteLookalikes(services);
  assert.deepEqual(await looksLike(), { anna: undefined, bea: undefined, cleo: undefined });
  assert.deepEqual(await wishes.read(), { on: true, since });
});

test('a child is easily mistaken, too, and the producer hears of it also before the first party', async (t) => {
  const { services, wishes } = await openGuests(t, { anna: {}, ben: {} });
  assert.equal((await markChild(services, 'anna', true))?.isChild, true);
  assert.equal(await wishes.read(), undefined, 'no wish was ever said');
  assert.equal((await wishes.write(true)).on, true);
  assert.equal((await wishes.read())?.isCareful, true);
  assert.equal((await wishes.write(false)).on, false);
  assert.equal((await wishes.read())?.isCareful, true, 'it holds for the next party');
  assert.equal((await markChild(services, 'anna', false))?.isChild, undefined);
  assert.equal((await wishes.read())?.isCareful, undefined);
  assert.equal(await markChild(services, 'nobody', true), undefined);
});
