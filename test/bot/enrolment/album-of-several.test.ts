import assert from 'node:assert/strict';
import { test } from 'node:test';
import sharp from 'sharp';
import type { PersonMessage } from '../../../local/telegram/state/messages.ts';
import { album, anna, ben, carla, deliver, question, said, two } from '../../support/album-of-several.ts';
import { type BotHouse, guestsOf, labels, openBotHouse, says } from '../../support/bot-house.ts';
import { groupPortrait, groupRecognizer } from '../../support/group-photo.ts';
import { isLong } from '../../support/rounds.ts';

const recognizer = groupRecognizer;

const texts = async (house: BotHouse): Promise<string[]> =>
  (await said(house)).map(({ text, caption }) => text ?? caption ?? '');

const cases = [
  { captioned: undefined, order: [0, 1, 2] },
  { captioned: 0, order: [2, 0, 1, 2, 0, 1] },
  { captioned: 1, order: [0, 0, 2, 2, 1, 1] },
  { captioned: 2, order: [1, 0, 0, 2, 1, 2] },
];

for (const { captioned, order } of isLong ? cases : [cases[2]!]) {
  const name = captioned === undefined ? 'without a name' : `with a name on photo ${captioned + 1}`;
  test(`an album of two people ${name}, in the order ${order.join(' ')}, is named one by one`, async (t) => {
    const house = await openBotHouse(t, { recognizer });
    const { host, services } = house;
    const photos = await album(house, two(captioned));
    await deliver(
      house,
      order.map((index) => photos[index]!),
    );
    assert.deepEqual(await guestsOf(house), [], 'nobody is anybody by the name of the album');
    const asked = await question(house);
    assert.match(asked.text ?? '', /^These photos show 2 people\.\nWho’s 1\?/);
    assert.deepEqual(labels(asked), [
      ...(captioned === undefined ? [] : ['All Anna', 'Anna']),
      '2',
      'Skip 1',
      'That’s all',
    ]);
    const others = (await texts(house)).filter((text) => /Who’s this|Got it|looks like|already/.test(text));
    assert.deepEqual(others, [], 'nothing else is asked or said any more');

    await host.say(host.bot, '1 First, 2 Second');
    await host.waitForMessage(says(/^Got it!\n1 First\n2 Second\n/));
    const named = ['First 2', 'Second 1'];
    assert.deepEqual(await guestsOf(house), named, 'in the order in which the photos stand in the chat');
    const owners = await services.people.owners((await services.collection.faces()).map((one) => one.faceId));
    assert.equal(owners.size, 3, 'each face is somebody’s');
    await deliver(house, photos.slice(0, 1));
    assert.deepEqual(await guestsOf(house), named, 'and what comes again is nothing new');
    assert.equal((await question(house)) === undefined, true);
  });
}

test('the guest that an album’s name had made is gone again, and the name is offered', async (t) => {
  const house = await openBotHouse(t, { recognizer });
  const { host, services } = house;
  const [first, second] = await album(house, [{ people: [anna], caption: 'Zoe' }, { people: [ben] }]);
  await deliver(house, [first!]);
  await host.waitForMessage(says(/^Got it, I’ll know Zoe\./));
  await deliver(house, [second!]);
  const report = (await said(house)).find(({ text }) => text?.startsWith('There are several people'));
  assert.match(
    report?.text ?? '',
    /^There are several people in these photos, so I’ll ask about each of them\.$/,
  );
  assert.deepEqual(await guestsOf(house), []);
  await host.press(await question(house), 'Skip 1');
  await host.press(await host.waitForMessage(says(/Who’s 2\?/)), 'Zoe');
  await host.waitForMessage(says(/^Got it!\n2 Zoe\n/));
  assert.deepEqual(await guestsOf(house), ['Zoe 1']);
  assert.equal((await services.collection.faces()).length, 1, 'a skipped face is forgotten');
});

test('who is known already keeps the photo that shows them, and is not asked about', async (t) => {
  const house = await openBotHouse(t, { recognizer });
  const { host } = house;
  await host.sendPhoto(host.bot, await groupPortrait([anna], 20), { caption: 'Anna' });
  await host.waitForMessage(says(/^Got it, I’ll know Anna\./));
  await deliver(
    house,
    await album(house, [{ people: [anna], caption: 'Anna' }, { people: [ben] }, { people: [anna] }]),
  );
  assert.match((await question(house)).text ?? '', /^These photos show 2 people\.\n1 Anna\nWho’s 2\?/);
  assert.deepEqual(await guestsOf(house), ['Anna 3'], 'by face and name');
  await host.say(host.bot, 'Ben');
  await host.waitForMessage(says(/^Got it!\n1 Anna\n2 Ben\n/));
  assert.deepEqual(await guestsOf(house), ['Anna 3', 'Ben 1']);
});

test('the people of an album are shown side by side with their numbers, and who comes later is added', async (t) => {
  const house = await openBotHouse(t, { recognizer, pictures: true });
  const { host } = house;
  const ofAlbum = { mediaGroupId: 'holiday' };
  for (const [which, person] of [anna, ben].entries())
    await host.sendPhoto(host.bot, await groupPortrait([person], which), ofAlbum);
  const shown = await host.waitForMessage(({ photo }) => photo !== undefined);
  assert.match(shown.caption ?? '', /^These photos show 2 people\./);
  const sizeOf = async ({ photo }: PersonMessage) =>
    sharp(await host.download(photo!.at(-1)!.file_id)).metadata();
  assert.ok((await sizeOf(shown)).height < 500, 'one row');
  await host.sendPhoto(host.bot, await groupPortrait([carla], 2), ofAlbum);
  const more = await host.waitForMessage(
    (message) => says(/^These photos show 3 people\./)(message) && message.photo!.at(-1)!.height > 500,
  );
  assert.equal(more.message_id, shown.message_id);
  await host.say(host.bot, '1 Anna, 2 Ben, 3 Carla');
  await host.waitForMessage(says(/^Got it!\n1 Anna\n2 Ben\n3 Carla\n/));
});

test('photos that look like two people are all of the one whose name stands on them, by one press', async (t) => {
  const house = await openBotHouse(t, { recognizer });
  const { host, services } = house;
  await deliver(house, await album(house, two(1)));
  const asked = await question(house);
  assert.match(asked.text ?? '', /^These photos show 2 people\.\nWho’s 1\?.*\nOr are they all Anna\?$/);
  await host.press(asked, 'All Anna');
  await host.waitForMessage(says(/^Got it!\n1 Anna\n2 Anna\n/));
  const guests = await services.guests.list();
  assert.deepEqual(
    guests.map(({ name }) => name),
    ['Anna'],
  );
  assert.equal((await services.guests.photos(guests[0]!.id)).length, 3);
});

test('where a photo shows two, nobody is asked whether all are one', async (t) => {
  const house = await openBotHouse(t, { recognizer });
  await deliver(house, await album(house, [{ people: [anna, ben], caption: 'Anna' }, { people: [anna] }]));
  assert.ok(!labels(await question(house)).includes('All Anna'));
});
