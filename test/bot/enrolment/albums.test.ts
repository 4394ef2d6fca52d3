import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type BotHouse, guestsOf, openBotHouse, says } from '../../support/bot-house.ts';
import { type Content, deliverFromHost } from '../../support/deliver.ts';
import { plainPortrait, plainRecognizer } from '../../support/plain-faces.ts';

const [anna, berta, carla] = [1, 2, 3];

/** What the bot has said, as it reads now. */
async function said({ host }: BotHouse): Promise<string[]> {
  const messages = await host.messages();
  return messages.filter(({ from }) => from?.is_bot).map(({ text = '' }) => text);
}

/** Photos that Telegram has, to be delivered in any order: in a group nobody takes them. */
async function uploaded({ host }: BotHouse, people: readonly number[]): Promise<Content[]> {
  const group = (await host.createGroup('The flat', [])).id;
  const photos: Content[] = [];
  for (const [index, person] of people.entries()) {
    const { photo } = await host.sendPhoto(group, await plainPortrait(person, index));
    photos.push({ photo });
  }
  return photos;
}

for (const captioned of [0, 1, 2]) {
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
