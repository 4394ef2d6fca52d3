import assert from 'node:assert/strict';
import { test } from 'node:test';
import { day } from '../../../party/clock.ts';
import { forget } from '../../../party/forget/forget.ts';
import { labels, says } from '../../support/bot-house.ts';
import { endParty, startParty } from '../../support/house.ts';
import { comes, isRecapPicture, openRecapHouse } from '../../support/recap-house.ts';

test('earlier parties are offered, the newest first; whom one forgets is in none', async (t) => {
  let ahead = 0;
  const house = await openRecapHouse(t, ['Anna', 'Ben'], () => Date.now() + ahead);
  const { host, services } = house;
  await host.say(host.bot, '/recap');
  await host.waitForMessage(says(/^No party yet\./));
  await startParty(host);
  await host.say(host.bot, '/recap');
  await host.waitForMessage(says(/^The party’s still on; its recap comes when it ends\./));
  await comes(house, 'anna');
  await comes(house, 'ben');
  await endParty(host);
  await host.waitForMessage(isRecapPicture);
  ahead = day;
  await startParty(host);
  await comes(house, 'ben');
  await endParty(host);
  const newest = await host.waitForMessage(
    (one) => isRecapPicture(one) && /1 of 2 guests came/.test(one.caption!),
  );
  // Whoever was added since was not missed.
  await services.guests.add('dora', 'Dora');

  await host.say(host.bot, '/recap');
  const question = await host.waitForMessage(says(/^Which party\?$/));
  const [, older] = labels(question);
  assert.equal(labels(question).length, 2);
  await host.press(question, older!);
  const shown = await host.waitForMessage((one) => one.message_id > newest.message_id && isRecapPicture(one));
  assert.match(shown.caption!, /: 2 of 2 guests came\.$/);

  await forget(services, { what: 'guest', guestId: 'anna' });
  await host.press(question, older!);
  const without = await host.waitForMessage(
    (one) => one.message_id > shown.message_id && isRecapPicture(one),
  );
  assert.match(without.caption!, /: Your guest came\.$/);
});
