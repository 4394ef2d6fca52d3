import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import sharp from 'sharp';
import { type Recognizer, startRecognizer } from '../../../vision/recognizer.ts';
import { guestsOf, openBotHouse, says } from '../../support/bot-house.ts';
import { nobody, portrait } from '../../support/portraits.ts';

let recognizer: Recognizer;
before(async () => {
  recognizer = await startRecognizer({ threads: 1 });
});
after(() => recognizer.close());

test('a photo with a name makes a guest, and a second one of her is added', async (t) => {
  const house = await openBotHouse(t, { recognizer });
  const { host, services } = house;
  await host.sendPhoto(host.bot, await portrait('anna'), { caption: '  Anna   Lena ' });
  await host.waitForMessage(says(/^Got it, I’ll know Anna Lena\.\nWant a song for Anna Lena\?/));
  await host.sendPhoto(host.bot, await portrait('annaAgain'), { caption: 'anna lena' });
  await host.waitForMessage(says(/^Got it, 2 photos of Anna Lena now\./));
  assert.deepEqual(await guestsOf(house), ['Anna Lena 2']);
  const [guest] = await services.guests.list();
  for (const photo of await services.guests.photos(guest!.id)) {
    assert.equal((await services.people.owners(photo.faceIds)).get(photo.faceIds[0]!)?.id, guest!.id);
    assert.ok((await services.storage.get(photo.key)).length > 1000);
  }
});

test('a face of another guest is asked about: it is that guest', async (t) => {
  const house = await openBotHouse(t, { recognizer });
  const { host } = house;
  await host.sendPhoto(host.bot, await portrait('anna'), { caption: 'Anna' });
  await host.waitForMessage(says(/^Got it, I’ll know/));
  await host.sendPhoto(host.bot, await portrait('annaAgain'), { caption: 'Berta' });
  const question = await host.waitForMessage(says(/^This looks a lot like Anna\. Same person\?/));
  assert.deepEqual(await guestsOf(house), ['Anna 1']);
  await host.press(question, 'It’s Anna');
  await host.waitForMessage(says(/^Got it, 2 photos of Anna now/));
  assert.deepEqual(await guestsOf(house), ['Anna 2']);
});

test('a face of another guest is asked about: it is somebody else', async (t) => {
  const house = await openBotHouse(t, { recognizer });
  const { host } = house;
  await host.sendPhoto(host.bot, await portrait('anna'), { caption: 'Anna' });
  await host.waitForMessage(says(/^Got it, I’ll know/));
  await host.sendPhoto(host.bot, await portrait('annaAgain'), { caption: 'Berta' });
  await host.press(
    await host.waitForMessage(says(/^This looks a lot like Anna\. Same person\?/)),
    'It’s Berta',
  );
  await host.waitForMessage(says(/^Got it, I’ll know Berta/));
  assert.deepEqual(await guestsOf(house), ['Anna 1', 'Berta 1']);
});

test('another face under a known name is asked about, and somebody else gets a name that tells them apart', async (t) => {
  const house = await openBotHouse(t, { recognizer });
  const { host } = house;
  await host.sendPhoto(host.bot, await portrait('anna'), { caption: 'Anna' });
  await host.waitForMessage(says(/^Got it, I’ll know/));
  await host.sendPhoto(host.bot, await portrait('berta'), { caption: 'Anna' });
  await host.press(await host.waitForMessage(says(/this looks like someone else/)), 'Someone else');
  await host.waitForMessage(says(/^OK, someone else\. Who\?/));
  await host.say(host.bot, 'anna');
  await host.waitForMessage(says(/^You already have a guest called anna\. How can I tell them apart\?/));
  await host.say(host.bot, 'Anna B.');
  await host.waitForMessage(says(/^Got it, I’ll know Anna B\./));
  await host.sendPhoto(host.bot, await portrait('annaAgain'), { caption: 'Anna' });
  await host.waitForMessage(says(/^Got it, 2 photos of Anna now/));
  assert.deepEqual(await guestsOf(house), ['Anna 2', 'Anna B. 1']);
});

