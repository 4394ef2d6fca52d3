import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { judgePhoto } from '../../../party/sign-ups/judge-photo.ts';
import { guestsOf, labels, openBotHouse, says } from '../../support/bot-house.ts';
import { doorOf } from '../../support/door.ts';
import { invite, startParty } from '../../support/house.ts';
import { sampleFile } from '../../support/pictures.ts';
import { portrait } from '../../support/portraits.ts';
import { sharedRecognizer } from '../../support/recognizer.ts';
import { match } from '../../support/records.ts';
import { agreeTo, asksAbout, guestCode, signUp, tracesOf } from '../../support/sign-ups.ts';
import { silentMp3 } from '../../support/silence.ts';

test('a photo is judged without a face in any collection, and just as IndexFaces judges it', async (t) => {
  const { services } = await openBotHouse(t, { recognizer: await sharedRecognizer() });
  const { collection, storage, config } = services;
  const photos = [
    ...(await Promise.all((['anna', 'carla', 'turned'] as const).map((face) => portrait(face)))),
    ...(await Promise.all(([2, 5] as const).map((photo) => readFile(sampleFile(photo))))),
    await portrait('berta', 'png'),
  ];
  for (const [index, bytes] of photos.entries()) {
    const key = `photos/${index}`;
    const judged = await judgePhoto(services, bytes);
    assert.deepEqual(await collection.faces(), []);
    await storage.put(key, bytes, 'image/jpeg');
    const enrolled = await collection.enrol({ bucket: config.BUCKET_NAME, key }, String(index));
    const refusal = 'refusal' in judged ? judged.refusal : undefined;
    if ('faceId' in enrolled) {
      assert.equal(refusal, undefined, `photo ${index}`);
      await collection.remove([enrolled.faceId]);
    } else assert.deepEqual(refusal, enrolled, `photo ${index}`);
  }
});

test('/forget me in the middle of a party: nothing of her is left, the door does not know her, and the host hears of it', async (t) => {
  const house = await openBotHouse(t, { recognizer: await sharedRecognizer() });
  const { host, stand, services } = house;
  const code = await guestCode(house);
  const gina = await stand.person('guest');
  await agreeTo(gina, code);
  await gina.sendPhoto(gina.bot, await portrait('anna'));
  await gina.waitForMessage(says(/^That’s a good photo/));
  await gina.sendAudio(gina.bot, silentMp3(40, { title: 'Dancing Queen' }), 'queen.mp3');
  await gina.waitForMessage(says(/^Thanks! I’ve asked Holly/));
  await host.press(await host.waitForMessage(asksAbout(gina)), 'Welcome');
  await gina.waitForMessage(says(/^You’re on the list!/));
  await startParty(host);
  const [face] = await services.collection.faces();
  await doorOf(house).shows({ matches: [match(face!.faceId, 99.5)] });
  const arrival = await host.waitForMessage(says(/^Gina is here!/));
  assert.equal(arrival.audio?.title, 'Dancing Queen');

  await gina.say(gina.bot, '/forget me');
  await gina.waitForMessage(
    says(/^I’ve forgotten you\. Removed: 1 face, 1 photo, 1 song, and \d+ records\. I looked again/),
  );
  await host.waitForMessage(says(/^Gina asked me to forget them, so I have/));
  assert.deepEqual(await tracesOf(house, gina), []);
  await gina.say(gina.bot, '/forget me');
  await gina.waitForMessage(says(/^I’ve nothing here that I know is yours\./));
});

test('whoever looks like a guest, or has a guest’s name and another face, is asked about', async (t) => {
  const house = await openBotHouse(t, { recognizer: await sharedRecognizer() });
  const { host, stand, services } = house;
  await invite(host, 'Anna', await portrait('anna'));
  const code = await guestCode(house);
  const gina = await stand.person('guest');
  const card = await signUp(house, gina, code, await portrait('annaAgain'));
  await host.press(card, 'Welcome');
  const question = await host.waitForMessage(says(/^Gina looks a lot like Anna\. Same person\?$/));
  assert.deepEqual(labels(question), ['It’s Anna', 'Someone else', 'Decline']);
  await host.press(question, 'It’s Anna');
  await host.waitForMessage(says(/^Gina is on the list: that’s Anna, whom you’d added already\.$/));
  await gina.waitForMessage(says(/^You’re on the list!/));
  assert.deepEqual(await guestsOf(house), ['Anna 2']);

  const other = await stand.newPerson('Anna');
  await host.press(await signUp(house, other, code, await portrait('berta')), 'Welcome');
  await host.press(
    await host.waitForMessage(
      says(/^You already have a guest called Anna, and this looks like someone else/),
    ),
    'Someone else',
  );
  await other.waitForMessage(says(/^You’re on the list!/));
  assert.deepEqual(await guestsOf(house), ['Anna 2', 'Anna 1']);

  // A photo that the host has already: they are that guest.
  const third = await stand.newPerson('Annie');
  await host.press(await signUp(house, third, code, await portrait('anna')), 'Welcome');
  const known = await host.waitForMessage(says(/^Annie /));
  assert.ok(known);
  assert.equal((await services.guests.list()).length, 2);
});
