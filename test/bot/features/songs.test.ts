import assert from 'node:assert/strict';
import { test } from 'node:test';
import { undoSpan } from '../../../party/undo-span.ts';
import { type BotHouse, openBotHouse, says } from '../../support/bot-house.ts';
import { eventually } from '../../support/eventually.ts';
import { silentMp3 } from '../../support/silence.ts';
import type { PersonClient } from '../../support/telegram/person-client.ts';

const night = silentMp3(40, { title: 'Silent Night', artist: 'The Guests' });
const bells = silentMp3(60, { title: 'Jingle Bells', artist: 'Anna and Berta' });

/** A house with two guests, to whom nothing plays yet. */
async function houseWithGuests(...how: Parameters<typeof openBotHouse>): Promise<BotHouse> {
  const house = await openBotHouse(...how);
  await house.services.guests.add('g1', 'Anna');
  await house.services.guests.add('g2', 'Berta');
  return house;
}

async function opened(host: PersonClient, title: string) {
  await host.say(host.bot, '/songs');
  const list = await host.waitForMessage(says(/Tap a song to hear/));
  await host.press(list, title);
  return host.waitForMessage(says(new RegExp(`^“${title}”\\n`)));
}

const songOf = async ({ services }: BotHouse, guestId: string): Promise<string | undefined> => {
  const songId = (await services.guests.get(guestId))?.songId;
  return songId && (await services.songs.get(songId))?.title;
};

test('a song comes back to be heard, and the same one again, however it is called, is that song', async (t) => {
  const { host, services } = await houseWithGuests(t);
  await host.sendAudio(host.bot, night, 'night.mp3');
  const question = await host.waitForMessage(says(/^Got “The Guests – Silent Night”\. Whose song is it\?$/));
  assert.equal(question.audio?.title, 'Silent Night');
  const retagged = silentMp3(40, { title: 'Track 1', artist: 'Unknown' });
  await host.sendAudio(host.bot, retagged, 'track1.mp3');
  await host.waitForMessage(
    says(/^I already have that one: it’s “The Guests – Silent Night”\. Whose song is it\?$/),
  );
  await host.send(host.bot, 'document', night, 'again.mp3', { caption: 'Berta' });
  await host.waitForMessage(says(/^“The Guests – Silent Night” will play when Berta arrives\.$/));
  assert.equal((await services.songs.list()).length, 1);
});

test('the same song sent twice at once is one song', async (t) => {
  const { host, services } = await houseWithGuests(t);
  await Promise.all([
    host.sendAudio(host.bot, night, 'a.mp3', { caption: 'Anna' }),
    host.sendAudio(host.bot, night, 'b.mp3', { caption: 'Berta' }),
  ]);
  await host.waitForMessage(says(/will play when Anna/));
  await host.waitForMessage(says(/will play when Berta/));
  assert.equal((await services.songs.list()).length, 1);
});

test('whose it is can be written, and what else is written is no answer', async (t) => {
  const house = await houseWithGuests(t);
  const { host } = house;
  await host.sendAudio(host.bot, night, 'night.mp3');
  const question = await host.waitForMessage(says(/Whose song is it\?/));
  await host.say(host.bot, 'What a lovely song!');
  await host.waitForMessage(says(/^Send me a photo of a guest/));
  assert.equal(await songOf(house, 'g1'), undefined);
  await host.say(host.bot, 'anna');
  await host.waitForMessage(says(/^“The Guests – Silent Night” will play when Anna arrives\.$/));
  const settled = (await host.messages()).find(({ message_id }) => message_id === question.message_id);
  assert.equal(settled?.reply_markup, undefined, 'the buttons of the question are gone');
  await host.say(host.bot, 'Berta');
  await host.waitForMessage(says(/^To add Berta as a guest, send me their photo/));
  assert.equal(await songOf(house, 'g2'), undefined);
});

test('/cancel withdraws the question', async (t) => {
  const { host } = await houseWithGuests(t);
  await host.sendAudio(host.bot, night, 'night.mp3');
  const question = await host.waitForMessage(says(/Whose song is it\?/));
  await host.say(host.bot, '/cancel');
  await host.waitForMessage(says(/^OK, cancelled\.$/));
  const settled = (await host.messages()).find(({ message_id }) => message_id === question.message_id);
  assert.equal(settled?.reply_markup, undefined);
  await host.say(host.bot, '/cancel');
  await host.waitForMessage(says(/^Nothing to cancel\./));
});

