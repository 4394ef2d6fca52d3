import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SignUps } from '../../../party/sign-ups/sign-ups.ts';
import { guestsOf, openBotHouse, says } from '../../support/bot-house.ts';
import { groupPortrait, groupRecognizer } from '../../support/group-photo.ts';
import { guestCode, signUp, tracesOf } from '../../support/sign-ups.ts';

test('a press that is handled twice asks the host once, and welcomes once', async (t) => {
  const house = await openBotHouse(t, { recognizer: groupRecognizer });
  const { host, stand, services } = house;
  const code = await guestCode(house);
  const gina = await stand.person('guest');
  // It is cut short behind the card, and Telegram brings it again.
  const card = await signUp(house, gina, code, await groupPortrait([1]));
  await Promise.all([host.press(card, 'Welcome'), host.press(card, 'Welcome')]);
  await gina.waitForMessage(says(/^You’re on the list!/));
  await host.say(host.bot, '/guests');
  await host.waitForMessage(says(/^1 guest:/));
  assert.equal((await gina.messages()).filter(says(/^You’re on the list!/)).length, 1);
  assert.deepEqual(await guestsOf(house), ['Gina 1']);
  assert.equal((await services.collection.faces()).length, 1);
});

test('forgotten while the host welcomes them: nothing of them is there afterwards', async (t) => {
  const house = await openBotHouse(t, {
    recognizer: groupRecognizer,
    instead: ({ collection, table }) => ({
      collection: Object.assign(Object.create(collection), {
        // Between the face and the guest.
        index: async (...photo: Parameters<typeof collection.index>) => {
          const found = await collection.index(...photo);
          const [one] = await new SignUps(table).list();
          if (one) await new SignUps(table).remove(one.userId);
          return found;
        },
      }),
    }),
  });
  const { host, stand } = house;
  const gina = await stand.person('guest');
  const card = await signUp(house, gina, await guestCode(house), await groupPortrait([1]));
  await host.pressAndWait(card, 'Welcome');
  await host.say(host.bot, '/guests');
  await host.waitForMessage(says(/^No guests yet/));
  assert.deepEqual(await tracesOf(house, gina), []);
});
