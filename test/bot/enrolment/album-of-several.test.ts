import assert from 'node:assert/strict';
import { test } from 'node:test';
import sharp from 'sharp';
import type { PersonMessage } from '../../../local/telegram/state/messages.ts';
import { GroupPhotos } from '../../../party/guests/group-photos.ts';
import { type BotHouse, guestsOf, labels, openBotHouse, says } from '../../support/bot-house.ts';
import { type Content, deliverFromHost } from '../../support/deliver.ts';
import { groupPortrait, groupRecognizer } from '../../support/group-photo.ts';
import { isLong } from '../../support/rounds.ts';

const recognizer = groupRecognizer;
const [anna, ben, carla] = [1, 2, 3];

/** A photo of an album: whom it shows, and what stands under it. */
interface Shown {
  readonly people: readonly number[];
  readonly caption?: string;
}

/** An album that Telegram has, to be delivered in any order: in a group nobody takes its photos. */
async function album({ host }: BotHouse, photos: readonly Shown[]): Promise<Array<Content & { id: number }>> {
  const group = (await host.createGroup('The flat', [])).id;
  const uploaded = [];
  for (const [index, { people, caption }] of photos.entries()) {
    const { photo } = await host.sendPhoto(group, await groupPortrait(people, index));
    uploaded.push({ id: 900 + index, photo, media_group_id: 'several', ...(caption && { caption }) });
  }
  return uploaded;
}

async function deliver(house: BotHouse, photos: ReadonlyArray<Content & { id: number }>): Promise<void> {
  for (const { id, ...content } of photos) await deliverFromHost(house, id, content);
}

/** What the bot has said, as it reads now. */
async function said({ host }: BotHouse): Promise<PersonMessage[]> {
  return (await host.messages()).filter(({ from }) => from?.is_bot);
}

const texts = async (house: BotHouse): Promise<string[]> =>
  (await said(house)).map(({ text, caption }) => text ?? caption ?? '');

const question = async (house: BotHouse): Promise<PersonMessage> =>
  (await said(house)).findLast(({ text = '' }) => text.startsWith('These photos show'))!;

/** Photos of two people: Anna, Ben, and Anna again. */
const two = (captioned?: number): Shown[] =>
  [anna, ben, anna].map((person, index) => ({
    people: [person],
    ...(index === captioned && { caption: 'Anna' }),
  }));

