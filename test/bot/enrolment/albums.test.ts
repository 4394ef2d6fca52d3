import assert from 'node:assert/strict';
import { test } from 'node:test';
import { anna, berta, carla, said, uploaded } from '../../support/album-photos.ts';
import { guestsOf, openBotHouse, says } from '../../support/bot-house.ts';
import { deliverFromHost } from '../../support/deliver.ts';
import { plainPortrait, plainRecognizer } from '../../support/plain-faces.ts';
import { isLong } from '../../support/rounds.ts';

for (const captioned of isLong ? [0, 1, 2] : [1]) {
  test(`an album with the name on photo ${captioned + 1} of 3 is one guest’s, and nothing is left asked`, async (t) => {
    const house = await openBotHouse(t, { recognizer: plainRecognizer });
    const { host } = house;
    for (const index of [0, 1, 2]) {
      const caption = index === captioned ? { caption: 'Anna' } : {};
      await host.sendPhoto(host.bot, await plainPortrait(anna, index), {
        mediaGroupId: 'album-1',
        ...caption,
      });
    }
    await host.waitForMessage(says(/^Got it, 3 photos of Anna now\./));
    await host.say(host.bot, 'Berta');
    await host.waitForMessage(says(/^To add Berta as a guest, send me their photo/));
    assert.deepEqual(await guestsOf(house), ['Anna 3']);
    const texts = await said(house);
    assert.deepEqual(
      texts.filter((text) => /Who’s this/.test(text)),
      [],
    );
    assert.equal(texts.filter((text) => text === 'OK, Anna.').length, captioned === 0 ? 0 : 1);
    assert.equal(
      texts.filter((text) => /^Got it, 3 photos of Anna now/.test(text)).length,
      1,
      'told of in one message',
    );
  });
}

test('an album is one guest’s in whatever order its updates come, with others of the chat between them', async (t) => {
  const house = await openBotHouse(t, { recognizer: plainRecognizer });
  const { host } = house;
  const [first, second, third, other] = await uploaded(house, [anna, anna, anna, berta]);
  const ofAlbum = { media_group_id: 'album-2' };
  await deliverFromHost(house, 903, { ...third, ...ofAlbum });
  await deliverFromHost(house, 904, { ...other });
  await deliverFromHost(house, 902, { ...second, ...ofAlbum, caption: 'Anna' });
  await deliverFromHost(house, 901, { ...first, ...ofAlbum });
  await host.waitForMessage(says(/^Got it, 3 photos of Anna now\./));
  // The question that was open is withdrawn, and the photo that waited behind it is asked about.
  await host.waitForMessage(says(/^Who’s this\?/));
  await host.waitForMessage(says(/^OK, Anna\.$/));
  await host.waitForMessage(says(/^Who’s this\?/));
  await host.say(host.bot, 'Berta');
  await host.waitForMessage(says(/^Got it, I’ll know Berta\./));
  assert.deepEqual(await guestsOf(house), ['Anna 3', 'Berta 1']);
});

test('a name that is written before an album is its name, and of nothing after it', async (t) => {
  const house = await openBotHouse(t, { recognizer: plainRecognizer });
  const { host } = house;
  await host.say(host.bot, 'Anna Lena');
  await host.waitForMessage(says(/^To add Anna Lena as a guest, send me their photo now\./));
  for (let index = 0; index < 3; index++)
    await host.sendPhoto(host.bot, await plainPortrait(anna, index), { mediaGroupId: 'album-4' });
  await host.waitForMessage(says(/^Got it, 3 photos of Anna Lena now\./));
  await host.sendPhoto(host.bot, await plainPortrait(berta));
  await host.waitForMessage(says(/^Who’s this\?/));
  assert.deepEqual(await guestsOf(house), ['Anna Lena 3']);
});

test('a name that is written before a photo and arrives behind it answers who it is', async (t) => {
  const house = await openBotHouse(t, { recognizer: plainRecognizer });
  const { host } = house;
  const [photo] = await uploaded(house, [anna]);
  await deliverFromHost(house, 912, { ...photo });
  await host.waitForMessage(says(/^Who’s this\?/));
  await deliverFromHost(house, 911, { text: 'Anna' });
  await host.waitForMessage(says(/^Got it, I’ll know Anna\./));
  assert.deepEqual(await guestsOf(house), ['Anna 1']);
});

test('what is answered about one photo of an album is answered about all of it', async (t) => {
  const house = await openBotHouse(t, { recognizer: plainRecognizer });
  const { host } = house;
  await host.sendPhoto(host.bot, await plainPortrait(anna), { caption: 'Anna' });
  await host.waitForMessage(says(/^Got it, I’ll know Anna\./));
  const ofAlbum = { mediaGroupId: 'album-5' };
  await host.sendPhoto(host.bot, await plainPortrait(berta), { ...ofAlbum, caption: 'Anna' });
  await host.sendPhoto(host.bot, await plainPortrait(berta, 1), ofAlbum);
  const one = await host.waitForMessage(says(/this looks like someone else/));
  const other = await host.waitForMessage(says(/this looks like someone else/));
  await host.press(other, 'Someone else');
  await host.waitForMessage(says(/^OK, someone else\. Who\?/));
  await host.say(host.bot, 'Anna B.');
  await host.waitForMessage(says(/^Got it, 2 photos of Anna B\. now\./));
  const withdrawn = (await host.messages()).find(({ message_id }) => message_id === one.message_id);
  assert.equal(withdrawn?.reply_markup, undefined);
  await host.sendPhoto(host.bot, await plainPortrait(berta, 2), ofAlbum);
  await host.waitForMessage(says(/^Got it, 3 photos of Anna B\. now\./));
  assert.deepEqual(await guestsOf(house), ['Anna 1', 'Anna B. 3']);

  // Somebody else in the same album is not who was answered for.
  await host.sendPhoto(host.bot, await plainPortrait(carla), ofAlbum);
  await host.waitForMessage(says(/^These photos show 2 people\.\n1 Anna B\.\nWho’s 2\?/));
  assert.deepEqual(await guestsOf(house), ['Anna 1', 'Anna B. 3']);
});

test('a photo whose name was said and that could not be fetched is asked about no more, and keeps waiting', async (t) => {
  const house = await openBotHouse(t, { recognizer: plainRecognizer });
  const { host, stand } = house;
  await host.sendPhoto(host.bot, await plainPortrait(anna));
  await host.waitForMessage(says(/^Who’s this\?/));
  stand.telegram.faults.next('getFile', { cut: 'before' });
  await host.say(host.bot, 'Anna');
  await host.waitForMessage(says(/Something went wrong on my side/));
  await host.say(host.bot, 'Anna');
  await host.waitForMessage(says(/^Got it, I’ll know Anna\./));
});
