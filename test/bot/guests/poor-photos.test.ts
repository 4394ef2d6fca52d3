import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Recognizer } from '../../../vision/recognizer.ts';
import { type BotHouse, openBotHouse, says } from '../../support/bot-house.ts';
import { groupPortrait, groupRecognizer } from '../../support/group-photo.ts';

const [anna, ben] = [1, 2];
/** Photos of this width and more were taken in the dark. */
const dim = 50;

/** The engine, of which photos {@link dim} pixels wider than others are dim. */
const recognizer: Recognizer = {
  ...groupRecognizer,
  find: async (picture, mode) => {
    const isDim = picture.width % 200 >= dim;
    const faces = await groupRecognizer.find(picture, mode);
    return faces.map((face) => ({ ...face, quality: { brightness: isDim ? 30 : 70, sharpness: 80 } }));
  },
};

async function listOf({ host }: BotHouse) {
  const { message_id: asked } = await host.say(host.bot, '/guests');
  return host.waitForMessage(({ message_id, text }) => message_id > asked && /guests?:\n/.test(text ?? ''));
}

test('who is known by a poor photo only is marked in the list, and the card says what helps', async (t) => {
  const house = await openBotHouse(t, { recognizer });
  const { host } = house;
  await host.sendPhoto(host.bot, await groupPortrait([anna], dim), { caption: 'Anna' });
  await host.waitForMessage(says(/^Got it, I’ll know Anna\.\nIt’s a bit dark\./));
  await host.sendPhoto(host.bot, await groupPortrait([ben]), { caption: 'Ben' });
  await host.waitForMessage(says(/^Got it, I’ll know Ben\./));

  const list = await listOf(house);
  assert.match(
    list.text ?? '',
    /^2 guests:\nAnna: 1 poor photo, no song.*\nBen: 1 photo, no song.*\nA poor photo may/,
  );
  await host.press(list, 'Anna');
  const card = await host.waitForMessage(says(/^Anna\n1 photo\n/));
  assert.match(
    card.text ?? '',
    /\nI only have a dim photo of Anna\. A brighter one helps\.\n\nTo add a photo,/,
  );
  await host.press(await listOf(house), 'Ben');
  assert.doesNotMatch((await host.waitForMessage(says(/^Ben\n1 photo\n/))).text ?? '', /I only/);

  await host.sendPhoto(host.bot, await groupPortrait([anna]), { caption: 'Anna' });
  await host.waitForMessage(says(/^Got it, 2 photos of Anna now\./));
  const { text = '' } = await listOf(house);
  assert.match(text, /\nAnna: 2 photos, /);
  assert.doesNotMatch(text, /poor/i, 'the better photo takes the mark away');
});

test('the mark stays with the photo: of a group photo, and of one that is back by Undo', async (t) => {
  const house = await openBotHouse(t, { recognizer });
  const { host, services } = house;
  await host.sendPhoto(host.bot, await groupPortrait([anna, ben], dim));
  await host.waitForMessage(says(/^I see 2 people/));
  await host.say(host.bot, '1 Anna, 2 Ben');
  await host.waitForMessage(says(/^Got it! From the left:/));
  assert.match((await listOf(house)).text ?? '', /\nAnna: 1 poor photo, .*\nBen: 1 poor photo, /);

  await host.sendPhoto(host.bot, await groupPortrait([3], dim), { caption: 'Carla' });
  const enrolled = await host.waitForMessage(says(/^Got it, I’ll know Carla\./));
  await host.press(enrolled, 'Undo');
  const dropped = await host.waitForMessage(says(/^Dropped\./));
  await host.press(dropped, 'Undo');
  await host.waitForMessage(says(/^It’s back\./));
  assert.match((await listOf(house)).text ?? '', /\nCarla: 1 poor photo, /);
  const [carla] = await services.guests.named('Carla');
  assert.deepEqual(
    (await services.guests.photos(carla!.id)).map(({ advice }) => advice),
    [['dim light']],
  );
});
