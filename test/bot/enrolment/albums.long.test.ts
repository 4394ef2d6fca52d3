import assert from 'node:assert/strict';
import { test } from 'node:test';
import { anna, berta, carla, said, uploaded } from '../../support/album-photos.ts';
import { guestsOf, openBotHouse, says } from '../../support/bot-house.ts';
import { deliverFromHost } from '../../support/deliver.ts';
import { plainPortrait, plainRecognizer } from '../../support/plain-faces.ts';

test('of an album with two names each photo is its own, and one without is asked about', async (t) => {
  const house = await openBotHouse(t, { recognizer: plainRecognizer });
  const { host } = house;
  const ofAlbum = { mediaGroupId: 'album-3' };
  await host.sendPhoto(host.bot, await plainPortrait(anna), { ...ofAlbum, caption: 'Anna' });
  await host.sendPhoto(host.bot, await plainPortrait(berta), { ...ofAlbum, caption: 'Berta' });
  await host.sendPhoto(host.bot, await plainPortrait(carla), ofAlbum);
  await host.waitForMessage(says(/^Who’s this\?/));
  await host.say(host.bot, 'Carla');
  await host.waitForMessage(says(/Got it, I’ll know Carla\./));
  assert.deepEqual(await guestsOf(house), ['Anna 1', 'Berta 1', 'Carla 1']);
  const texts = await said(house);
  for (const name of ['Anna', 'Berta', 'Carla'])
    assert.ok(
      texts.some((text) => text.includes(`Got it, I’ll know ${name}.`)),
      `${name} is still told of`,
    );
});

test('the name of an album may stand on a film in it, and /cancel takes back a name that was said before', async (t) => {
  const house = await openBotHouse(t, { recognizer: plainRecognizer });
  const { host } = house;
  const [first, second, third] = await uploaded(house, [anna, anna, berta]);
  const ofAlbum = { media_group_id: 'album-6' };
  const video = { file_id: 'v', file_unique_id: 'v', duration: 3, width: 9, height: 9 };
  await deliverFromHost(house, 941, { ...first, ...ofAlbum });
  await deliverFromHost(house, 942, { video, ...ofAlbum, caption: 'Anna' });
  await deliverFromHost(house, 943, { ...second, ...ofAlbum });
  await host.waitForMessage(says(/^Got it, 2 photos of Anna now\./));
  await host.waitForMessage(says(/from a video\./));

  await deliverFromHost(house, 944, { text: 'Anna' });
  await host.say(host.bot, '/cancel');
  await deliverFromHost(house, 945, { ...third });
  await host.waitForMessage(says(/^Who’s this\?/));
  await host.waitForMessage(says(/^OK, Anna\.$/));
  await host.waitForMessage(says(/^Who’s this\?/));
  assert.deepEqual(await guestsOf(house), ['Anna 2']);
});

test('no name is what was said long before, behind the photo’s own caption, or in a sentence', async (t) => {
  const house = await openBotHouse(t, { recognizer: plainRecognizer });
  const { host } = house;
  const [first, second, third] = await uploaded(house, [anna, berta, carla]);
  const now = Math.floor(Date.now() / 1000);
  await deliverFromHost(house, 921, { text: 'Berta', date: now - 301 });
  await deliverFromHost(house, 922, { ...first, date: now });
  await host.waitForMessage(says(/^Who’s this\?/));
  await host.say(host.bot, 'Anna');
  await host.waitForMessage(says(/^Got it, I’ll know Anna\./));

  await host.say(host.bot, 'Carla');
  await host.waitForMessage(says(/^To add Carla as a guest, send me their photo/));
  await deliverFromHost(house, 923, { ...second, caption: 'Berta' });
  await host.say(host.bot, 'Here comes the next one, wait for it');
  await host.waitForMessage(says(/^Send me a photo of a guest/));
  await deliverFromHost(house, 924, { ...third });
  await host.waitForMessage(says(/^Who’s this\?/));
  assert.deepEqual(await guestsOf(house), ['Anna 1', 'Berta 1']);
});

test('a question that a photo sent again answers is withdrawn, and its buttons with it', async (t) => {
  const house = await openBotHouse(t, { recognizer: plainRecognizer });
  const { host, services } = house;
  const [first, second] = await uploaded(house, [anna, berta]);
  await deliverFromHost(house, 931, { ...first, caption: 'Anna' });
  await deliverFromHost(house, 932, { ...second, caption: 'Anna' });
  const question = await host.waitForMessage(says(/this looks like someone else/));
  await deliverFromHost(house, 933, { ...second, caption: 'Berta' });
  const withdrawn = await host.waitForMessage(({ message_id }) => message_id === question.message_id);
  assert.equal(withdrawn.text, 'OK, Berta.');
  assert.equal(withdrawn.reply_markup, undefined);
  await host.waitForMessage(says(/^Got it, I’ll know Berta\./));

  await deliverFromHost(house, 934, { ...(await uploaded(house, [carla]))[0] });
  const who = await host.waitForMessage(says(/^Who’s this\?/));
  await host.say(host.bot, '/cancel');
  const cancelled = await host.waitForMessage(({ message_id }) => message_id === who.message_id);
  assert.equal(cancelled.text, 'OK, never mind this one.');
  assert.equal((await services.guests.list()).length, 2);
});