test('what cannot be a guest’s photo is refused in one sentence, and nothing stays', async (t) => {
  const house = await openBotHouse(t, { recognizer });
  const { host, services } = house;
  const send = (bytes: Buffer) => host.send(host.bot, 'document', bytes, 'photo.jpg', { caption: 'Anna' });
  const anna = await portrait('anna');
  const cases: Array<[string, Buffer, RegExp]> = [
    ['cut off', anna.subarray(0, 400), /damaged or cut off/],
    ['nobody', await nobody(), /I don’t see a face/],
    ['turned', await portrait('turned'), /turned too far away/],
    [
      'small',
      await sharp(anna).resize(70).extend({ right: 400, background: '#888' }).jpeg().toBuffer(),
      /too small/,
    ],
    ['dark', await sharp(anna).linear(0.12, 0).jpeg().toBuffer(), /too dark|don’t see a face/],
    ['blurred', await sharp(anna).blur(9).jpeg().toBuffer(), /blurred|don’t see a face/],
  ];
  for (const [what, bytes, answer] of cases) {
    const { message_id } = await send(bytes);
    const told = await host.waitForMessage(
      ({ reply_to_message }) => reply_to_message?.message_id === message_id,
    );
    assert.match(told.text ?? '', answer, what);
  }
  assert.deepEqual(await guestsOf(house), []);
  assert.deepEqual(await services.table.query('FACES'), []);
});

test('a HEIC file, or what is no picture and called one, is refused with advice', async (t) => {
  const { host } = await openBotHouse(t);
  const text = Buffer.from('This is a text, whatever its name says.');
  const { message_id } = await host.send(host.bot, 'document', text, 'photo.jpg', { caption: 'Anna' });
  const told = await host.waitForMessage(says(/^I can’t open that file\. Please send a JPEG or PNG/));
  assert.equal(told.reply_to_message?.message_id, message_id);
  await host.send(host.bot, 'document', Buffer.from('\0\0\0\x18ftypheic\0\0\0\0', 'latin1'), 'a.heic', {
    caption: 'Anna',
  });
  await host.waitForMessage(says(/^I can’t open HEIC files\. Please send it as a photo\.$/));
});

test('a PNG sent as a file is taken', async (t) => {
  const house = await openBotHouse(t, { recognizer });
  const { host } = house;
  await host.send(host.bot, 'document', await portrait('berta', 'png'), 'berta.png', { caption: 'Berta 🎄' });
  await host.waitForMessage(says(/^Got it, I’ll know Berta 🎄/));
  assert.deepEqual(await guestsOf(house), ['Berta 🎄 1']);
});

test('a photo that lies on its side in the file is looked at upright', async (t) => {
  const house = await openBotHouse(t, { recognizer });
  const { host } = house;
  const lying = await sharp(await portrait('anna'))
    .rotate(90)
    .withMetadata({ orientation: 8 })
    .jpeg()
    .toBuffer();
  await host.send(host.bot, 'document', lying, 'anna.jpg', { caption: 'Anna' });
  await host.waitForMessage(says(/^Got it, I’ll know Anna/));
});

test('an album with one caption is one guest’s, told of in one message', async (t) => {
  const house = await openBotHouse(t, { recognizer });
  const { host } = house;
  const album = { mediaGroupId: 'album-1' };
  await host.sendPhoto(host.bot, await portrait('anna'), { ...album, caption: 'Anna' });
  await host.sendPhoto(host.bot, await portrait('annaAgain'), album);
  const first = await host.waitForMessage(says(/^Got it, I’ll know/));
  const second = await host.waitForMessage(says(/^Got it, 2 photos/));
  assert.equal(second.message_id, first.message_id);
  assert.deepEqual(await guestsOf(house), ['Anna 2']);
});

test('a photo in a group is left to the people there', async (t) => {
  const house = await openBotHouse(t);
  const { host } = house;
  const group = (await host.createGroup('The flat', [])).id;
  await host.sendPhoto(group, await portrait('anna'), { caption: 'Anna' });
  await host.say(group, '/guests');
  await host.waitForMessage(says(/No guests yet/));
  assert.equal((await host.messages(group)).filter(({ from }) => from?.is_bot).length, 1);
});

test('neither the token nor a file’s address is ever logged', async (t) => {
  const { host, stand, logged } = await openBotHouse(t, { recognizer });
  stand.telegram.faults.next('getFile', { cut: 'before' });
  await host.sendPhoto(host.bot, await portrait('anna'), { caption: 'Anna' });
  await host.waitForMessage(says(/Something went wrong on my side/));
  assert.ok(logged.some((line) => line.includes('An update failed')));
  for (const line of logged) assert.doesNotMatch(line, /TEST_token|file\/bot|Anna/);
});
