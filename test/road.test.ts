import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import sharp from 'sharp';
import { says } from './support/bot-house.ts';
import { carolMusic } from './support/carols.ts';
import { makeClip } from './support/clip.ts';
import { eventually } from './support/eventually.ts';
import {
  claim,
  endParty,
  invite,
  isArrival,
  nextArrival,
  nextSnapshot,
  openHouse,
  showVideo,
  startParty,
} from './support/house.ts';
import { doorPicture, samplePicture } from './support/pictures.ts';
import { portrait } from './support/portraits.ts';
import { swaying } from './support/swaying.ts';

test('a guest known by one photo arrives from another, with her song, and the moment’s picture follows', async (t) => {
  const house = await openHouse(t);
  const host = await house.person('host');
  await claim(house, host);

  await invite(host, 'Anna', await portrait('anna'));
  const song = await carolMusic();
  await host.sendAudio(host.bot, song, 'annas-song.mp3', { caption: 'Anna' });
  await host.waitForMessage(says(/will play when Anna arrives/));
  await startParty(host);

  const clip = path.join(house.folder, 'door.mp4');
  await makeClip(
    [{ picture: await samplePicture(6), seconds: 2 }, ...(await swaying(await doorPicture(), 4))],
    clip,
    { framesPerSecond: 10 },
  );
  // Again and again: a machine that is busy with other tests may miss four seconds.
  await showVideo(house, 'door.mp4', await readFile(clip), { loop: true });

  const arrival = await nextArrival(host);
  assert.match(arrival.caption ?? '', /Anna/);
  const music = await host.download(arrival.audio?.file_id ?? '');
  assert.deepEqual(music, song, 'the song is hers, whole');

  const snapshot = await nextSnapshot(host);
  assert.equal(snapshot.reply_to_message?.message_id, arrival.message_id);
  const { width, height } = await sharp(
    await host.download(snapshot.photo?.at(-1)?.file_id ?? ''),
  ).metadata();
  assert.deepEqual([width, height], [1280, 720]);

  assert.match(await endParty(host), /Your guest came:.+Anna/s);
  const messages = await host.messages();
  assert.equal(messages.filter(isArrival).length, 1, 'one arrival a party');
  await eventually('the recognition is off', async () => {
    const { state } = await house.services.recognition.status();
    return state === 'off';
  });
});
