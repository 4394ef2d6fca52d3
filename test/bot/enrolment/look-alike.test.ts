import assert from 'node:assert/strict';
import { test } from 'node:test';
import sharp, { type Metadata } from 'sharp';
import type { PersonMessage } from '../../../local/telegram/state/messages.ts';
import { type BotHouse, labels, openBotHouse, says } from '../../support/bot-house.ts';
import { groupPortrait, groupRecognizer } from '../../support/group-photo.ts';
import { plainPortrait, plainRecognizer } from '../../support/plain-faces.ts';

const [anna, berta] = [1, 2];

async function pictureIn({ host }: BotHouse, { photo }: PersonMessage): Promise<Metadata> {
  return sharp(await host.download(photo!.at(-1)!.file_id)).metadata();
}

test('a photo that looks like another guest is shown beside that guest, in the question itself', async (t) => {
  const house = await openBotHouse(t, { recognizer: plainRecognizer, pictures: true });
  const { host } = house;
  await host.sendPhoto(host.bot, await plainPortrait(anna), { caption: 'Anna' });
  await host.waitForMessage(says(/^Got it, I’ll know Anna\./));
  await host.sendPhoto(host.bot, await plainPortrait(anna, 1), { caption: 'Gerhard' });
  const question = await host.waitForMessage(says(/^This looks a lot like Anna\. Same person\?$/));
  const shown = await host.waitForMessage(({ photo }) => photo !== undefined);
  assert.equal(shown.message_id, question.message_id);
  assert.equal(shown.caption, 'This looks a lot like Anna. Same person?');
  assert.deepEqual(labels(shown), ['It’s Anna', 'It’s Gerhard', 'Someone else']);
  const { width, height } = await pictureIn(house, shown);
  assert.ok(width > 1.9 * height, 'two beside each other');

  await host.press(shown, 'Someone else');
  const answered = await host.waitForMessage(({ message_id }) => message_id === shown.message_id);
  assert.deepEqual([answered.caption, labels(answered)], ['Someone else', []]);
  await host.waitForMessage(says(/^OK, someone else\. Who\?/));
  await host.say(host.bot, 'Anna');
  await host.waitForMessage(says(/^You already have a guest called Anna\. How can I tell them apart\?/));
  await host.say(host.bot, 'Anna Lena');
  await host.waitForMessage(says(/^Got it, I’ll know Anna Lena\./));
  const names = (await house.services.guests.list()).map(({ name }) => name);
  assert.deepEqual(names, ['Anna', 'Anna Lena']);
});

test('a question that is answered by another name in a reply is withdrawn', async (t) => {
  const house = await openBotHouse(t, { recognizer: plainRecognizer });
  const { host } = house;
  await host.sendPhoto(host.bot, await plainPortrait(anna), { caption: 'Anna' });
  await host.waitForMessage(says(/^Got it, I’ll know Anna\./));
  await host.sendPhoto(host.bot, await plainPortrait(berta), { caption: 'Anna' });
  const question = await host.waitForMessage(says(/this looks like someone else/));
  await host.say(host.bot, 'Berta', { replyTo: question.message_id });
  await host.waitForMessage(says(/^Got it, I’ll know Berta\./));
  const withdrawn = (await host.messages()).find(({ message_id }) => message_id === question.message_id);
  assert.deepEqual([withdrawn?.text, labels(withdrawn!)], ['OK, Berta.', []]);
});

test('two presses of one button settle a question once', async (t) => {
  const house = await openBotHouse(t, { recognizer: plainRecognizer });
  const { host } = house;
  await host.sendPhoto(host.bot, await plainPortrait(anna), { caption: 'Anna' });
  await host.waitForMessage(says(/^Got it, I’ll know Anna\./));
  await host.sendPhoto(host.bot, await plainPortrait(anna, 1), { caption: 'Gerhard' });
  const question = await host.waitForMessage(says(/^This looks a lot like Anna/));
  const [first, second] = await Promise.all([
    host.pressAndWait(question, 'It’s Gerhard'),
    host.pressAndWait(question, 'It’s Anna'),
  ]);
  await host.waitForMessage(says(/^Got it, (I’ll know Gerhard|2 photos of Anna)/));
  assert.deepEqual([first.text, second.text].filter(Boolean), ['That one’s settled already.']);
  const { guests } = house.services;
  const photos = await Promise.all((await guests.list()).map(({ id }) => guests.photos(id)));
  assert.equal(photos.flat().length, 2);
});

test('the people of a group photo are numbered in the question itself, and it goes on with the picture in it', async (t) => {
  const house = await openBotHouse(t, { recognizer: groupRecognizer, pictures: true });
  const { host } = house;
  await host.sendPhoto(host.bot, await groupPortrait([anna, berta, 3]));
  const shown = await host.waitForMessage(({ photo }) => photo !== undefined);
  assert.match(shown.caption ?? '', /^I see 3 people, numbered from the left\./);
  assert.equal((await pictureIn(house, shown)).width, 600);
  await host.say(host.bot, '1 Anna, 2 Berta, 3 Carla');
  const done = await host.waitForMessage(says(/^Got it! From the left:\n1 Anna\n2 Berta\n3 Carla\n/));
  assert.equal(done.message_id, shown.message_id);
});
