import assert from 'node:assert/strict';
import { test } from 'node:test';
import { guestsOf, labels, openBotHouse, says } from '../../support/bot-house.ts';
import { deliver, deliverFromHost } from '../../support/deliver.ts';
import { plainPortrait, plainRecognizer } from '../../support/plain-faces.ts';

const recognizer = plainRecognizer;
const [anna, berta, carla] = [1, 2, 3];

test('a command under a photo is carried out, and then it is asked who is in the photo', async (t) => {
  const house = await openBotHouse(t, { recognizer });
  const { host } = house;
  const { photo } = await host.sendPhoto((await host.createGroup('Flat', [])).id, await plainPortrait(anna));
  await deliverFromHost(house, 901, {
    photo,
    caption: '/guests',
    caption_entities: [{ type: 'bot_command', offset: 0, length: 7 }],
  });
  await host.waitForMessage(says(/No guests yet/));
  await host.waitForMessage(says(/^Who’s this\?/));
  await host.say(host.bot, 'Anna');
  await host.waitForMessage(says(/^Got it, I’ll know Anna\./));
  assert.deepEqual(await guestsOf(house), ['Anna 1']);
});

test('names of two people under one face are asked about, and either or both can be picked', async (t) => {
  const house = await openBotHouse(t, { recognizer });
  const { host } = house;
  await host.sendPhoto(host.bot, await plainPortrait(anna), { caption: 'Vlad and Jacques' });
  const question = await host.waitForMessage(says(/^I see one face\. Is this Vlad or Jacques\?/));
  assert.deepEqual(labels(question), ['Vlad', 'Jacques', 'Vlad and Jacques']);
  assert.deepEqual(await guestsOf(house), []);
  await host.press(question, 'Jacques');
  await host.waitForMessage(says(/^Got it, I’ll know Jacques\./));
  assert.match((await host.pressAndWait(question, 'Vlad').catch(String)) as string, /no longer there/);
  assert.deepEqual(await guestsOf(house), ['Jacques 1']);
});

test('a sentence under a photo, or as an answer, is no name unless it is said to be one', async (t) => {
  const house = await openBotHouse(t, { recognizer });
  const { host } = house;
  await host.sendPhoto(host.bot, await plainPortrait(anna), { caption: 'That was fun.' });
  await host.waitForMessage(says(/^Who’s this\? If the name is “That was fun\.”, tap it\./));
  await host.say(host.bot, 'Anna on the beach');
  const again = await host.waitForMessage(says(/If the name is “Anna on the beach”/));
  assert.deepEqual(await guestsOf(house), []);
  await host.press(again, 'Anna on the beach');
  await host.waitForMessage(says(/^Got it, I’ll know Anna on the beach\./));
});

test('a photo without a name offers whom it looks like, then who was added last', async (t) => {
  const house = await openBotHouse(t, { recognizer });
  const { host } = house;
  for (const [person, name] of [
    [anna, 'Anna'],
    [berta, 'Berta'],
    [carla, 'Carla'],
  ] as const) {
    await host.sendPhoto(host.bot, await plainPortrait(person), { caption: name });
    await host.waitForMessage(says(/^Got it, I’ll know/));
  }
  await host.sendPhoto(host.bot, await plainPortrait(anna, 1));
  const question = await host.waitForMessage(says(/^Who’s this\? Maybe Anna\?/));
  assert.deepEqual(labels(question), ['Anna', 'Carla', 'Berta']);
  await host.press(question, 'Anna');
  await host.waitForMessage(says(/^Got it, 2 photos of Anna now\./));
  await host.sendPhoto(host.bot, await plainPortrait(4));
  const other = await host.waitForMessage(says(/^Who’s this\? Send me the name, or pick one\./));
  await host.press(other, 'Carla');
  await host.waitForMessage(says(/^You already have a guest called Carla, and this looks like someone else/));
});

test('a name that is written into the caption later is the name, and the question goes', async (t) => {
  const house = await openBotHouse(t, { recognizer });
  const { host } = house;
  const sent = await host.sendPhoto(host.bot, await plainPortrait(anna));
  const question = await host.waitForMessage(says(/^Who’s this\?/));
  const edited_message = await host.edit(sent, 'Anna');
  await host.waitForMessage(says(/^Got it, I’ll know Anna\./));
  const withdrawn = (await host.messages()).find(({ message_id }) => message_id === question.message_id);
  assert.equal(withdrawn?.text, 'OK, Anna.');
  // An edit of anything else comes with the same caption.
  assert.equal(await deliver(house, { edited_message }), 200);
  assert.deepEqual(await guestsOf(house), ['Anna 1']);
});

test('the same picture sent again is the same photo, by whichever way it comes', async (t) => {
  const house = await openBotHouse(t, { recognizer });
  const { host } = house;
  const picture = await plainPortrait(anna);
  await host.send(host.bot, 'document', picture, 'a.jpg', { caption: 'Anna' });
  await host.waitForMessage(says(/^Got it, I’ll know Anna\./));
  await host.send(host.bot, 'document', picture, 'b.jpg', { caption: 'Anna' });
  await host.waitForMessage(says(/^I already have that photo of Anna\.$/));
  await host.send(host.bot, 'document', picture, 'c.jpg');
  await host.waitForMessage(says(/^I already have that photo of Anna\.$/));
  assert.deepEqual(await guestsOf(house), ['Anna 1']);
});

test('a caption that is corrected renames the guest, or gives the photo to whom it shows, and can be undone', async (t) => {
  const house = await openBotHouse(t, { recognizer });
  const { host } = house;
  const first = await host.sendPhoto(host.bot, await plainPortrait(anna), { caption: 'Ana' });
  await host.waitForMessage(says(/^Got it, I’ll know Ana\./));
  await host.edit(first, 'Anna');
  await host.waitForMessage(says(/^Ana is Anna now\.$/));
  assert.deepEqual(await guestsOf(house), ['Anna 1']);

  const second = await host.sendPhoto(host.bot, await plainPortrait(berta), { caption: 'Carla' });
  await host.waitForMessage(says(/^Got it, I’ll know Carla\./));
  await host.sendPhoto(host.bot, await plainPortrait(berta, 1), { caption: 'Carla' });
  await host.waitForMessage(says(/^Got it, 2 photos of Carla now\./));
  await host.edit(second, 'Berta');
  const moved = await host.waitForMessage(says(/^It’s Berta’s photo now\.$/));
  assert.deepEqual(await guestsOf(house), ['Anna 1', 'Berta 1', 'Carla 1']);
  assert.equal(await deliver(house, { edited_message: { ...second, caption: 'berta' } }), 200);
  await host.press(moved, 'Undo');
  await host.waitForMessage(says(/^It’s Carla’s photo now\./));
  assert.deepEqual(await guestsOf(house), ['Anna 1', 'Berta 0', 'Carla 2']);
});
