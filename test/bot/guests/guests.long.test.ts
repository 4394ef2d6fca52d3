import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Welcome } from '../../../party/arrivals/welcome.ts';
import { hour } from '../../../party/clock.ts';
import { parseRecord } from '../../../party/record/record.ts';
import { chatOf } from '../../support/bot-chat.ts';
import { guestsOf, openBotHouse, says } from '../../support/bot-house.ts';
import { addGuests, berta, opened } from '../../support/guest-cards.ts';
import { asIfWatchedBefore } from '../../support/party.ts';
import { plainPortrait, plainRecognizer } from '../../support/plain-faces.ts';
import { bytesOf, match, recordOf } from '../../support/records.ts';

test('a photo under the wrong name is given back, and both guests arrive under their own', async (t) => {
  const house = await openBotHouse(t, { recognizer: plainRecognizer, pictures: true });
  const { host, services } = house;
  await addGuests(house);
  // Another file of Berta, under Anna's name; and the wrong answer.
  await host.sendPhoto(host.bot, await plainPortrait(berta, 1), { caption: 'Anna' });
  await host.press(await host.waitForMessage(says(/looks a lot like Berta/)), 'It’s Anna');
  await host.waitForMessage(says(/^Got it, 2 photos of Anna now\./));

  const photoIds = async () => {
    const annas = await services.guests.named('Anna');
    const bertas = await services.guests.named('Berta');
    const photos = async (id: string) => (await services.guests.photos(id)).map(({ photoId }) => photoId);
    return { annas: await photos(annas[0]!.id), bertas: await photos(bertas[0]!.id) };
  };
  const before = await photoIds();
  const firstOfBerta = before.bertas[0]!;
  await host.press(await opened(host, 'Anna'), 'Photos');
  const sheet = await host.waitForMessage(says(/^Anna, 2 photos\./));
  const faces = await services.collection.faces();
  const [like] = await services.collection.alike(
    faces.find(({ photoId }) => photoId === firstOfBerta)!.faceId,
  );
  const wrong = before.annas.indexOf(like!.photoId!) + 1;
  assert.match(sheet.caption ?? '', new RegExp(`\n⚠ Photo ${wrong} looks like Berta\\.$`));
  await host.press(sheet, String(wrong));
  await host.press(await host.waitForMessage(says(/^Photo \d of Anna\.$/)), 'It’s someone else');
  await host.press(await host.waitForMessage(says(/^Who’s in photo \d\? If it’s someone new/)), 'Berta');
  await host.waitForMessage(says(/^It’s Berta’s photo now\.$/));
  assert.equal((await photoIds()).annas.length, 1);

  await services.parties.start({ chatId: host.bot, startedBy: host.person.id, endsAt: Date.now() + hour });
  const rules = asIfWatchedBefore(services.rules);
  const welcome = new Welcome({ ...services, rules }, chatOf(house));
  const seen = (shown: readonly string[]) => ({
    matches: faces
      .filter(({ photoId }) => photoId && shown.includes(photoId))
      .map(({ faceId, photoId }) => match(faceId, 99, `photo:${photoId}`)),
  });
  const { annas } = await photoIds();
  const times = [900, 600, 300].map((after) => Date.now() + after);
  await welcome.batch(
    times.map((time, sequence) => ({
      sequenceNumber: `${sequence}`,
      cameAt: Date.now(),
      record: parseRecord(
        bytesOf(recordOf(time, [seen(annas), { ...seen([firstOfBerta, like!.photoId!]), left: 0.7 }])),
      ),
    })),
  );
  await host.waitForMessage(says(/^Anna is here/));
  await host.waitForMessage(says(/^Berta is here/));
});

test('a photo under a wrong name is undone, or given to whom it shows, from its verdict', async (t) => {
  const house = await openBotHouse(t, { recognizer: plainRecognizer });
  const { host } = house;
  await addGuests(house);
  await host.sendPhoto(host.bot, await plainPortrait(9), { caption: 'Carla' });
  const wrong = await host.waitForMessage(says(/^Got it, I’ll know Carla\./));
  await host.press(wrong, 'Someone else');
  await host.press(await host.waitForMessage(says(/^Who is it\? If it’s someone new/)), 'Berta');
  await host.waitForMessage(says(/^It’s Berta’s photo now\. Carla has no photo left/));
  assert.deepEqual(await guestsOf(house), ['Anna 1', 'Berta 2', 'Carla 0']);

  await host.sendPhoto(host.bot, await plainPortrait(12), { caption: 'Carla' });
  await host.press(await host.waitForMessage(says(/^Got it, I’ll know Carla\./)), 'Undo');
  const dropped = await host.waitForMessage(says(/^Dropped\. That was the only photo of Carla/));
  assert.deepEqual(await guestsOf(house), ['Anna 1', 'Berta 2', 'Carla 0']);
  await host.press(dropped, 'Undo');
  await host.waitForMessage(says(/^It’s back\. Carla has 1 photo\.$/));
});

test('a photo that is sent again under the right name can be given to that guest', async (t) => {
  const house = await openBotHouse(t, { recognizer: plainRecognizer });
  const { host } = house;
  await addGuests(house);
  const portrait = await plainPortrait(9);
  await host.send(host.bot, 'document', portrait, 'carla.jpg', { caption: 'Carla' });
  await host.waitForMessage(says(/^Got it, I’ll know Carla\./));
  await host.send(host.bot, 'document', portrait, 'berta.jpg', { caption: 'Berta' });
  const known = await host.waitForMessage(
    says(/^I have that photo as Carla\. If that’s wrong, open Carla in \/guests\./),
  );
  await host.press(known, 'It’s Berta, not Carla');
  await host.waitForMessage(says(/^It’s Berta’s photo now\. Carla has no photo left/));
  assert.deepEqual(await guestsOf(house), ['Anna 1', 'Berta 2', 'Carla 0']);
});
