import assert from 'node:assert/strict';
import { test } from 'node:test';
import { guestsOf, labels, openBotHouse, says } from '../../support/bot-house.ts';
import { deliverFromHost } from '../../support/deliver.ts';
import { eventually } from '../../support/eventually.ts';
import { groupPortrait } from '../../support/group-photo.ts';
import { contact, recognizer, share } from '../../support/shared-contacts.ts';

const [anna, berta, carla] = [1, 2, 3];

test('everybody who was added from contacts is removed by Undo, and is back by another', async (t) => {
  const house = await openBotHouse(t, { recognizer });
  const { host, services } = house;
  await host.sendPhoto(host.bot, await groupPortrait([carla]), { caption: 'Carla' });
  await host.waitForMessage(says(/^Got it, I’ll know Carla\./));
  await share(
    house,
    await contact('Anna', [anna]),
    await contact('Berta', [berta]),
    await contact('Carla', [carla], 1),
  );
  const list = await host.waitForMessage(
    says(/^Got it, I’ll know Anna and Berta\.\nI have one more photo of Carla now\./),
  );
  assert.deepEqual(await guestsOf(house), ['Anna 1', 'Berta 1', 'Carla 2']);

  await host.press(list, 'Undo');
  const undone = await host.waitForMessage(
    says(
      /^OK, I’ve removed Anna and Berta\.\nI’ve dropped the new photo of Carla\.\nYou can undo that for a day\.$/,
    ),
  );
  assert.equal(undone.message_id, list.message_id);
  assert.deepEqual(await guestsOf(house), ['Carla 1']);
  assert.equal((await services.collection.faces()).length, 1);

  await host.press(undone, 'Undo');
  const again = await host.waitForMessage(
    (message) => says(/^Got it, I’ll know Anna and Berta\./)(message) && message.edit_date !== undefined,
  );
  assert.deepEqual(labels(again), ['Undo']);
  assert.deepEqual(await guestsOf(house), ['Anna 1', 'Berta 1', 'Carla 2']);
  assert.equal((await services.collection.faces()).length, 4);
});

test('a guest who has got another photo since is not removed with the one from the contacts', async (t) => {
  const house = await openBotHouse(t, { recognizer });
  const { host } = house;
  await share(house, await contact('Anna', [anna]));
  const list = await host.waitForMessage(says(/^Got it, I’ll know Anna\./));
  await host.sendPhoto(host.bot, await groupPortrait([anna], 1), { caption: 'Anna' });
  await host.waitForMessage(says(/^Got it, 2 photos of Anna now\./));
  await host.press(list, 'Undo');
  await host.waitForMessage(says(/^I’ve dropped the new photo of Anna\./));
  assert.deepEqual(await guestsOf(house), ['Anna 1']);
});

test('contacts that are cut short go on when the update comes again, and Undo has them all', async (t) => {
  let seen = 0;
  const house = await openBotHouse(t, {
    recognizer: {
      ...recognizer,
      find: (...picture) => {
        if (++seen === 2) mend = house.stand.telegram.faults.always('sendMessage', { cut: 'before' });
        return recognizer.find(...picture);
      },
    },
  });
  let mend = (): void => {};
  const { host } = house;
  const shared = await share(house, await contact('Anna', [anna]), await contact('Berta', [berta]));
  await eventually('the update is given up', () => [...house.stand.telegram.updates.pending()].length === 0);
  mend();
  assert.deepEqual(await guestsOf(house), ['Anna 1', 'Berta 1']);
  house.restart();
  await deliverFromHost(house, shared.message_id, { users_shared: shared.users_shared });
  const list = await host.waitForMessage(says(/^Got it, I’ll know Anna and Berta\./));
  await host.press(list, 'Undo');
  await host.waitForMessage(says(/^OK, I’ve removed Anna and Berta\./));
  assert.deepEqual(await guestsOf(house), []);
});
