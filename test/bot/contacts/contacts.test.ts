import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PersonMessage } from '../../../local/telegram/state/messages.ts';
import { second } from '../../../party/clock.ts';
import { type BotHouse, guestsOf, labels, openBotHouse, says } from '../../support/bot-house.ts';
import { deliverFromHost } from '../../support/deliver.ts';
import { askedForContacts, contact, dark, hidden, recognizer, share } from '../../support/shared-contacts.ts';

const [anna, berta, carla, dora] = [1, 2, 3, 4];

/** What the bot says behind a message, in the order of the chat. */
const saidAfter = async ({ host }: BotHouse, { message_id: before }: PersonMessage): Promise<string[]> =>
  (await host.messages()).flatMap(({ message_id, from, text, caption }) =>
    from?.is_bot && message_id > before ? [text ?? caption ?? ''] : [],
  );

test('contacts become guests, and who does not is listed with the reason', async (t) => {
  const house = await openBotHouse(t, { recognizer });
  const { host, services } = house;
  const shared = await share(
    house,
    await contact('Anna Kovács', [anna]),
    await contact('Berta', [berta]),
    await contact('Carla'),
    await contact('Dora', [carla, dora]),
    await contact('Emil', [hidden]),
    await contact('Frida', [dark]),
    await contact('\u3164'),
  );
  const list = await host.waitForMessage(says(/^Got it/));
  assert.deepEqual(await saidAfter(house, shared), [
    'Thanks! I’ll look at 7 profile photos.',
    [
      'Got it, I’ll know Anna Kovács and Berta.',
      '',
      'Not added:',
      '• Carla: no profile photo that I can see',
      '• Dora: 2 people in the photo',
      '• Emil: no face in the photo',
      '• Frida: the photo is too dark',
      '• No name: no name that I can use',
      'Send me photos of them instead, each with the name as its caption.',
      '',
      'Want a song for one of them? Send an MP3 or M4A with the name, or I’ll play carols.',
    ].join('\n'),
  ]);
  assert.deepEqual(labels(list), ['Undo']);
  assert.deepEqual(await guestsOf(house), ['Anna Kovács 1', 'Berta 1']);
  assert.equal((await services.collection.faces()).length, 2, 'nothing is kept of the others');
  assert.equal((await services.storage.list('photos/')).length, 2);
  await assert.rejects(host.shareUsers(host.bot, 1, [await contact('Gus')]), /no longer there/);
});

test('one message tells how far it is, and becomes the list', async (t) => {
  let ahead = 0;
  const house = await openBotHouse(t, {
    recognizer: {
      ...recognizer,
      find: (...picture) => {
        ahead += second;
        return recognizer.find(...picture);
      },
    },
    instead: () => ({ now: () => Date.now() + ahead }),
  });
  const { host } = house;
  await share(
    house,
    ...(await Promise.all([anna, berta, carla].map((one) => contact(`Guest ${one}`, [one])))),
  );
  const first = await host.waitForMessage(says(/^1 of 3 done …$/));
  const edited = await host.waitForMessage(says(/^2 of 3 done …$/));
  const list = await host.waitForMessage(says(/^Got it, I’ll know Guest 1, Guest 2, and Guest 3\./));
  assert.deepEqual([edited.message_id, list.message_id], [first.message_id, first.message_id]);
});

test('a contact whose photo cannot be fetched is listed, and the others are added', async (t) => {
  const house = await openBotHouse(t, { recognizer });
  const { host, stand } = house;
  stand.telegram.faults.next('getFile', { status: 400 });
  await share(house, await contact('Anna', [anna]), await contact('Berta', [berta]));
  await host.waitForMessage(
    says(/^Got it, I’ll know Berta\.\n\nNot added:\n• Anna: something went wrong on my side\n/),
  );
  assert.deepEqual(await guestsOf(house), ['Berta 1']);
});

test('a contact whose name or face another guest has is asked about, with the photo', async (t) => {
  const house = await openBotHouse(t, { recognizer, pictures: true });
  const { host } = house;
  const shared = await share(
    house,
    await contact('Anna', [anna]),
    await contact('Anna', [berta]),
    await contact('Annie Kovács', [anna], 1),
    await contact('Somebody', [anna]),
  );
  await host.waitForMessage(
    says(
      /^Got it, I’ll know Anna\.\nAnna and Annie Kovács need an answer below\.\n\nNot added:\n• Somebody: that’s a photo I have of Anna\nSend me a photo instead/,
    ),
  );
  const photos = (await host.messages()).filter(
    ({ message_id, photo, reply_to_message: replied }) => message_id > shared.message_id && photo && !replied,
  );
  assert.deepEqual(
    photos.map(({ caption }) => caption),
    ['Anna', 'Annie Kovács'],
  );

  const different = await host.waitForMessage(says(/^You already have a guest called Anna/));
  assert.equal(different.reply_to_message?.message_id, photos[0]?.message_id);
  await host.press(different, 'Someone else');
  const asked = await host.waitForMessage(says(/^OK, someone else\. Who\?/));
  await host.say(host.bot, 'Anna B.', { replyTo: asked.message_id });
  await host.waitForMessage(says(/^Got it, I’ll know Anna B\./));

  const alike = await host.waitForMessage(
    (message) => says(/^This looks a lot like Anna/)(message) && message.photo !== undefined,
  );
  await host.press(alike, 'It’s Anna');
  await host.waitForMessage(says(/^Got it, 2 photos of Anna now\./));
  assert.deepEqual(await guestsOf(house), ['Anna 2', 'Anna B. 1']);
});

test('the same contacts once more are known, and nobody is added twice', async (t) => {
  const house = await openBotHouse(t, { recognizer });
  const { host } = house;
  const contacts = [await contact('Anna', [anna]), await contact('Berta', [berta])];
  const shared = await share(house, ...contacts);
  const list = await host.waitForMessage(says(/^Got it, I’ll know Anna and Berta\./));
  const before = await saidAfter(house, shared);
  await deliverFromHost(house, shared.message_id, { users_shared: shared.users_shared });
  assert.deepEqual(await saidAfter(house, shared), before, 'the same message is told of once');

  await share(house, ...contacts);
  const known = await host.waitForMessage(says(/^I already had those photos of Anna and Berta\.$/));
  assert.deepEqual(labels(known), []);
  assert.notEqual(known.message_id, list.message_id);
  assert.deepEqual(await guestsOf(house), ['Anna 1', 'Berta 1']);
});

test('the picker goes away by its Cancel and by /cancel, and is not offered in a group', async (t) => {
  const house = await openBotHouse(t);
  const { host } = house;
  for (const words of ['✕ Cancel', '/cancel']) {
    await askedForContacts(house);
    const { message_id: said } = await host.say(host.bot, words);
    const { text, reply_markup } = await host.waitForMessage(({ message_id }) => message_id > said);
    assert.deepEqual([text, reply_markup], ['OK, cancelled.', { remove_keyboard: true }]);
  }
  await host.say(host.bot, '/cancel');
  await host.waitForMessage(says(/^Nothing to cancel\./));

  const group = (await host.createGroup('The flat', [])).id;
  await host.say(group, '/guests');
  const list = await host.waitForMessage(({ chat, from }) => chat.id === group && from?.is_bot === true);
  assert.deepEqual(labels(list), []);
});
