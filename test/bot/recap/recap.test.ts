import assert from 'node:assert/strict';
import { test } from 'node:test';
import { labels, says } from '../../support/bot-house.ts';
import { eventually } from '../../support/eventually.ts';
import { endParty, startParty } from '../../support/house.ts';
import { comes, isRecapPicture, openRecapHouse } from '../../support/recap-house.ts';

test('a party in private ends with its words, then with one picture, and nothing to share it with', async (t) => {
  const house = await openRecapHouse(t, ['Anna', 'Ben', 'Cara']);
  const { host, services } = house;
  await startParty(host);
  await comes(house, 'anna');
  await comes(house, 'ben');
  await endParty(host);
  const picture = await host.waitForMessage(isRecapPicture);
  assert.match(
    picture.caption!,
    /^\w{3} \d+ \w+, (at \d\d:\d\d|\d\d:\d\d to \d\d:\d\d): 2 of 3 guests came\.\nI didn’t see Cara\.$/,
  );
  assert.deepEqual(labels(picture), []);
  const all = await host.messages(host.bot);
  const words = all.find(says(/^The party’s over/))!;
  assert.ok(words.message_id < picture.message_id, 'the words come first');
  const largest = picture.photo!.at(-1)!;
  assert.equal(largest.width, 1280);
  await eventually('the picture is kept no longer', async () =>
    (await services.storage.list('snapshots/')).every(({ key }) => !key.includes('recap')),
  );
});

test('a party that nobody came to has no picture', async (t) => {
  const house = await openRecapHouse(t, ['Anna']);
  const { host } = house;
  await startParty(host);
  await endParty(host);
  await host.say(host.bot, '/recap');
  await host.waitForMessage(says(/^The party’s over.*\nI didn’t see anyone\./));
  await host.say(host.bot, '/status');
  await host.waitForMessage(says(/^No party’s on/));
  assert.deepEqual((await host.messages(host.bot)).filter(isRecapPicture), []);
});

test('the host shares the picture with the group, once, and without who was missing', async (t) => {
  const house = await openRecapHouse(t, ['Anna', 'Ben']);
  const { host, services } = house;
  const { id: group } = await host.createGroup('The flat', []);
  await host.say(group, '/start_party');
  await eventually('the party is on', async () => (await services.parties.on()) !== undefined);
  await comes(house, 'anna');
  await host.say(group, '/end_party');
  const mine = await host.waitForMessage((one) => one.chat.id === host.bot && isRecapPicture(one));
  assert.match(mine.caption!, /I didn’t see Ben\.$/);
  assert.deepEqual(labels(mine), ['Share with the group']);
  assert.deepEqual((await host.messages(group)).filter(isRecapPicture), [], 'nobody has shared it yet');

  await host.press(mine, 'Share with the group');
  const theirs = await host.waitForMessage((one) => one.chat.id === group && isRecapPicture(one));
  assert.match(theirs.caption!, /What an evening: thank you all for coming!$/);
  assert.doesNotMatch(theirs.caption!, /Ben/);
  assert.deepEqual(labels(theirs), []);

  await host.say(group, '/recap');
  const again = await host.waitForMessage(
    (one) => one.chat.id === host.bot && one.message_id > mine.message_id && isRecapPicture(one),
  );
  assert.match(again.caption!, /I didn’t see Ben\.$/);
  assert.deepEqual(labels(again), [], 'the group has it');
  assert.equal((await host.messages(group)).filter(isRecapPicture).length, 1);
});
