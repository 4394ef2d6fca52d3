import assert from 'node:assert/strict';
import { test } from 'node:test';
import { emptyFolder } from '../../support/folder.ts';
import { plainPortrait } from '../../support/plain-faces.ts';
import { silentMp3 } from '../../support/silence.ts';
import { openStand, refusal } from './stand.ts';

test('the bot sees what a person shows on the profile, the newest first, and can fetch and send it', async (t) => {
  const { person, api } = await openStand(t);
  const gina = await person('guest');
  const { id } = gina.person;
  assert.deepEqual(await api.getUserProfilePhotos(id), { total_count: 0, photos: [] });
  assert.deepEqual(await api.getUserProfileAudios(id), { total_count: 0, audios: [] });
  await gina.showOnProfile('photo', await plainPortrait(1));
  await gina.showOnProfile('photo', await plainPortrait(2));
  await gina.showOnProfile('audio', silentMp3(40, { title: 'Dancing Queen', artist: 'ABBA' }), 'queen.mp3');

  const { total_count, photos } = await api.getUserProfilePhotos(id, { limit: 1 });
  assert.equal(total_count, 2);
  assert.equal(photos.length, 1);
  const edges = photos[0]!.map(({ width, height }) => Math.max(width, height));
  assert.deepEqual(
    edges,
    [...edges].sort((a, b) => a - b),
  );
  const [older] = (await api.getUserProfilePhotos(id, { offset: 1 })).photos;
  assert.notEqual(older![0]!.file_id, photos[0]![0]!.file_id);
  const { audios } = await api.getUserProfileAudios(id);
  assert.deepEqual([audios[0]?.title, audios[0]?.performer], ['Dancing Queen', 'ABBA']);
  assert.match((await api.getFile(audios[0]!.file_id)).file_path ?? '', /\.mp3$/);

  await gina.say(gina.bot, 'hello');
  const sent = await api.sendPhoto(gina.bot, photos[0]!.at(-1)!.file_id);
  assert.ok(sent.photo);
});

test('what stands on a profile outlives deleted messages and a restart', async (t) => {
  const folder = await emptyFolder();
  const first = await openStand(t, { folder });
  const gina = await first.person('guest');
  await gina.showOnProfile('photo', await plainPortrait(1));
  await gina.showOnProfile('audio', silentMp3(1), 'queen.mp3');
  const said = await gina.say(gina.bot, 'hello');
  await first.api.deleteMessage(gina.bot, said.message_id);
  await first.close();
  const { api } = await openStand(t, { folder });
  const [photo] = (await api.getUserProfilePhotos(gina.person.id)).photos;
  const [audio] = (await api.getUserProfileAudios(gina.person.id)).audios;
  for (const file of [photo!.at(-1)!, audio!]) assert.ok((await api.getFile(file.file_id)).file_path);
});

test('of whom the bot has never met it sees nothing, nor of nobody', async (t) => {
  const { newPerson, api } = await openStand(t);
  const ada = await newPerson('Ada');
  await ada.showOnProfile('photo', await plainPortrait(1));
  const notFound = refusal(400, 'Bad Request: user not found');
  await assert.rejects(api.getUserProfilePhotos(ada.person.id), notFound);
  await ada.say(ada.bot, 'hello');
  assert.equal((await api.getUserProfilePhotos(ada.person.id)).total_count, 1);
  await assert.rejects(api.getUserProfileAudios(12), notFound);
  await assert.rejects(api.getUserProfilePhotos(0), refusal(400, /invalid user_id/));
});

test('somebody who makes an account has a name, a private chat and no role; a profile photo is a picture', async (t) => {
  const { newPerson, root } = await openStand(t);
  const ada = await newPerson('Ada');
  assert.deepEqual([ada.person.first_name, ada.person.role], ['Ada', 'anyone']);
  assert.deepEqual(
    (await ada.chats()).map(({ type }) => type),
    ['private'],
  );
  await assert.rejects(newPerson(' '), { status: 400 });
  await assert.rejects(ada.showOnProfile('photo', Buffer.from('no picture')), { status: 400 });
  const people = (await (await fetch(`${root}/people`)).json()) as unknown[];
  assert.equal(people.length, 5);
});