test('a gift is undone: to the song of before, and to a carol', async (t) => {
  const house = await houseWithGuests(t);
  const { host } = house;
  await host.sendAudio(host.bot, night, 'night.mp3', { caption: 'Anna' });
  const first = await host.waitForMessage(says(/“The Guests – Silent Night” will play when Anna/));
  await host.sendAudio(host.bot, bells, 'bells.mp3', { caption: 'Anna' });
  await host.press(await host.waitForMessage(says(/Jingle Bells” will play when Anna/)), 'Undo');
  await host.waitForMessage(says(/^“The Guests – Silent Night” will play when Anna arrives\.$/));
  assert.equal(await songOf(house, 'g1'), 'Silent Night');
  await host.press(first, 'Undo');
  await host.waitForMessage(says(/^A carol will play when Anna arrives\.$/));
  assert.equal(await songOf(house, 'g1'), undefined);
});

test('a guest’s song is chosen by ear, or is a carol again', async (t) => {
  const house = await houseWithGuests(t);
  const { host } = house;
  await host.sendAudio(host.bot, night, 'night.mp3', { caption: 'Berta' });
  await host.waitForMessage(says(/will play when Berta/));
  await host.say(host.bot, '/guests');
  await host.press(await host.waitForMessage(says(/^2 guests:/)), 'Berta');
  await host.press(await host.waitForMessage(says(/^Berta\n/)), 'Song');
  const choice = await host.waitForMessage(says(/^Which song is Berta’s\?$/));
  const before = (await host.messages()).length;
  await host.press(choice, '▶ Listen');
  await host.waitForMessage(({ audio, caption }) => audio?.title === 'Silent Night' && caption === undefined);
  assert.equal((await host.messages()).length, before + 1);
  await host.press(choice, 'A carol');
  await host.waitForMessage(says(/^A carol will play when Berta arrives\.$/));
  assert.equal(await songOf(house, 'g2'), undefined);
});

test('a song is renamed by a reply, and plays under its new name', async (t) => {
  const house = await houseWithGuests(t);
  const { host, services } = house;
  await host.sendAudio(host.bot, night, 'night.mp3', { caption: 'Anna' });
  await host.waitForMessage(says(/will play when Anna/));
  await host.press(await opened(host, 'The Guests – Silent Night'), 'Rename');
  const question = await host.waitForMessage(says(/^What should I call “The Guests – Silent Night”\?/));
  await host.say(host.bot, 'Let me think');
  await host.waitForMessage(says(/^Send me a photo of a guest/));
  await host.say(host.bot, 'Anna’s family - Stille Nacht', { replyTo: question.message_id });
  const renamed = await host.waitForMessage(says(/^It’s “Anna’s family – Stille Nacht” now\.$/));
  await host.press(await opened(host, 'Anna’s family – Stille Nacht'), '▶ Listen');
  const heard = await host.waitForMessage(({ audio }) => audio?.title === 'Stille Nacht');
  assert.equal(heard.audio?.performer, 'Anna’s family');
  assert.equal((await services.songs.list()).length, 1);

  await host.press(renamed, 'Undo');
  await host.waitForMessage(says(/^It’s “The Guests – Silent Night” again\.$/));
  await host.press(await opened(host, 'The Guests – Silent Night'), '▶ Listen');
  await host.waitForMessage(({ audio, caption }) => audio?.title === 'Silent Night' && caption === undefined);
});

test('what was sent before a song was renamed is not remembered as that song', async (t) => {
  const { host, services, stand } = await houseWithGuests(t);
  await host.sendAudio(host.bot, night, 'night.mp3', { caption: 'Anna' });
  await host.waitForMessage(says(/will play when Anna/));
  const [song] = await services.songs.list();
  await services.songs.rename(song!.id, { title: 'Stille Nacht' });
  await services.songs.rememberFileId(song!, stand.telegram.bot.id, 'sent under its former name');
  assert.equal((await services.songs.get(song!.id))?.fileIds, undefined);
  const renamed = await services.songs.get(song!.id);
  await services.songs.rememberFileId(renamed!, stand.telegram.bot.id, 'sent under its name');
  assert.deepEqual(Object.values((await services.songs.get(song!.id))?.fileIds ?? {}), [
    'sent under its name',
  ]);
});

