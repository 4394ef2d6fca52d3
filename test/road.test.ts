import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import sharp from 'sharp';
import { renderCarol } from '../carols/index.ts';
import { makeClip } from './support/clip.ts';
import { claim, openHouse, showVideo } from './support/house.ts';
import { samplePicture } from './support/pictures.ts';
import { portrait } from './support/portraits.ts';

test('a guest known by one photo arrives from another, with her song, and the moment’s picture follows', async (t) => {
  const house = await openHouse(t);
  const host = await house.person('host');
  await claim(house, host);

  await host.sendPhoto(host.bot, await portrait('anna'), { caption: 'Anna' });
  await host.waitForMessage(({ text }) => text?.includes('Anna') === true && text.includes('recognise'));
  const { audio } = await renderCarol('jingle-bells');
  await host.sendAudio(host.bot, audio, 'annas-song.mp3', { caption: 'Anna' });
  await host.waitForMessage(({ text }) => text?.includes('Anna') === true);
  await host.say(host.bot, '/start_party');
  await host.waitForMessage(({ text }) => /party/i.test(text ?? ''));

  const clip = path.join(house.folder, 'door.mp4');
  await makeClip(
    [
      { picture: await samplePicture(6), seconds: 2 },
      { picture: await samplePicture(3), seconds: 4 },
    ],
    clip,
  );
  await showVideo(house, 'door.mp4', await readFile(clip));

  const arrival = await host.waitForMessage(({ audio }) => audio !== undefined, { timeout: 30_000 });
  assert.match(arrival.caption ?? '', /Anna/);
  const music = await host.download(arrival.audio?.file_id ?? '');
  assert.deepEqual(music, Buffer.from(audio), 'the song is hers, whole');

  const snapshot = await host.waitForMessage(({ photo }) => photo !== undefined, { timeout: 30_000 });
  assert.equal(snapshot.reply_to_message?.message_id, arrival.message_id);
  const { width, height } = await sharp(
    await host.download(snapshot.photo?.at(-1)?.file_id ?? ''),
  ).metadata();
  assert.deepEqual([width, height], [1280, 720]);

  await host.say(host.bot, '/end_party');
  const recap = await host.waitForMessage(({ text }) => text?.includes('Anna') === true);
  t.diagnostic(recap.text ?? '');
  const messages = await host.messages();
  assert.equal(messages.filter(({ audio, from }) => audio && from?.is_bot).length, 1, 'one arrival a party');
  assert.equal((await house.services.recognition.status()).state, 'off');
});
