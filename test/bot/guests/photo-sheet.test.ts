import assert from 'node:assert/strict';
import { test } from 'node:test';
import sharp from 'sharp';
import { createPictures } from '../../../lambdas/pictures.ts';
import type { PersonMessage } from '../../../local/telegram/state/messages.ts';
import type { Photo } from '../../../party/guests/guests.ts';
import type { PictureJob } from '../../../party/stores/pictures-function.ts';
import { chatOf } from '../../support/bot-chat.ts';
import { type BotHouse, guestsOf, labels, openBotHouse, says } from '../../support/bot-house.ts';
import { plainPortrait, plainRecognizer } from '../../support/plain-faces.ts';

const [anna, berta] = [1, 5];
const recognizer = plainRecognizer;

/** Adds so many photos of a guest, each another file. @returns them in the order of the sheet */
async function addPhotos({ host, services }: BotHouse, name: string, person: number, photos: number) {
  for (let which = 0; which < photos; which++) {
    await host.sendPhoto(host.bot, await plainPortrait(person, which), { caption: name });
    await host.waitForMessage(
      says(which === 0 ? /^Got it, I’ll know/ : new RegExp(`^Got it, ${which + 1} `)),
    );
  }
  const [guest] = await services.guests.named(name);
  return services.guests.photos(guest!.id);
}

/** Presses *Photos* in the guest's card. */
async function askForPhotos({ host }: BotHouse, name: string): Promise<void> {
  const { message_id: asked } = await host.say(host.bot, '/guests');
  await host.press(await host.waitForMessage(({ message_id }) => message_id > asked), name);
  const card = await host.waitForMessage(says(new RegExp(`^${name}\n`)));
  await host.pressAndWait(card, 'Photos');
}

const isIn = (message: PersonMessage, what: RegExp) => (one: PersonMessage) =>
  one.message_id === message.message_id && what.test(one.caption ?? '');

test('a guest’s photos come as one picture with numbers, by which one is dropped, and is back by Undo', async (t) => {
  const house = await openBotHouse(t, { recognizer, pictures: true });
  const { host, services } = house;
  const photos = await addPhotos(house, 'Anna', anna, 3);
  await askForPhotos(house, 'Anna');
  const coming = await host.waitForMessage(says(/^Here come the photos of Anna…$/));
  const sheet = await host.waitForMessage(isIn(coming, /^Anna, 3 photos\. Pick a number/));
  assert.deepEqual(labels(sheet), ['1', '2', '3']);
  const { width, height } = await sharp(await host.download(sheet.photo!.at(-1)!.file_id)).metadata();
  assert.deepEqual([width, height], [968, 968], 'two rows of two');

  const left = (of: readonly Photo[]) => of.map(({ photoId }) => photoId);
  const now = async () => left(await services.guests.photos((await services.guests.named('Anna'))[0]!.id));
  await host.press(sheet, '2');
  const chosen = await host.waitForMessage(isIn(sheet, /^Photo 2 of Anna\.$/));
  assert.deepEqual(labels(chosen), ['Drop this photo', 'It’s someone else', '‹ All photos']);
  await host.press(chosen, 'Drop this photo');
  const dropped = await host.waitForMessage(isIn(sheet, /^Dropped\. Anna has 2 photos left\.$/));
  assert.deepEqual(await now(), left([photos[0]!, photos[2]!]));
  await host.press(dropped, '‹ All photos');
  const fewer = await host.waitForMessage(isIn(sheet, /^Anna, 2 photos\./));
  assert.deepEqual(labels(fewer), ['1', '2']);
  await host.press(fewer, '2');
  await host.press(await host.waitForMessage(isIn(sheet, /^Photo 2 of/)), 'Drop this photo');
  const only = await host.waitForMessage(isIn(sheet, /^Dropped\. Anna has 1 photo left\.$/));
  assert.deepEqual(await now(), left([photos[0]!]), 'the numbers are those of the sheet that is shown');
  await host.press(only, 'Undo');
  const back = await host.waitForMessage(isIn(sheet, /^It’s back\. Anna has 2 photos\.$/));
  assert.deepEqual(await now(), left([photos[0]!, photos[2]!]));
  assert.deepEqual(labels(back), ['‹ All photos']);
});