test('a removed song that is sent again is back, by the name that it was given and for those who had it', async (t) => {
  const house = await houseWithGuests(t);
  const { host, services } = house;
  await host.sendAudio(host.bot, night, 'night.mp3', { caption: 'Anna' });
  await host.waitForMessage(says(/will play when Anna/));
  const [song] = await services.songs.list();
  await services.songs.rename(song!.id, { title: 'Stille Nacht' });
  await host.press(await opened(host, 'Stille Nacht'), 'Remove');
  const removed = await host.waitForMessage(says(/^“Stille Nacht” is removed/));
  await host.sendAudio(host.bot, night, 'night.mp3');
  const back = await host.waitForMessage(
    says(/^“Stille Nacht” is back, and will play for Anna again\. Is it anyone else’s\?$/),
  );
  assert.equal(back.audio?.title, 'Stille Nacht');
  assert.equal(await songOf(house, 'g1'), 'Stille Nacht');
  const { text } = await host.pressAndWait(removed, 'Undo');
  assert.match(text ?? '', /no longer there/, 'there is nothing to undo any more');
});

test('the carols can be heard', async (t) => {
  const { host, services } = await houseWithGuests(t);
  await services.storage.put('carols/bells.mp3', new Uint8Array(bells), 'audio/mpeg');
  await services.songs.put({
    id: 'carol-bells',
    title: 'Bells',
    key: 'carols/bells.mp3',
    fileName: 'bells.mp3',
    contentType: 'audio/mpeg',
    carol: true,
  });
  await host.say(host.bot, '/songs');
  await host.press(await host.waitForMessage(says(/^No songs yet.*\n1 carol for guests/)), '♪ Carols');
  const carols = await host.waitForMessage(says(/^These play for guests without a song/));
  await host.press(carols, 'Bells');
  await host.waitForMessage(({ audio }) => audio?.title === 'Bells');
  await host.press(carols, '‹ All songs');
  await host.waitForMessage(says(/^No songs yet/));
});

test('a guest’s song is asked for when there is none to choose', async (t) => {
  const { host, services } = await houseWithGuests(t);
  await host.sendAudio(host.bot, night, 'night.mp3', { caption: 'Berta' });
  await host.waitForMessage(says(/will play when Berta/));
  await host.say(host.bot, '/guests');
  await host.press(await host.waitForMessage(says(/^2 guests:/)), 'Berta');
  const card = await host.waitForMessage(says(/^Berta\n/));
  const [song] = await services.songs.list();
  await services.songs.remove(song!.id, Date.now());
  const { text } = await host.pressAndWait(card, 'Song');
  assert.match(text ?? '', /^No songs yet\. Send me one/);
});

test('a removed song plays nowhere, can be restored for a day, and is gone for good after', async (t) => {
  const house = await houseWithGuests(t);
  const { host, services } = house;
  await host.sendAudio(host.bot, night, 'night.mp3', { caption: 'Anna' });
  await host.waitForMessage(says(/will play when Anna/));
  await host.press(await opened(host, 'The Guests – Silent Night'), 'Remove');
  const removed = await host.waitForMessage(
    says(/^“The Guests – Silent Night” is removed\. A carol will play for Anna\.$/),
  );
  assert.equal(await songOf(house, 'g1'), undefined);
  await host.say(host.bot, '/songs');
  await host.waitForMessage(says(/^No songs yet/));
  await host.press(removed, 'Undo');
  await host.waitForMessage(says(/^“The Guests – Silent Night” is back, and will play for Anna\.$/));
  assert.equal(await songOf(house, 'g1'), 'Silent Night');

  await host.press(await opened(host, 'The Guests – Silent Night'), 'Remove');
  await host.waitForMessage(says(/is removed/));
  await services.songs.forgetRemoved(Date.now() + undoSpan / 2);
  assert.equal((await services.songs.all()).length, 1, 'it can still be restored');
  await services.songs.forgetRemoved(Date.now() + undoSpan + 1000);
  assert.deepEqual(await services.songs.all(), []);
  const { text } = await host.pressAndWait(removed, 'Undo').catch(() => ({ text: 'no longer there' }));
  assert.match(text ?? '', /no longer there/);
});

test('a file_id that Telegram refuses, or is another bot’s, costs an upload and no more', async (t) => {
  const { host, services, stand } = await houseWithGuests(t);
  await host.sendAudio(host.bot, night, 'night.mp3', { caption: 'Anna' });
  await host.waitForMessage(says(/will play when Anna/));
  const [song] = await services.songs.list();
  await services.songs.rememberFileId(song!, stand.telegram.bot.id, 'a-file-id-of-nobody');
  await host.press(await opened(host, 'The Guests – Silent Night'), '▶ Listen');
  await host.waitForMessage(({ audio, caption }) => audio?.title === 'Silent Night' && caption === undefined);
  await eventually('the new file_id is known', async () => {
    const again = await services.songs.get(song!.id);
    return again?.fileIds?.[String(stand.telegram.bot.id)] !== 'a-file-id-of-nobody';
  });
});