const cases = [
  { captioned: undefined, order: [0, 1, 2] },
  { captioned: 0, order: [2, 0, 1, 2, 0, 1] },
  { captioned: 1, order: [0, 0, 2, 2, 1, 1] },
  { captioned: 2, order: [1, 0, 0, 2, 1, 2] },
];
for (const { captioned, order } of isLong ? cases : [cases[0]!, cases[2]!]) {
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

test('a photo of several in an album is named with the others, and a reply to a photo names whom it shows', async (t) => {
  const house = await openBotHouse(t, { recognizer });
  const { host, restart } = house;
  const ofAlbum = { mediaGroupId: 'holiday' };
  await host.sendPhoto(host.bot, await groupPortrait([anna]), ofAlbum);
  await host.waitForMessage(says(/^Who’s this\?/));
  await host.sendPhoto(host.bot, await groupPortrait([ben, anna]), ofAlbum);
  await host.waitForMessage(says(/^These photos show 2 people\./));
  await host.waitForMessage(says(/^There are several people in these photos/));
  restart();
  const third = await host.sendPhoto(host.bot, await groupPortrait([carla], 1), ofAlbum);
  const asked = await host.waitForMessage(says(/^These photos show 3 people\.\nWho’s 1\?/));
  restart();
  await host.say(host.bot, 'Carla', { replyTo: third.message_id });
  await host.waitForMessage(says(/\n3 Carla\nWho’s 1\?/));
  await host.say(host.bot, 'Anna');
  await host.press(await host.waitForMessage(says(/\n1 Anna\n3 Carla\nWho’s 2\?/)), 'Skip 2');
  const done = await host.waitForMessage(says(/^Got it!\n1 Anna\n3 Carla\nI’ve forgotten the other face\./));
  assert.equal(done.message_id, asked.message_id, 'one message all the way');
  assert.deepEqual(await guestsOf(house), ['Anna 2', 'Carla 1']);

  await host.sendPhoto(host.bot, await groupPortrait([anna], 3), ofAlbum);
  await host.waitForMessage(says(/^Got it, 3 photos of Anna now\./));
  await host.sendPhoto(host.bot, await groupPortrait([9], 3), ofAlbum);
  await host.waitForMessage(says(/^There’s one more person in these photos\.\nWho’s 1\?/));
});

test('a caption that is corrected names whom its photo shows, and a late photo of somebody named is theirs', async (t) => {
  const house = await openBotHouse(t, { recognizer });
  const { host } = house;
  const [first, second, third, fourth] = await album(house, [...two(), { people: [ben] }]);
  await deliver(house, [first!, second!]);
  const { id, ...content } = second!;
  await edited(house, id, { ...content, caption: 'Ben' });
  await host.waitForMessage(says(/\n2 Ben\nWho’s 1\?/));
  await deliver(house, [fourth!]);
  assert.deepEqual(await guestsOf(house), ['Ben 2']);
  await deliver(house, [third!]);
  await host.say(host.bot, 'Anna');
  await host.waitForMessage(says(/^Got it!\n1 Anna\n2 Ben\n/));
  assert.deepEqual(await guestsOf(house), ['Anna 2', 'Ben 2']);
});

test('a photo of an album that is sent by itself meanwhile, and taken back, is still named with the others', async (t) => {
  const house = await openBotHouse(t, { recognizer });
  const { host, services } = house;
  const photos = await album(house, [{ people: [anna] }, { people: [ben] }]);
  await deliver(house, photos);
  const asked = await question(house);
  const { photo } = photos[0]!;
  await deliverFromHost(house, 950, { photo });
  await host.waitForMessage(says(/^Who’s this\?/));
  assert.equal((await services.collection.faces()).length, 2, 'looking at it takes nothing away');
  await host.say(host.bot, 'Anna');
  await host.press(await host.waitForMessage(says(/^Got it, I’ll know Anna\./)), 'Undo');
  await host.waitForMessage(says(/^Dropped\./));
  assert.equal((await services.collection.faces()).length, 1);

  await host.say(host.bot, '1 First, 2 Second', { replyTo: asked.message_id });
  await host.waitForMessage(says(/^Got it!\n1 First\n2 Second\n/));
  assert.deepEqual(await guestsOf(house), ['Anna 0', 'First 1', 'Second 1']);
  assert.equal((await services.collection.faces()).length, 2, 'the face is found again in its picture');
});

test('a face that is gone, and its picture with it, is asked for once more', async (t) => {
  const house = await openBotHouse(t, { recognizer });
  const { host, services } = house;
  await deliver(house, await album(house, two().slice(0, 2)));
  const [first] = (await new GroupPhotos(services.table, services.now).all())[0]!.members;
  await services.collection.remove([first!.faceId]);
  await services.storage.delete(first!.photos![0]!.key);
  await host.say(host.bot, 'Anna', { replyTo: (await question(house)).message_id });
  await host.waitForMessage(says(/^I don’t have 1’s face any more, sorry\. Please send that photo again\.$/));
  await host.say(host.bot, 'Ben', { replyTo: (await question(house)).message_id });
  await host.waitForMessage(says(/^Got it!.*\n2 Ben/s));
  assert.deepEqual(await guestsOf(house), ['Ben 1']);
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

/** Delivers a message of the host's that was edited. */
async function edited(house: BotHouse, messageId: number, content: Content): Promise<void> {
  await deliverFromHost(house, messageId, content, 'edited_message');
}

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
