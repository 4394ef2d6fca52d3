import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type BotHouse, guestsOf, openBotHouse, says } from '../../support/bot-house.ts';
import { type Content, deliverFromHost } from '../../support/deliver.ts';
import { plainPortrait, plainRecognizer } from '../../support/plain-faces.ts';
import { isLong } from '../../support/rounds.ts';

const anna = 1;

/** An album of four photos of Anna that Telegram has, with the name on one of them. In a group nobody takes them. */
async function album({ host }: BotHouse, captioned: number): Promise<Array<Content & { id: number }>> {
  const group = (await host.createGroup('The flat', [])).id;
  const photos = [];
  for (let index = 0; index < 4; index++) {
    const { photo } = await host.sendPhoto(group, await plainPortrait(anna, index));
    const caption = index === captioned ? { caption: 'Anna' } : {};
    photos.push({ id: 900 + index, photo, media_group_id: 'shuffled', ...caption });
  }
  return photos;
}

const orders = [
  { captioned: 0, order: [3, 1, 0, 2, 0, 2, 3, 1] },
  { captioned: 2, order: [0, 0, 1, 3, 1, 3, 2, 2] },
  { captioned: 3, order: [2, 3, 2, 3, 1, 0, 1, 0] },
];
for (const { captioned, order } of isLong ? orders : orders.slice(0, 1)) {
  test(`an album that comes twice, in the order ${order.join(' ')}, is told of once, and each photo counts once`, async (t) => {
    const house = await openBotHouse(t, { recognizer: plainRecognizer });
    const { host } = house;
    const photos = await album(house, captioned);
    for (const index of order) {
      const { id, ...content } = photos[index]!;
      await deliverFromHost(house, id, content);
    }
    assert.deepEqual(await guestsOf(house), ['Anna 4']);
    const told = (await host.messages()).filter(({ from }) => from?.is_bot).map(({ text = '' }) => text);
    assert.equal(told.filter((text) => /^Got it, 4 photos of Anna now\./.test(text)).length, 1);
    assert.deepEqual(
      told.filter((text) => /Who’s this|already have/.test(text)),
      [],
      'nothing is asked any more, and nothing said twice',
    );
    await host.say(host.bot, 'Berta');
    await host.waitForMessage(says(/^To add Berta as a guest, send me their photo/));
  });
}

test('an album that is taken up again after a restart in its middle goes on in the same message', async (t) => {
  const house = await openBotHouse(t, { recognizer: plainRecognizer });
  const { host, restart } = house;
  const photos = await album(house, 0);
  for (const { id, ...content } of photos) {
    await deliverFromHost(house, id, content);
    restart();
  }
  const told = (await host.messages()).filter(({ text }) => text?.startsWith('Got it,'));
  assert.equal(told.length, 1);
  assert.match(told[0]?.text ?? '', /^Got it, 4 photos of Anna now\./);
});

test('what will not do of an album is told in the same message, with why', async (t) => {
  let seen = 0;
  const recognizer = {
    ...plainRecognizer,
    find: async (...args: Parameters<typeof plainRecognizer.find>) => {
      const [face] = await plainRecognizer.find(...args);
      seen++;
      return seen === 2 ? [{ ...face!, quality: { brightness: 5, sharpness: 80 } }] : [face!];
    },
  };
  const house = await openBotHouse(t, { recognizer });
  const { host } = house;
  for (const { id, ...content } of (await album(house, 0)).slice(0, 3))
    await deliverFromHost(house, id, content);
  const last = (await host.messages()).findLast(({ text }) => text?.startsWith('Got it,'));
  assert.match(
    last?.text ?? '',
    /^Got it, 2 photos of Anna now\.\nThat photo is too dark\. Try one in better light\.\n/,
  );
});
