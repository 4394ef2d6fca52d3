import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PersonMessage } from '../../../local/telegram/state/messages.ts';
import { day } from '../../../party/clock.ts';
import { forget } from '../../../party/forget/forget.ts';
import { labels, openBotHouse, says } from '../../support/bot-house.ts';
import { doorOf, faceLike, inviteGuests } from '../../support/door.ts';
import { eventually } from '../../support/eventually.ts';
import { endParty, startParty } from '../../support/house.ts';
import { seenAtTheDoor } from '../../support/portraits.ts';

const isRecapPicture = ({ photo, caption }: PersonMessage): boolean =>
  photo !== undefined && /guests? came\.|thank you all for coming/.test(caption ?? '');

/** A house with guests, whose camera sees this woman whoever comes. */
async function openRecapHouse(
  t: Parameters<typeof openBotHouse>[0],
  names: readonly string[],
  now: () => number = Date.now,
) {
  const jpeg = await seenAtTheDoor('anna');
  const house = await openBotHouse(t, {
    pictures: true,
    clock: { now, ahead: 0 },
    instead: ({ recognition: real }) => ({
      recognition: {
        start: (until) => real.start(until),
        stop: () => real.stop(),
        status: () => real.status(),
        picture: async () => jpeg,
      },
    }),
  });
  await inviteGuests(house, names);
  return house;
}

/** A guest comes, and is there with a picture. */
async function comes(house: Awaited<ReturnType<typeof openRecapHouse>>, guest: string): Promise<void> {
  const { services } = house;
  await doorOf(house).shows(faceLike({ [guest]: 95 }));
  const { id } = (await services.parties.on())!;
  await eventually(
    'the arrival has its picture',
    async () => (await services.arrivals.get(id, guest))?.pictureId !== undefined,
  );
}

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