test('the press is answered before there is any picture, and shows what is there when it is drawn', async (t) => {
  const asked: PictureJob[] = [];
  const pictures = { ask: async (job: PictureJob) => void asked.push(job) };
  const house = await openBotHouse(t, { recognizer, instead: () => ({ pictures }) as never });
  const { host, services } = house;
  const photos = await addPhotos(house, 'Anna', anna, 2);
  await askForPhotos(house, 'Anna');
  const coming = await host.waitForMessage(says(/^Here come the photos of Anna…$/));
  assert.deepEqual(labels(coming), []);
  assert.deepEqual(
    asked.map(({ job }) => job),
    ['contact-sheet'],
  );
  await services.storage.delete(photos[1]!.key);
  await addPhotos(house, 'Berta', berta, 1);

  const draw = createPictures(services, chatOf(house), house.stand.api);
  await draw(asked[0]);
  await draw(asked[0]);
  const sheet = await host.waitForMessage(isIn(coming, /^Anna, 2 photos\./));
  assert.match(sheet.caption ?? '', /\nI can’t find the file of photo 2\. Send me a new photo of Anna\.$/);
  assert.equal((await host.messages()).filter(({ photo, from }) => photo && from?.is_bot).length, 1);
});

test('what is said of a sheet whose guest is gone, or whose photo is', async (t) => {
  const asked: PictureJob[] = [];
  const pictures = { ask: async (job: PictureJob) => void asked.push(job) };
  const house = await openBotHouse(t, { recognizer, instead: () => ({ pictures }) as never });
  const { host, services } = house;
  await addPhotos(house, 'Anna', anna, 2);
  await askForPhotos(house, 'Anna');
  const coming = await host.waitForMessage(says(/^Here come the photos of Anna…$/));
  const draw = createPictures(services, chatOf(house), house.stand.api);
  await draw(asked[0]);
  const sheet = await host.waitForMessage(isIn(coming, /^Anna, 2 photos\./));
  const { id } = (await services.guests.named('Anna'))[0]!;
  for (const { photoId } of await services.guests.photos(id)) await services.guests.removePhoto(id, photoId);
  assert.equal((await host.pressAndWait(sheet, '1')).text, 'That’s no longer there. See /guests.');
  await draw(asked[0]);
  await host.waitForMessage(isIn(sheet, /^That’s no longer there\. See \/guests\.$/));
});

test('a photo that is somebody else’s is given to them from the sheet, and the sheets of both are a press away', async (t) => {
  const house = await openBotHouse(t, { recognizer, pictures: true });
  const { host } = house;
  await addPhotos(house, 'Anna', anna, 2);
  await addPhotos(house, 'Berta', berta, 1);
  await askForPhotos(house, 'Anna');
  const sheet = await host.waitForMessage(says(/^Anna, 2 photos\./));
  await host.press(sheet, '2');
  await host.press(await host.waitForMessage(isIn(sheet, /^Photo 2 of Anna/)), 'It’s someone else');
  const who = await host.waitForMessage(isIn(sheet, /^Who’s in photo 2\?/));
  await host.press(who, '‹ Back');
  await host.press(await host.waitForMessage(isIn(sheet, /^Photo 2 of Anna/)), 'It’s someone else');
  await host.press(await host.waitForMessage(isIn(sheet, /^Who’s in photo 2\?/)), 'Berta');
  const moved = await host.waitForMessage(isIn(sheet, /^It’s Berta’s photo now\.$/));
  assert.deepEqual(labels(moved), ['Undo', '‹ Photos of Anna', '‹ Photos of Berta']);
  assert.deepEqual(await guestsOf(house), ['Anna 1', 'Berta 2']);
  await host.press(moved, '‹ Photos of Berta');
  await host.waitForMessage(isIn(sheet, /^Berta, 2 photos\./));
});
