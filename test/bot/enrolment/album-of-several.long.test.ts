import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GroupPhotos } from '../../../party/guests/group-photos.ts';
import { album, anna, ben, carla, deliver, question, two } from '../../support/album-of-several.ts';
import { type BotHouse, guestsOf, openBotHouse, says } from '../../support/bot-house.ts';
import { type Content, deliverFromHost } from '../../support/deliver.ts';
import { groupPortrait, groupRecognizer } from '../../support/group-photo.ts';

const recognizer = groupRecognizer;

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

/** Delivers a message of the host's that was edited. */
async function edited(house: BotHouse, messageId: number, content: Content): Promise<void> {
  await deliverFromHost(house, messageId, content, 'edited_message');
}
